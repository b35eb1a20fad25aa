"""Label Studio's JSON: an array of tasks, each a text with one annotation, whose result holds regions and relations.

Offsets are code points: since 1.6 the browser stores those, before it stored UTF-16 (its issues 1008, 1347, 4988). A
discontinuous annotation has a region for each part. Label Studio keeps the ids of regions and all of a task's data, so
what it has no place for is there under OURS, by id. A cut file is no JSON.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from annotations.formats.documents import OutgoingDocument
from annotations.formats.own_data import labels_of, own_document, own_row, parts_of

MEDIA_TYPE: Final = "application/json"
SUFFIX: Final = "json"
OURS: Final = "factcheck"
FROM: Final = "label"
TO: Final = "text"
"""Names of the tags Labels and Text in a project that shows these tasks; Text has the value $text."""


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """The array in pieces, one a task."""
    divider = "[\n"
    for number, document in enumerate(documents, 1):
        yield (divider + json.dumps(_task(number, document), ensure_ascii=False)).encode()
        divider = ",\n"
    yield b"\n]\n" if divider == ",\n" else b"[]\n"


def _task(number: int, document: OutgoingDocument) -> dict[str, Any]:
    """`number` is its id, which Label Studio's own converter asks of every task; a server gives it another one."""
    regions = [region for row in document.rows for region in _regions(document.text, row)]
    relations = [_relation(link) for link in document.links]
    told = {row["id"]: own_row(row) for row in document.rows}
    return {
        "id": number,
        "data": {"text": document.text, OURS: own_document(document) | {"annotations": told}},
        "annotations": [{"result": regions + relations, "was_cancelled": False, "ground_truth": False}],
        "predictions": [],
    }


def _regions(text: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number, (start, end) in enumerate(parts_of(row)):
        yield {
            "id": f"{row['id']}.{number}" if number else row["id"],
            "from_name": FROM,
            "to_name": TO,
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": list(labels_of(row))},
        }


def _relation(link: dict[str, str]) -> dict[str, Any]:
    ends = {"from_id": link["annotation"], "to_id": link["target"]}
    return {"type": "relation", **ends, "direction": "right", "labels": [link["kind"]]}

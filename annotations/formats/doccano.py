"""doccano's JSON Lines of sequence labelling: {"id", "text", "label": [[start, end, "label"]]}, one document a line.

Offsets are UTF-16 code units, as the browser counts in which people label (doccano's issue 2290); its server keeps what
the browser says. A discontinuous annotation has a mark for each part, one with several labels a mark for each. Whatever
other key a line has doccano keeps and gives back, so what it has no place for is under OURS. The last line says there
how many documents the file has; an export of nothing is one blank line.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from annotations.formats.documents import OutgoingDocument
from annotations.formats.own_data import labels_of, own_document, own_row, parts_of
from annotations.formats.units import Offsets, Unit

MEDIA_TYPE: Final = "application/x-ndjson"
SUFFIX: Final = "jsonl"
OURS: Final = "factcheck"


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """The file in pieces, one a document. Each is held back until it is known whether it is the last."""
    held: list[dict[str, Any]] = []
    count = 0
    for document in documents:
        yield from map(_line, held)
        held = [_row(document)]
        count += 1
    for last in held:
        last[OURS]["documents"] = count
    yield b"".join(map(_line, held)) or b"\n"


def _line(row: dict[str, Any]) -> bytes:
    """In ASCII, because doccano guesses encodings."""
    return json.dumps(row).encode() + b"\n"


def _row(document: OutgoingDocument) -> dict[str, Any]:
    offsets = Offsets(document.text, Unit.UTF16)
    marks = [
        [offsets.units(start), offsets.units(end), label]
        for row in document.rows
        for label in labels_of(row)
        for start, end in parts_of(row)
    ]
    places = {row["id"]: place for place, row in enumerate(document.rows)}
    links = [[places[link["annotation"]], places[link["target"]], link["kind"]] for link in document.links]
    own = {"annotations": [own_row(row) | {"terms": row["terms"]} for row in document.rows], "links": links}
    return {
        "id": document.revision,
        "text": document.text,
        "label": sorted(marks),
        OURS: own_document(document) | own,
    }

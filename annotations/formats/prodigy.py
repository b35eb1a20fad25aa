"""Prodigy's and spaCy's JSON Lines: one task a line, {"text", "spans": [{"start", "end", "label"}], "meta"}.

Sources: https://prodi.gy/docs/api-interfaces and spaCy's Doc.char_span. Offsets are code points, as Python counts. A
span has one label and one range: an annotation has a span for each of its labels and fragments, tied by
`annotation.id`. Both programs keep further keys of spans and tasks. The last task has no text; it counts the others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.formats import carried
from annotations.formats.carried import Mark, Outgoing
from annotations.formats.documents import IncomingDocument, IncomingSpan

MEDIA_TYPE = "application/x-ndjson"
SUFFIX = "jsonl"
UNLABELLED: Final = "annotation"
"""The label of our spans without one, since each needs one there; taken off when they come back."""

REFUSED_ANSWERS: Final = ("reject", "ignore")


def written(documents: Iterable[Outgoing]) -> Iterator[bytes]:
    """A line for each document, then the one that counts them."""
    count = 0
    for document in documents:
        count += 1
        yield _line({"text": document.text, "spans": list(_spans(document)), "meta": carried.about(document)})
    yield _line({"text": "", "spans": [], "meta": {"end": True, "documents": count}, "answer": "ignore"})


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """Raises "malformed" with the number of the line, and "truncated" when a file of ours has no end."""
    count, ours = 0, False
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        task = _parsed(line, number)
        meta = task["meta"] if isinstance(task.get("meta"), dict) else {}
        if meta.get("end") is True:
            if meta.get("documents") != count:
                raise DomainError("truncated", f"The file says it has {meta.get('documents')} texts, but has {count}.")
            return
        count, ours = count + 1, ours or "revision" in meta
        yield _document(task, meta, number)
    if ours:
        raise DomainError("truncated", f"The file breaks off after {count} texts: its last line is missing.")


def _line(task: Mapping[str, Any]) -> bytes:
    return json.dumps(task).encode() + b"\n"


def _spans(document: Outgoing) -> Iterator[dict[str, Any]]:
    for row in document.rows:
        more = carried.parts(row)
        for mark in carried.marks(row):
            label = mark.label or UNLABELLED
            span = {"start": mark.start, "end": mark.end, "label": label, "text": mark.exact}
            yield span | {"annotation": {"id": row["id"], **more}}
            more = {}


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    try:
        task = json.loads(line)
    except (ValueError, RecursionError):
        raise _malformed(number, "is no JSON") from None
    if not isinstance(task, dict) or not isinstance(task.get("text"), str):
        raise _malformed(number, "is no task with a text")
    return task


def _document(task: Mapping[str, Any], meta: Mapping[str, Any], number: int) -> IncomingDocument:
    spans = task.get("spans") or []
    try:
        _check_characters({name: value for name, value in task.items() if name != "text"})
        taken = [] if task.get("answer") in REFUSED_ANSWERS else _joined(spans)
        return IncomingDocument(
            key=f"line {number}",
            text=task["text"],
            spans=taken,
            relations=carried.relations(meta),
            metadata=carried.metadata(meta),
            skipped=0 if taken else len(spans),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _malformed(number, f"has a span that cannot be read ({error}): each needs start and end") from None


def _joined(spans: Iterable[Any]) -> list[IncomingSpan]:
    """Spans of one annotation become one again; those of other tools have none and stay as they are."""
    found: dict[str, tuple[int, list[Mark], dict[str, Any]]] = {}
    for number, span in enumerate(spans, 1):
        ours = span.get("annotation") if isinstance(span.get("annotation"), dict) else {}
        ref = ours.get("id") if isinstance(ours.get("id"), str) else ""
        first, marks, more = found.setdefault(ref or f"span {number}", (number, [], {}))
        marks.append(_mark(span, ours=bool(ref)))
        more.update(ours)
    return [carried.joined(number, str(more.get("id") or ""), marks, more) for number, marks, more in found.values()]


def _mark(span: Mapping[str, Any], *, ours: bool) -> Mark:
    label, quote = span.get("label") or "", span.get("text") or ""
    for place in (span["start"], span["end"]):
        if type(place) is not int:
            raise ValueError(f"{place!r} is no whole number")
    if not isinstance(label, str) or not isinstance(quote, str):
        raise ValueError("its label or text is no text")
    return Mark(span["start"], span["end"], quote, "" if ours and label == UNLABELLED else label)


def _check_characters(value: Mapping[str, Any]) -> None:
    """Raises ValueError for half a surrogate pair, which nothing could store."""
    json.dumps(value, ensure_ascii=False).encode()


def _malformed(number: int, why: str) -> DomainError:
    return DomainError("malformed", f"Line {number} {why}. Correct it, then send the file again.")

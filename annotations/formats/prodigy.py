"""Prodigy's and spaCy's JSON Lines: one task a line, {"text", "spans": [{"start", "end", "label"}], "meta"}.

Sources: https://prodi.gy/docs/api-interfaces and spaCy's Doc.char_span. Offsets are code points, as Python counts. A
span has one label and one range; those of one annotation are tied by `annotation.id`. Both programs keep further keys
of spans and tasks. The last task has no text; it counts the others.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.documents import IncomingDocument, IncomingSpan, OutgoingDocument
from annotations.formats.json_rows import broken_line, check_end
from annotations.formats.marks import Mark, Marked, carried_document, carried_row, marks_of, relations_of, span_of

MEDIA_TYPE = "application/x-ndjson"
SUFFIX = "jsonl"
REFUSED_ANSWERS: Final = ("reject", "ignore")


def written(documents: Iterable[OutgoingDocument]) -> Iterator[bytes]:
    """A line for each document, then the one that counts them."""
    count = 0
    for document in documents:
        count += 1
        yield _line({"text": document.text, "spans": list(_spans(document)), "meta": carried_document(document)})
    yield _line({"text": "", "spans": [], "meta": {"end": True, "documents": count}, "answer": "ignore"})


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """A line that cannot be read is a broken document. Raises "truncated" for a file that breaks off."""
    count, ours = 0, False
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            task = _parsed(line, number)
            meta = task["meta"] if isinstance(task.get("meta"), dict) else {}
            document = _document(task, meta, number)
        except ValueError as why:
            meta, document = {}, broken_line(number, why)
        if meta.get("end") is True:
            if meta.get("documents") != count:
                raise DomainError(
                    "truncated",
                    _("The file says it has {said} texts, but has {count}.").format(
                        said=meta.get("documents"), count=count
                    ),
                )
            return
        count, ours = count + 1, ours or "revision" in meta
        yield document
    if ours:
        raise DomainError(
            "truncated", _("The file breaks off after {count} texts: its last line is missing.").format(count=count)
        )


def _line(task: Mapping[str, Any]) -> bytes:
    return json.dumps(task).encode() + b"\n"


def _spans(document: OutgoingDocument) -> Iterator[dict[str, Any]]:
    """What is carried goes with the first span of an annotation; the others have its id alone."""
    for row in document.rows:
        carried = carried_row(row)
        for mark in marks_of(row):
            label = mark.label or own_data.UNLABELLED
            yield {
                "start": mark.start, "end": mark.end, "label": label, "text": mark.exact, "annotation": carried,
            }  # fmt: skip
            carried = {"id": row["id"]}


def _parsed(line: bytes, number: int) -> dict[str, Any]:
    """Raises ValueError with words that fit behind "Line 3", and "truncated"."""
    try:
        task = json.loads(line)
    except (ValueError, RecursionError):
        check_end(line, number)
        raise ValueError(_("is no JSON")) from None
    if not isinstance(task, dict) or not isinstance(task.get("text"), str):
        raise ValueError(_("is no task with a text"))
    return task


def _document(task: Mapping[str, Any], meta: Mapping[str, Any], number: int) -> IncomingDocument:
    try:
        spans = list(task.get("spans") or ())
        taken = [] if task.get("answer") in REFUSED_ANSWERS else _joined(spans)
        return IncomingDocument(
            key=_("line {number}").format(number=number),
            text=task["text"],
            spans=taken,
            relations=relations_of(meta),
            metadata=own_data.metadata_of(meta),
            skipped=0 if taken else len(spans),
        )
    except (TypeError, AttributeError):
        raise ValueError(_("has spans that are no list of objects")) from None
    except ValueError as error:
        raise ValueError(_("cannot be read: {error}").format(error=error)) from None


def _joined(spans: Iterable[Any]) -> list[IncomingSpan]:
    """Spans of one annotation become one again; those of other tools have none and stay as they are."""
    found: dict[str, Marked] = {}
    for number, span in enumerate(spans, 1):
        carried = span.get("annotation") if isinstance(span.get("annotation"), dict) else {}
        ref = own_data.text(carried.get("id"), "id")
        one = found.setdefault(ref or f"span {number}", Marked(number))
        one.marks.append(_mark(span))
        one.carried.update(carried)
    return [span_of(each) for each in found.values()]


def _mark(span: Mapping[str, Any]) -> Mark:
    return Mark(
        own_data.whole(span.get("start"), "start"),
        own_data.whole(span.get("end"), "end"),
        own_data.text(span.get("label"), "label"),
        own_data.text(span.get("text"), "text"),
    )

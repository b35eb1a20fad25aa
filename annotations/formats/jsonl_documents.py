"""JSON Lines on their way in: texts with annotations, one document a line; or what export/jsonl/ gave, a row a line.

A line: {"key"?, "text", "article"?, "title"?, ..., "annotations": [{"start", "end", "exact"?, "fragments"?, "terms"?,
"claim"?, "note"?, "attributions"?, "evidence"?, "verdict"?}]}, with the API's shapes inside.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

import orjson

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.formats.json_rows import broken_line, check_end
from annotations.formats.plain_spans import columns_of
from annotations.formats.row_documents import Grouped, span_of

ESCAPED_HALF: Final = re.compile(
    rb"\\u(?:0000|[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2}\\u)[dD][c-fC-F])"
)
"""Or a NUL. A backslash that is escaped itself must not stand before any of it."""
HALF: Final = re.compile(rb"\xed[\xa0-\xbf]")


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """A line that cannot be read is a broken document.

    Raises "truncated" for a file that breaks off, and "malformed" for an export in which a line cannot be read: who
    knows what stood there.
    """
    rows, said, broken = Grouped(), None, ""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = _parsed(line, number)
            document = _document(row, number, line) if "text" in row else None
        except ValueError as why:
            row, document = {}, broken_line(number, why)
            broken = broken or document.broken
        if document:
            yield document
        elif row.get("end") is True:
            said = row.get("rows")
        else:
            rows.add(number, row)
    if rows.count and broken:
        raise DomainError("malformed", broken)
    if rows.count and said != rows.count:
        sentence = _("The file breaks off after {count} rows: its end line is missing. Export it again.")
        raise DomainError("truncated", sentence.format(count=rows.count))
    yield from rows.documents()


def _parsed(line: bytes, number: int) -> Mapping[str, Any]:
    """Raises ValueError with words that fit behind "Line 3", and "truncated"."""
    try:
        row = _json(line)
    except (ValueError, RecursionError):
        check_end(line, number)
        raise ValueError(_("is no JSON")) from None
    if not isinstance(row, dict) or not isinstance(row.get("text", "" if _is_row(row) else None), str):
        raise ValueError(_("is no document: it needs a text"))
    return row


def _json(line: bytes) -> Any:
    """What the quick parser refuses, halves of surrogate pairs for one, is read by the one that reads everything."""
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line)


def _is_row(row: Mapping[str, Any]) -> bool:
    """Of an export: one of its annotations, or its end."""
    return row.get("end") is True or ("article" in row and "exact" in row)


def _may_have_halves(line: bytes) -> bool:
    """Whether texts of the line may hold what cannot be stored: a NUL, or half of a surrogate pair."""
    if b"\\u" in line and (b"\\\\u" in line or ESCAPED_HALF.search(line)):
        return True
    return b"\0" in line or (b"\xed" in line and HALF.search(line) is not None)


def _document(row: Mapping[str, Any], number: int, line: bytes) -> IncomingDocument:
    """Raises ValueError with words that fit behind "Line 3"."""
    try:
        return IncomingDocument(
            key=own_data.text(row.get("key"), "key") or _("line {number}").format(number=number),
            text=row["text"],
            spans=_spans(row, line),
            metadata=own_data.metadata_of(row),
            article=own_data.text(row.get("article"), "article") or None,
        )
    except (TypeError, AttributeError):
        raise ValueError(_("has annotations that are no list of objects")) from None
    except ValueError as error:
        raise ValueError(_("cannot be read: {error}").format(error=error)) from None


def _spans(row: Mapping[str, Any], line: bytes) -> Sequence[IncomingSpan]:
    rows = row.get("annotations") or ()
    plain = None if _may_have_halves(line) else columns_of(row["text"], rows)
    return plain or [span_of(each, place) for place, each in enumerate(rows, 1)]

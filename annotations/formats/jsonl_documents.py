"""Texts with annotations as JSON Lines: one document a line. Our own way in; export/jsonl/ is the way out.

A line: {"key"?, "text", "article"?, "title"?, ..., "annotations": [{"start", "end", "exact"?, "fragments"?, "terms"?,
"claim"?, "note"?, "attributions"?, "evidence"?, "verdict"?}]}, with the API's shapes inside.
"""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats import own_data
from annotations.formats.documents import IncomingDocument, IncomingSpan


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """Raises "malformed" with the number of the line."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield _document(_parsed(line, number), number)


def _parsed(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _malformed(number, _("is no JSON")) from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise _malformed(number, _("is no document: it needs a text"))
    return row


def _document(row: Mapping[str, Any], number: int) -> IncomingDocument:
    try:
        return IncomingDocument(
            key=own_data.text(row.get("key"), "key") or f"line {number}",
            text=row["text"],
            spans=[_span(each, place) for place, each in enumerate(row.get("annotations") or (), 1)],
            metadata=own_data.metadata_of(row),
            article=own_data.text(row.get("article"), "article") or None,
        )
    except (TypeError, AttributeError):
        raise _malformed(number, _("has annotations that are no list of objects")) from None
    except ValueError as error:
        raise _malformed(number, _("cannot be read: {error}").format(error=error)) from None


def _span(row: Mapping[str, Any], number: int) -> IncomingSpan:
    return IncomingSpan(
        number=number,
        start=own_data.whole(row.get("start"), "start"),
        end=own_data.whole(row.get("end"), "end"),
        exact=own_data.text(row["exact"], "exact") if row.get("exact") is not None else None,
        fragments=own_data.fragments_of(row),
        labels=own_data.texts(row.get("terms"), "terms"),
        **own_data.span_fields(row),
    )


def _malformed(number: int, why: str) -> DomainError:
    return DomainError(
        "malformed", _("Line {number} {why}. Correct it, then send the file again.").format(number=number, why=why)
    )

"""Texts with annotations as JSON Lines: one document a line. Our own way in; export/jsonl/ is the way out.

A line: {"key"?, "text", "article"?, "title"?, ..., "annotations": [{"start", "end", "exact"?, "fragments"?, "terms"?,
"claim"?, "note"?, "attributions"?, "evidence"?, "verdict"?}]}, with the API's shapes inside.
"""

import json
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan

METADATA: Final = ("title", "byline", "outlet", "canonical_url", "published_at", "language")


def read(file: IO[bytes]) -> Iterator[IncomingDocument]:
    """Raises "malformed" with the number of the line."""
    for number, line in enumerate(file, 1):
        if line.strip():
            yield _document(_parsed(line, number), number)


def _parsed(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _malformed(number, "is no JSON") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise _malformed(number, "is no document: it needs a text")
    return row


def _document(row: Mapping[str, Any], number: int) -> IncomingDocument:
    try:
        return IncomingDocument(
            key=str(row.get("key") or f"line {number}"),
            text=row["text"],
            spans=[_span(each, place) for place, each in enumerate(row.get("annotations") or (), 1)],
            metadata={name: row[name] for name in METADATA if isinstance(row.get(name), str)},
            article=row.get("article"),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _malformed(number, "has an annotation that cannot be read: each needs start and end") from None


def _span(row: Mapping[str, Any], number: int) -> IncomingSpan:
    return IncomingSpan(
        number=number,
        start=_whole(row["start"]),
        end=_whole(row["end"]),
        exact=row.get("exact"),
        fragments=tuple((_whole(part["start"]), _whole(part["end"])) for part in row.get("fragments") or ()),
        labels=tuple(row.get("terms") or ()),
        claim=str(row.get("claim") or ""),
        note=str(row.get("note") or ""),
        attributions=tuple(row.get("attributions") or ()),
        evidence=tuple(row.get("evidence") or ()),
        verdict=row.get("verdict"),
    )


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise ValueError(value)
    return value


def _malformed(number: int, why: str) -> DomainError:
    return DomainError("malformed", f"Line {number} {why}. Correct it, then send the file again.")

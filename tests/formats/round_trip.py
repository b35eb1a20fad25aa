"""What every format with documents must keep, and how any of them must answer a broken file."""

import io
from collections.abc import Callable, Iterator
from typing import IO, Any

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan, OutgoingDocument
from annotations.formats.spans import resolved
from tests.formats.samples import METADATA

Reader = Callable[[IO[bytes]], Iterator[IncomingDocument]]


def read_back(reader: Reader, file: bytes) -> list[IncomingDocument]:
    """The documents of a file, in code points."""
    return [resolved(each) for each in reader(io.BytesIO(file))]


def expected(row: dict[str, Any]) -> dict[str, Any]:
    names = ("start", "end", "exact", "claim", "note", "attributions", "evidence", "verdict")
    return {name: row[name] for name in names} | {
        "ref": row["id"],
        "labels": row["terms"],
        "fragments": [(part["start"], part["end"]) for part in row["fragments"]],
    }


def kept(span: IncomingSpan) -> dict[str, Any]:
    names = ("start", "end", "exact", "claim", "note", "verdict", "ref")
    lists = ("attributions", "evidence", "labels", "fragments")
    return {name: getattr(span, name) for name in names} | {name: list(getattr(span, name)) for name in lists}


def assert_nothing_lost(sent: list[OutgoingDocument], back: list[IncomingDocument]) -> None:
    assert [each.text for each in back] == [each.text for each in sent]
    for document, incoming in zip(sent, back, strict=True):
        assert [kept(span) for span in incoming.spans] == [expected(row) for row in document.rows]
        assert incoming.metadata == METADATA
        links = [(link["annotation"], link["target"], link["kind"]) for link in document.links]
        assert [(each.source, each.target, each.kind) for each in incoming.relations] == links


def assert_read_or_refused(reader: Reader, file: bytes) -> None:
    """A broken file gives documents or one of our refusals, and never another exception."""
    found = None
    try:
        read_back(reader, file)
    except DomainError as refused:
        found = refused
    if found:
        assert found.code in ("malformed", "truncated", "bad_document", "bad_spans")
        assert found.message.endswith(".")

"""Annotations on their way out in bulk: one moment of the database, as lines of JSON that PostgreSQL itself writes.

A row is `annotation_row` with article_title, canonical_url and desk; tests hold the two together. Making half a million
of them in Python would take minutes: reading objects costs far more than the JSON does.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet

from annotations.core.states import AnnotationState
from annotations.models import Article
from annotations.models.compiled import run_prepared
from annotations.queries import export_sql
from annotations.queries.export_sql import NEAR, ONE, PAGE, WANTED

FIRST_BATCH, BATCH = 1_000, 10_000
"""Rows. The first is small so that the first byte leaves soon, the others so large that planning does not count."""

BLOCK = 200
"""Rows that PostgreSQL writes into one, where it can."""

PIECE = 131_072
"""Bytes that are handed on together; a piece for each row would cost more than the row."""

HEADER, FIELD = 19, 6
"""Bytes before the first row of a binary COPY, and before the only field of each; what comes last has no field."""

Piece = tuple[int, bytes]
"""A number of rows, and those rows as lines of JSON in UTF-8, each ending with LF."""


@dataclass(frozen=True)
class Export:
    """What to export: annotations of these articles, in these states (none: all), changed since a moment."""

    articles: QuerySet[Article]
    states: Sequence[AnnotationState] = (AnnotationState.SIGNED_OFF,)
    since: dt.datetime | None = None

    def of(self, database: str) -> "Export":
        """The same, read from the database with this alias."""
        return replace(self, articles=self.articles.using(database))

    @property
    def database(self) -> str:
        """Alias of the database that it is read from."""
        return self.articles.db


def export_pieces(export: Export) -> Iterator[Piece]:
    """Rows as lines of JSON, oldest annotation first, with constant memory."""
    database = connections[export.database]
    with database.chunked_cursor() as wanted, database.cursor() as cursor:
        ask(wanted, WANTED, export)
        size = FIRST_BATCH
        while ids := [row[0] for row in wanted.fetchmany(size)]:
            yield from pieces_of(cursor, ids)
            size = BATCH


def export_rows(export: Export) -> Iterator[dict[str, Any]]:
    """The same rows as data, for formats that must look into them."""
    for _, lines in export_pieces(export):
        yield from map(json.loads, lines.splitlines())


def ask(cursor: Any, statement: str, export: Export) -> None:
    """Run WANTED or WANTED_BY_REVISION for an export."""
    articles, params = export.articles.order_by().values("pk").query.sql_with_params()
    states = [str(state) for state in export.states] or None
    cursor.execute(statement.format(articles=articles), [*params, states, states, export.since, export.since])


def rows_of(ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The rows of these annotations in this order, as `annotation_row` gives them, in one statement."""
    found: list[dict[str, Any]] = json.loads(b"[%b]" % page_of(ids))
    return found


def page_of(ids: Sequence[UUID]) -> bytes:
    """The same as PostgreSQL writes it: the members of a JSON array, without its brackets."""
    return _one_value(PAGE, {"ids": list(ids)}) if ids else b""


def row_of(id: UUID) -> dict[str, Any]:
    """The row of one annotation, as `annotation_row` gives it."""
    row: dict[str, Any] = json.loads(_one_value(ONE, {"id": id}))
    return row


def _one_value(statement: str, params: Mapping[str, Any]) -> bytes:
    """PostgreSQL keeps the plan, which takes it longer than a page of rows does."""
    [(text,)] = run_prepared(statement, params)
    return bytes(text.encode())


def pieces_of(cursor: Any, ids: Sequence[str]) -> Iterator[Piece]:
    """The rows of these annotations as lines of JSON, by id; `ids` are sorted."""
    cursor.execute(NEAR, {"first": ids[0], "last": ids[-1], "count": len(ids)})
    alone, parts = cursor.fetchone()
    asked = _ranges(ids) if alone else {"ids": f"{{{','.join(ids)}}}", "count": len(ids), "block": BLOCK}
    counts = (min(BLOCK, len(ids) - at) for at in range(0, len(ids), BLOCK))
    yield from _together(_copied(cursor, export_sql.blocks(parts, alone=alone), asked), counts)


def _ranges(ids: Sequence[str]) -> dict[str, Sequence[str]]:
    return {"firsts": ids[::BLOCK], "lasts": [*ids[BLOCK - 1 : -1 : BLOCK], ids[-1]]}


def _together(copied: Iterator[memoryview], counts: Iterable[int]) -> Iterator[Piece]:
    """What makes a piece, or the rest. `counts`: how many lines each of those copied has."""
    found: list[memoryview] = []
    rows = size = 0
    for each, count in zip(copied, counts, strict=False):
        found.append(each)
        rows += count
        size += len(each)
        if size >= PIECE:
            yield rows, b"".join(found)
            found, rows, size = [], 0, 0
    if found:
        yield rows, b"".join(found)


def _copied(cursor: Any, statement: str, params: Mapping[str, Any]) -> Iterator[memoryview]:
    """What a binary COPY of one column has. The text form has escapes, to be taken back in each."""
    # Django's own wrapper of a cursor takes no parameters for COPY when it logs statements.
    with cursor.cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT binary)", params) as rows:
        skipped = HEADER + FIELD
        for row in rows:
            if len(row) > skipped:
                yield row[skipped:]
            skipped = FIELD

"""Annotations on their way out in bulk: one moment of the database, in batches, as JSON that PostgreSQL itself writes.

A row is `annotation_row` with article_title, canonical_url and desk; tests hold the two together. Making half a million
of them in Python would take minutes: reading objects costs far more than the JSON does.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from annotations.core.states import AnnotationState
from annotations.models import Article
from annotations.queries.export_sql import BASE, DENSITY, PARTS

EMPTY: Final = {"terms": "[]", "attributions": "[]", "evidence": "[]", "verdict": "null", "reviews": "[]"}
"""What an annotation without such parts has, by the name in the row."""

BATCH = 1000
"""Rows; enough that planning the queries of a batch does not count, few enough that the first byte leaves at once."""

SPARSE = 4
"""So many annotations in a range of ids for each wanted one, and parts are looked up one by one, not by range."""


@dataclass(frozen=True)
class Export:
    """What to export: annotations of these articles, in these states (none: all), changed since a moment."""

    articles: QuerySet[Article]
    states: Sequence[AnnotationState] = (AnnotationState.SIGNED_OFF,)
    since: dt.datetime | None = None


@contextmanager
def snapshot() -> Iterator[None]:
    """Everything read inside is one moment of the database. It must be the outermost transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def export_batches(export: Export) -> Iterator[list[str]]:
    """Rows as JSON objects, oldest first, a batch at a time, with constant memory."""
    articles, params = export.articles.order_by().values("pk").query.sql_with_params()
    states = [str(state) for state in export.states] or None
    with connection.chunked_cursor() as cursor:
        cursor.execute(BASE.format(articles=articles), [*params, states, states, export.since, export.since])
        while rows := cursor.fetchmany(BATCH):
            yield _with_parts(rows)


def export_rows(export: Export) -> Iterator[dict[str, Any]]:
    """The same rows as data, for formats that must look into them."""
    for batch in export_batches(export):
        yield from map(json.loads, batch)


def _with_parts(rows: Sequence[tuple[str, str]]) -> list[str]:
    """(id, JSON of the annotation's own columns) each, completed by the JSON of its parts."""
    ids = [row[0] for row in rows]
    with connection.cursor() as cursor:
        among = _condition(cursor, ids)
        found = {}
        for name, sql in PARTS.items():
            cursor.execute(sql.format(among=among), {"ids": ids, "first": ids[0], "last": ids[-1]})
            found[name] = dict(cursor.fetchall())
    return [
        own[:-1] + "".join(f',"{name}":{found[name].get(id, empty)}' for name, empty in EMPTY.items()) + "}"
        for id, own in rows
    ]


def _condition(cursor: Any, ids: Sequence[str]) -> str:
    """Ids of one export often stand side by side: then a range is twice as fast as a list; among many others never."""
    cursor.execute(DENSITY, {"first": ids[0], "last": ids[-1], "most": SPARSE * len(ids)})
    sparse = cursor.fetchone()[0] >= SPARSE * len(ids)
    return "= ANY(%(ids)s::uuid[])" if sparse else "BETWEEN %(first)s AND %(last)s"

"""Annotations on their way out by document: each revision with its text and the wanted annotations on it.

For formats whose unit is a text. A revision without a wanted annotation is no document of an export.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connections

from annotations.formats.documents import OutgoingDocument
from annotations.models import Link, Revision
from annotations.queries.export_rows import Export, ask, pieces_of
from annotations.queries.export_sql import WANTED_BY_REVISION

FIRST_BATCH, BATCH = 200, 2_000
"""Rows that are fetched together, of as many revisions as it takes; one revision is never parted. The first are few so
that the first byte leaves soon."""

METADATA: Final = {
    "article": "article_id",
    "desk": "desk__slug",
    "title": "article__title",
    "byline": "article__byline",
    "outlet": "article__outlet",
    "canonical_url": "article__canonical_url",
    "published_at": "article__published_at",
    "language": "article__language",
    "revision": "pk",
    "number": "number",
    "text": "text",
}
"""Fields of a document, and where a revision has them."""

Group = tuple[str, Sequence[str]]
"""A revision and its wanted annotations, by id."""


def export_documents(export: Export) -> Iterator[OutgoingDocument]:
    """By revision id, one text in memory at a time. Inside `snapshot`, so that all is one moment."""
    with connections[export.database].chunked_cursor() as wanted:
        ask(wanted, WANTED_BY_REVISION, export)
        for groups in _batches(wanted):
            yield from _documents(groups, export.database)


def _batches(groups: Iterable[Group]) -> Iterator[list[Group]]:
    batch: list[Group] = []
    size, enough = 0, FIRST_BATCH
    for group in groups:
        batch.append(group)
        size += len(group[1])
        if size >= enough:
            yield batch
            batch, size, enough = [], 0, BATCH
    if batch:
        yield batch


def _documents(groups: Sequence[Group], database: str) -> Iterator[OutgoingDocument]:
    ids = sorted(id for _, each in groups for id in each)
    rows = _rows(ids, database)
    links = _links(ids, {row["id"]: row["revision"] for each in rows.values() for row in each}, database)
    revisions = Revision.objects.using(database).filter(pk__in=rows).order_by("pk")
    for values in revisions.values_list(*METADATA.values()).iterator(chunk_size=1):
        told: dict[str, Any] = dict(zip(METADATA, values, strict=True))
        revision, published = str(told["revision"]), told["published_at"]
        told |= {"article": str(told["article"]), "revision": revision}
        told["published_at"] = published.isoformat() if published else None
        yield OutgoingDocument(**told, rows=rows[revision], links=links.get(revision, []))


def _rows(ids: Sequence[str], database: str) -> dict[str, list[dict[str, Any]]]:
    """By revision, oldest first."""
    found: dict[str, list[dict[str, Any]]] = {}
    with connections[database].cursor() as cursor:
        for _, lines in pieces_of(cursor, ids):
            for row in map(json.loads, lines.splitlines()):
                found.setdefault(row["revision"], []).append(row)
    return found


def _links(ids: Sequence[str], revisions: Mapping[str, str], database: str) -> dict[str, list[dict[str, str]]]:
    """By revision, oldest first: those that leave one of its annotations for another."""
    found: dict[str, list[dict[str, str]]] = {}
    keys = [UUID(id) for id in ids]
    links = Link.objects.using(database)
    current = links.filter(annotation__in=keys, target__in=keys, retired_at=None).order_by("id")
    for source, target, kind in current.values_list("annotation_id", "target_id", "kind"):
        link = {"annotation": str(source), "target": str(target), "kind": kind}
        if revisions[link["annotation"]] == revisions[link["target"]]:
            found.setdefault(revisions[link["annotation"]], []).append(link)
    return found

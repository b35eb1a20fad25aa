"""Fills the database of a site with articles and annotations, many at a time, under the guards of the database.

Bulk rows have no events: what is measured never reads the events of other articles.
"""

import datetime as dt
import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from annotations.core.anchors import CONTEXT
from annotations.core.blocks import BlockKind
from annotations.core.states import AnnotationState, ArticleState, Role
from annotations.models import Article, Block, Desk, Revision, StoredFile, Term, User
from annotations.models.base import new_id
from annotations.services.accounts import create_user
from annotations.services.desks import create_desk, set_membership
from annotations.services.search_backlog import catch_up
from bench.site import PASSWORD, Site
from bench.workload import LABELS, Span, articles

EACH = 50

ANNOTATION = (
    'id, desk_id, article_id, revision_id, start, "end", exact, prefix, suffix, fragments, claim, note, state, '
    "version, author_id, created, updated"
)


@dataclass(frozen=True, slots=True)
class Stocked:
    """An article that lies in the database."""

    id: UUID
    text: str


def stock(desk: Desk, author: User, *, count: int, characters: int, spans: int) -> list[Stocked]:
    """So many articles of so many characters with so many annotations each."""
    found = []
    made = articles(count, characters, spans)
    while batch := list(islice(made, 500)):
        found += _stored(desk, author, batch)
    while catch_up():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return found


def found_desk(site: Site) -> None:
    """The desk of the run and one person for each of its roles."""
    site.desk = create_desk(slug="bench", name="Bench")
    for role in (Role.CHECKER, Role.REVIEWER, Role.HEAD):
        site.people[role] = create_user(username=role, password=PASSWORD)
        set_membership(desk=site.desk, user=site.people[role], roles=[role])


@dataclass(frozen=True, slots=True)
class FullDesk:
    """A desk of its own with articles of 5,000 characters and `EACH` annotations; `person` works on no other one."""

    desk: Desk
    person: str
    filled_in: float
    """Seconds."""


def full_desk(site: Site, count: int) -> FullDesk:
    """The desk with so many articles, filled when it is first asked for."""
    if count not in site.full:
        desk, person = create_desk(slug=f"full-{count}", name=f"{count} articles"), f"checker-{count}"
        user = create_user(username=person, password=PASSWORD)
        set_membership(desk=desk, user=user, roles=[Role.CHECKER])
        began = time.perf_counter()
        stock(desk, user, count=count, characters=5_000, spans=EACH)
        site.full[count] = FullDesk(desk, person, time.perf_counter() - began)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # or the server would begin it by itself while something is measured
    found: FullDesk = site.full[count]
    return found


@transaction.atomic
def _stored(desk: Desk, author: User, batch: Sequence[tuple[str, list[Span]]]) -> list[Stocked]:
    files = [_file(desk, text) for text, _ in batch]
    StoredFile.objects.bulk_create(files)
    rows = [
        Article(desk=desk, title=text[:60], language="en", created_by=author, state=ArticleState.CHECKING.value)
        for text, _ in batch
    ]
    Article.objects.bulk_create(rows)
    revisions = [
        Revision(
            desk=desk, article=row, number=1, text=text, sha256=file.sha256, length=len(text), source=file,
            created_by=author,
        )
        for row, file, (text, _) in zip(rows, files, batch, strict=True)
    ]  # fmt: skip
    Revision.objects.bulk_create(revisions)
    Block.objects.bulk_create(block for revision in revisions for block in _blocks(revision))
    for row, revision in zip(rows, revisions, strict=True):
        row.revision = revision
    Article.objects.bulk_update(rows, ["revision"])
    _annotate(desk, author, revisions, [spans for _, spans in batch])
    return [Stocked(row.pk, text) for row, (text, _) in zip(rows, batch, strict=True)]


def _annotate(desk: Desk, author: User, revisions: Sequence[Revision], spans: Sequence[list[Span]]) -> None:
    terms = dict(Term.objects.filter(desk=desk, key__in=LABELS).values_list("key", "pk"))
    labels: list[tuple[UUID, UUID, UUID]] = []
    with connection.cursor() as cursor, cursor.copy(f"COPY annotations_annotation ({ANNOTATION}) FROM STDIN") as copy:
        for revision, span, id in _places(revisions, spans):
            copy.write_row(_row(desk, author, revision, span, id))
            labels.append((desk.pk, id, terms[LABELS[span.label]]))
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY annotations_annotationterm (desk_id, annotation_id, term_id) FROM STDIN") as copy,
    ):
        for label in labels:
            copy.write_row(label)


def _places(revisions: Sequence[Revision], spans: Sequence[list[Span]]) -> Iterator[tuple[Revision, Span, UUID]]:
    for revision, found in zip(revisions, spans, strict=True):
        for span in found:
            yield revision, span, new_id()


def _row(desk: Desk, author: User, revision: Revision, span: Span, id: UUID) -> tuple[object, ...]:
    text, now = revision.text, dt.datetime.now(dt.UTC)
    prefix, suffix = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return (
        id, desk.pk, revision.article_id, revision.pk, span.start, span.end, text[span.start : span.end], prefix,
        suffix, "{}", "", "", AnnotationState.OPEN.value, 1, author.pk, now, now,
    )  # fmt: skip


def _file(desk: Desk, text: str) -> StoredFile:
    content = text.encode()
    return StoredFile(
        desk=desk, name="bench.txt", media_type="text/plain", size=len(content), content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip


def _blocks(revision: Revision) -> Iterator[Block]:
    start = 0
    for position, paragraph in enumerate(revision.text.split("\n\n")):
        end = start + len(paragraph)
        yield Block(revision=revision, position=position, kind=BlockKind.PARAGRAPH.value, start=start, end=end)
        start = end + 2

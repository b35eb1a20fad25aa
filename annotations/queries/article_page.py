"""The annotation page: blocks of the current revision cut into segments, and the cards beside them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from annotations.core.blocks import BlockKind
from annotations.core.colouring import LABELS, STATE, VERDICT, state_colour
from annotations.core.segments import Segment, Span, segments_of
from annotations.core.states import HIDDEN
from annotations.models import Annotation, Article, Block, Comment, Revision
from annotations.models.compiled import Asked

KEPT_TEXTS: Final = 64
"""Texts whose blocks are remembered; some 50 kB for 100,000 characters."""

Range = tuple[int, int]
"""Code points of the revision's text, end exclusive."""


class Mark(NamedTuple):
    """What the text shows of one annotation. `parts` are in order and disjoint."""

    id: str
    parts: tuple[Range, ...]
    state: str
    colour: int | None


class BlockRow(NamedTuple):
    """As much of a Block as its text needs."""

    position: int
    kind: str
    start: int
    end: int


class BlockView(NamedTuple):
    """One block as it is shown: with all that touches it, so that equal views look equal.

    In spans and segments a number names an annotation: its place in `marks`, where the oldest comes first.
    """

    block: BlockRow
    text: str
    marks: tuple[Mark, ...]

    @property
    def spans(self) -> list[Span[int]]:
        """The marks' parts that touch this block, clipped to it and counted from its start."""
        first, last = self.block.start, self.block.end
        return [
            Span(number, start - first if start > first else 0, (end if end < last else last) - first)
            for number, mark in enumerate(self.marks)
            for start, end in mark.parts
            if start < last and end > first
        ]

    @property
    def segments(self) -> list[Segment[int]]:
        return segments_of(len(self.text), self.spans)


_MARKS: Final = """
WITH shown AS MATERIALIZED (
    SELECT id, start, "end", fragments, state FROM annotations_annotation
    WHERE revision_id = %(revision)s AND article_id = %(article)s AND state <> ALL (%(hidden)s)
        AND start < %(end)s AND "end" > %(start)s
), coloured AS (
    SELECT l.annotation_id, min((v.position::bigint << 40) + (t.position::bigint << 8) + t.colour) & 255 AS colour
    FROM shown
    JOIN {labels}
    JOIN annotations_term t ON t.id = l.term_id
    JOIN annotations_vocabulary v ON v.id = t.vocabulary_id
    WHERE t.colour IS NOT NULL {axis}
    GROUP BY l.annotation_id
)
SELECT id::text, start, "end", fragments, state, colour FROM shown LEFT JOIN coloured ON annotation_id = id
ORDER BY id::text
"""
"""In order of creation, which is the order of their lanes. The colour is that of the first label which has one, in the
order of the vocabularies."""
_OF_LABELS: Final = "annotations_annotationterm l ON l.annotation_id = shown.id"
_OF_VERDICT: Final = "annotations_verdict l ON l.annotation_id = shown.id AND l.retired_at IS NULL"
_BY_LABELS: Final = _MARKS.format(labels=_OF_LABELS, axis="")
_BY_VERDICT: Final = _MARKS.format(labels=_OF_VERDICT, axis="")
_BY_AXIS: Final = _MARKS.format(labels=_OF_LABELS, axis="AND v.key = %(by)s")
_COLOURED: Final = {LABELS: _BY_LABELS, STATE: _BY_LABELS, VERDICT: _BY_VERDICT}


def says_title(views: Iterable[BlockView], article: Article) -> bool:
    """A headline of the text is the article's title, which need not be shown above it then."""
    return any(view.block.kind == BlockKind.HEADLINE and view.text == article.title for view in views)


def block_views(revision: Revision, touching: Sequence[Range] | None = None, by: str = LABELS) -> list[BlockView]:
    """The blocks with their marks; `touching` limits them to the blocks that these ranges touch.

    `by` is what colours stand for; see core/colouring.py.
    """
    rows = blocks_of(revision) if touching is None else touched_blocks(revision, touching)
    return views_of(revision.text, rows, _marks(revision, rows[0].start, rows[-1].end, by)) if rows else []


def block_views_with(revision: Revision, marks: Sequence[Mark]) -> list[BlockView]:
    """All blocks, with these marks and no others."""
    return views_of(revision.text, blocks_of(revision), marks)


def blocks_of(revision: Revision) -> Sequence[BlockRow]:
    """All blocks, in text order. The database refuses every change to them, so they are read once."""
    return _blocks(revision.pk, revision._state.db or DEFAULT_DB_ALIAS)


@lru_cache(KEPT_TEXTS)
def _blocks(revision: UUID, database: str) -> tuple[BlockRow, ...]:
    rows = Block.objects.using(database).filter(revision=revision).order_by("position")
    return tuple(BlockRow(*row) for row in rows.values_list("position", "kind", "start", "end"))


def touched_blocks(revision: Revision, ranges: Sequence[Range]) -> list[BlockRow]:
    """The blocks that one of the ranges shares a character with, in text order."""
    rows = blocks_of(revision)
    return [row for row in rows if any(start < row.end and end > row.start for start, end in ranges)]


def comments_of(annotation: Annotation) -> QuerySet[Comment]:
    """The thread, oldest first."""
    return annotation.comments.select_related("author", "resolved_by").order_by("id")


def asked_marks(revision: Revision, start: int, end: int, by: str) -> Asked[Any]:
    """What touches the text from `start` to `end`; see `block_views`."""
    values: dict[str, Any] = {
        "revision": revision.pk,
        "article": revision.article_id,
        "hidden": list(HIDDEN),
        "start": start,
        "end": end,
        "by": by,
    }
    return Asked((_COLOURED.get(by, _BY_AXIS), values), partial(_marks_in, by))


def _marks(revision: Revision, start: int, end: int, by: str) -> list[Mark]:
    """The same from the database that the revision is from; planned for this text, which may have few or many."""
    statement, read = asked_marks(revision, start, end, by)
    with connections[revision._state.db or DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(*statement)
        return read(cursor.fetchall())


def _marks_in(by: str, rows: Iterable[tuple[Any, ...]]) -> list[Mark]:
    return [
        Mark(
            id,
            tuple(map(tuple, fragments)) if fragments else ((first, last),),
            state,
            state_colour(state) if by == STATE else colour,
        )
        for id, first, last, fragments, state, colour in rows
    ]


def views_of(text: str, rows: Sequence[BlockRow], marks: Iterable[Mark]) -> list[BlockView]:
    found = _by_block(rows, marks)
    return [BlockView(row, text[row.start : row.end], tuple(those)) for row, those in zip(rows, found, strict=True)]


def _by_block(rows: Sequence[BlockRow], marks: Iterable[Mark]) -> list[list[Mark]]:
    """Which marks touch which block."""
    found: list[list[Mark]] = [[] for _ in rows]
    ends = [row.end for row in rows]
    for mark in marks:
        parts = mark.parts
        start, end = parts[0][0], parts[-1][1]
        for number in range(bisect_right(ends, start), len(rows)):
            row = rows[number]
            if row.start >= end:
                break
            if len(parts) == 1 or any(first < row.end and last > row.start for first, last in parts):
                found[number].append(mark)
    return found

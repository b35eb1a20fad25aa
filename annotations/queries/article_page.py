"""The annotation page: blocks of the current revision cut into segments, and the cards beside them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.core.segments import Segment, Span, lanes_of, segments_of
from annotations.models import Annotation, AnnotationTerm, Block, Comment, Revision


@dataclass(frozen=True, slots=True)
class Mark:
    """What the text shows of one annotation. `parts`: (start, end) ranges in code points, end exclusive."""

    id: UUID
    parts: tuple[tuple[int, int], ...]
    state: str
    colour: int | None


@dataclass(frozen=True)
class BlockView:
    """One block as it is shown. Segments and lanes count from the start of the block's own text.

    In spans, segments and lanes a number names an annotation: its place in `marks`.
    """

    block: Block
    text: str
    marks: tuple[Mark, ...]

    @cached_property
    def spans(self) -> list[Span[int]]:
        """The marks' parts that touch this block, clipped to it."""
        first, last = self.block.start, self.block.end
        return [
            Span(number, max(start, first) - first, min(end, last) - first)
            for number, mark in enumerate(self.marks)
            for start, end in mark.parts
            if start < last and end > first
        ]

    @cached_property
    def segments(self) -> list[Segment[int]]:
        return segments_of(len(self.text), self.spans)

    @cached_property
    def lanes(self) -> dict[int, int]:
        return lanes_of(self.spans)


def block_views(revision: Revision, touching: Sequence[tuple[int, int]] | None = None) -> list[BlockView]:
    """The blocks with their marks; `touching` limits them to the blocks that these (start, end) ranges touch."""
    blocks = revision.blocks.order_by("position")
    if touching is not None:
        blocks = blocks.filter(_touches(touching))
    rows = list(blocks)
    return _views(revision.text, rows, _marks(revision, rows[0].start, rows[-1].end)) if rows else []


def block_views_with(revision: Revision, marks: Sequence[Mark]) -> list[BlockView]:
    """All blocks, with these marks and no others."""
    return _views(revision.text, list(revision.blocks.order_by("position")), marks)


def _views(text: str, rows: Sequence[Block], marks: Sequence[Mark]) -> list[BlockView]:
    by_block = _by_block(rows, marks)
    return [BlockView(row, text[row.start : row.end], tuple(by_block[row.position])) for row in rows]


def comments_of(annotation: Annotation) -> QuerySet[Comment]:
    """The thread, oldest first."""
    return annotation.comments.select_related("author", "resolved_by").order_by("id")


def _touches(ranges: Sequence[tuple[int, int]]) -> Q:
    condition = Q(pk=None)
    for start, end in ranges:
        condition |= Q(start__lt=end, end__gt=start)
    return condition


def _marks(revision: Revision, start: int, end: int) -> list[Mark]:
    """Marks in order of creation, which is the order of their lanes; from the database that the revision is from."""
    rows = (
        Annotation.objects.using(revision._state.db)
        .live()
        .filter(revision=revision, article_id=revision.article_id, start__lt=end, end__gt=start)
        .order_by("id")
        .values_list("id", "start", "end", "fragments", "state")
    )
    annotations = list(rows)
    colours = _colours(revision, [row[0] for row in annotations])
    return [
        Mark(id, tuple((a, b) for a, b in fragments) or ((first, last),), state, colours.get(id))
        for id, first, last, fragments, state in annotations
    ]


def _colours(revision: Revision, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The colour of an annotation is that of its first label which has one."""
    labels = AnnotationTerm.objects.using(revision._state.db)
    labels = labels.filter(annotation__revision=revision, term__colour__isnull=False)
    if len(ids) < 200:
        labels = labels.filter(annotation__in=ids)
    rows = labels.order_by("-term__vocabulary__position", "-term__position").values_list(
        "annotation_id", "term__colour"
    )
    return {id: colour for id, colour in rows if colour is not None}


def _by_block(blocks: Sequence[Block], marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Which marks touch which block, in one sweep over both."""
    found: dict[int, list[Mark]] = defaultdict(list)
    ends = [block.end for block in blocks]
    for mark in marks:
        for block in _touched(blocks, bisect_right(ends, mark.parts[0][0]), mark):
            found[block.position].append(mark)
    return found


def _touched(blocks: Sequence[Block], low: int, mark: Mark) -> list[Block]:
    """Of the blocks from number `low` on, the first that ends after the mark's start."""
    touched = []
    for number in range(low, len(blocks)):
        block = blocks[number]
        if block.start >= mark.parts[-1][1]:
            break
        if any(start < block.end and end > block.start for start, end in mark.parts):
            touched.append(block)
    return touched

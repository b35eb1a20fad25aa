"""The article's text as HTML: blocks whose text nodes are exactly the text, annotated ranges as flat <mark> segments.

What the browser relies on: static/js/offsets.js. Offsets are code points into the revision's text, end exclusive.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Final, NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe

from annotations.core.blocks import BlockKind
from annotations.core.keeping import Kept
from annotations.core.segments import LANES, Segment, lanes_of, segments_of
from annotations.core.states import AnnotationState
from annotations.queries.article_page import BlockView, Mark

register = template.Library()

TAGS: Final = {
    BlockKind.HEADLINE: "h2",
    BlockKind.SUBHEAD: "h3",
    BlockKind.QUOTATION: "blockquote",
    BlockKind.LIST_ITEM: "li",
}
# One letter a state: the style sheet gives it its line and can hide it. What nobody works on looks open.
LETTERS: Final = {
    AnnotationState.RETURNED: "r",
    AnnotationState.NEEDS_RECHECK: "n",
    AnnotationState.PROPOSED: "p",
    AnnotationState.DISPUTED: "d",
    AnnotationState.SIGNED_OFF: "s",
}
OPEN: Final = "o"

KEPT: Final = 32_000_000
"""Bytes that blocks take which are kept as they were drawn; see docs/decisions/0066-article-page.md."""
MARK_BYTES: Final = 400
"""What a mark takes in memory, roughly."""

Line = tuple[int, str, str]
"""Of a mark: its length, its key in the page, the classes that draw it."""


class Drawn(NamedTuple):
    """A block's element, and the stretches of it that are annotated: (start, end) in code points of the revision."""

    html: bytes
    covered: tuple[tuple[int, int], ...]


@register.simple_tag
def text_html(views: Sequence[BlockView]) -> SafeString:
    """All blocks in order, list items inside lists."""
    html = b"".join(blocks_html(views, [drawn(view) for view in views]))
    return mark_safe(html.decode())  # noqa: S308  # every piece of text was escaped


def blocks_html(views: Iterable[BlockView], blocks: Iterable[Drawn]) -> Iterator[bytes]:
    """The same piece by piece, in UTF-8, from blocks that were drawn."""
    drawn_views = zip(views, blocks, strict=True)
    for is_list, group in groupby(drawn_views, lambda pair: pair[0].block.kind == BlockKind.LIST_ITEM):
        yield b"<ul>\n" if is_list else b""
        for _, block in group:
            yield block.html
            yield b"\n"
        yield b"</ul>\n" if is_list else b""


def block_html(view: BlockView) -> SafeString:
    """One block's element. Its text nodes joined are the block's text and nothing else."""
    return mark_safe(drawn(view).html.decode())  # noqa: S308  # every piece of text was escaped


def drawn(view: BlockView) -> Drawn:
    return _kept(view) if view.marks else Drawn(_element(view, escape(view.text)), ())


def _draw(view: BlockView) -> Drawn:
    spans = view.spans
    segments, lanes = segments_of(len(view.text), spans), lanes_of(spans)
    # Marks that reach beyond the block count with their whole length.
    is_cut = any(mark.parts[0][0] < view.block.start or mark.parts[-1][1] > view.block.end for mark in view.marks)
    lines = [_line(mark, lanes[number]) for number, mark in enumerate(view.marks)]
    html = "".join(_pieces(view, segments, lines, is_cut))
    return Drawn(_element(view, html), _covered(view.block.start, segments))


def _size(view: BlockView, drawn: Drawn) -> int:
    return len(drawn.html) + 4 * len(view.text) + MARK_BYTES * len(view.marks)


_kept: Final = Kept(_draw, size=_size, most=KEPT)


def _element(view: BlockView, html: str) -> bytes:
    block = view.block
    tag = TAGS.get(BlockKind(block.kind), "p")
    head = f'<{tag} class="block {block.kind}" id="b{block.position}" data-o="{block.start}" dir="auto">'
    return f"{head}{html}</{tag}>".encode()


def _pieces(view: BlockView, segments: Iterable[Segment[int]], lines: Sequence[Line], is_cut: bool) -> Iterator[str]:
    """Escaped text, in a <mark> where it is annotated; the mark's id is where a card's link arrives."""
    text, first = view.text, view.block.start
    for start, end, ids in segments:
        words = escape(text[start:end])
        if not ids:
            yield words
            continue
        if len(ids) == 1:
            _, keys, names = lines[ids[0]]
        else:
            marks = [lines[each] for each in ids]
            if is_cut:
                marks.sort()
            keys = " ".join([key for _, key, _ in marks])
            names = " ".join(dict.fromkeys([name for _, _, name in marks]))
        yield f'<mark id="s{first + start}" data-a="{keys}" class="{names}">{words}</mark>'


def _covered(first: int, segments: Iterable[Segment[int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for is_annotated, group in groupby(segments, lambda segment: bool(segment.ids)):
        if is_annotated:
            stretch = list(group)
            found.append((first + stretch[0].start, first + stretch[-1].end))
    return tuple(found)


def _line(mark: Mark, lane: int) -> Line:
    return mark.parts[-1][1] - mark.parts[0][0], mark.id, _classes(mark.colour, mark.state, lane)


@cache
def _classes(colour: int | None, state: str, lane: int) -> str:
    if lane == LANES:
        return "more"
    return f"l{lane}c{'n' if colour is None else colour} l{lane}{LETTERS.get(AnnotationState(state), OPEN)}"

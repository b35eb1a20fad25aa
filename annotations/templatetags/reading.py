"""The article's text as HTML: blocks whose text nodes are exactly the text, annotated ranges as flat <mark> segments.

What the browser relies on: static/js/offsets.js. Offsets are code points into the revision's text, end exclusive.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from annotations.core.blocks import BlockKind
from annotations.core.segments import LANES
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


@register.simple_tag
def blocks_html(views: Sequence[BlockView]) -> SafeString:
    """All blocks in order, list items inside lists."""
    html = []
    for is_list, group in groupby(views, lambda view: view.block.kind == BlockKind.LIST_ITEM):
        items = "\n".join(block_html(view) for view in group)
        html.append(f"<ul>\n{items}\n</ul>" if is_list else items)
    return mark_safe("\n".join(html))  # noqa: S308  # every piece of text was escaped


def block_html(view: BlockView) -> SafeString:
    """One block's element. Its text nodes joined are the block's text and nothing else."""
    tag = TAGS.get(BlockKind(view.block.kind), "p")
    head = f'<{tag} class="block {view.block.kind}" id="b{view.block.position}" data-o="{view.block.start}" dir="auto">'
    return mark_safe(f"{head}{''.join(_pieces(view))}</{tag}>")  # noqa: S308  # every piece of text was escaped


def _pieces(view: BlockView) -> Iterator[str]:
    """Escaped text, in a <mark> where it is annotated; the mark's id is where a card's link arrives."""
    if not view.marks:
        yield escape(view.text)
        return
    drawn = [_drawn(mark, view.lanes[number]) for number, mark in enumerate(view.marks)]
    for segment in view.segments:
        words = escape(view.text[segment.start : segment.end])
        if not segment.ids:
            yield words
            continue
        # Sorted once more, because an annotation that the block's edge cuts still counts with its whole length.
        marks = sorted([drawn[each] for each in segment.ids]) if len(segment.ids) > 1 else [drawn[segment.ids[0]]]
        keys = " ".join([key for _, key, _ in marks])
        names = " ".join(dict.fromkeys([name for _, _, name in marks]))
        yield f'<mark id="s{view.block.start + segment.start}" data-a="{keys}" class="{names}">{words}</mark>'


def _drawn(mark: Mark, lane: int) -> tuple[int, str, str]:
    """The mark's length, its key in the page, and the classes of its line."""
    return mark.parts[-1][1] - mark.parts[0][0], str(mark.id), _line(mark, lane) if lane < LANES else "more"


def _line(mark: Mark, lane: int) -> str:
    colour = "n" if mark.colour is None else mark.colour
    return f"l{lane}c{colour} l{lane}{LETTERS.get(AnnotationState(mark.state), OPEN)}"

"""The text of the public page: plain blocks in which checked words lead to what was found out about them."""

from html import escape
from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe

from annotations.core.blocks import BlockKind
from annotations.queries.article_page import BlockView

register = template.Library()

TAGS: Final = {BlockKind.HEADLINE: "h2", BlockKind.SUBHEAD: "h3", BlockKind.QUOTATION: "blockquote"}


@register.simple_tag
def public_block(view: BlockView) -> SafeString:
    """One block; a checked stretch links to the shortest annotation that lies there."""
    tag = TAGS.get(BlockKind(view.block.kind), "p")
    pieces = []
    for segment in view.segments:
        words = escape(view.text[segment.start : segment.end])
        pieces.append(
            f'<mark><a href="#c-{view.marks[segment.ids[0]].id}">{words}</a></mark>' if segment.ids else words
        )
    return mark_safe(f'<{tag} class="{view.block.kind}" dir="auto">{"".join(pieces)}</{tag}>')  # noqa: S308  # every piece of text was escaped

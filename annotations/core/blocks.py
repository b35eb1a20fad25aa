"""Blocks: the typed paragraphs of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotations.core.errors import DomainError
from annotations.core.wording import _


class BlockKind(StrEnum):
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    ASIDE = "aside"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Block:
    """A block: `start`, `end` in code points of the text, end exclusive."""

    kind: BlockKind
    start: int
    end: int

    def __reduce__(self) -> tuple[object, ...]:
        """For another process; far quicker than what a dataclass does of itself."""
        return Block, (self.kind, self.start, self.end)


CHECKABLE: Final = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.SUBHEAD,
        BlockKind.PARAGRAPH,
        BlockKind.CAPTION,
        BlockKind.QUOTATION,
        BlockKind.LIST_ITEM,
    }
)
"""The kinds whose sentences must be covered before an article can be cleared."""


def check_blocks(text: str, blocks: Sequence[Block]) -> None:
    """Refuse blocks that are not an ordered, disjoint reading of the whole text.

    Each block lies inside the text and neither begins nor ends with white space; outside of blocks there is only white
    space. Raises "bad_blocks"; positions in its sentence are code points, counted from 0.
    """
    reached = 0
    for block in blocks:
        if problem := _problem(text, block, reached):
            names = {"start": block.start, "end": block.end, "kind": block.kind, "reached": reached}
            raise DomainError("bad_blocks", problem.format(**names, length=len(text)))
        reached = block.end
    if text[reached:].strip():
        raise DomainError(
            "bad_blocks",
            _("The text from {reached} on is in no block. Put every word into one.").format(reached=reached),
        )


def _problem(text: str, block: Block, reached: int) -> str:
    """What is wrong with a block that follows one ending at `reached`, with places for values; "" when nothing is."""
    if block.start >= block.end:
        return _("The block {start}–{end} ({kind}) is empty. Leave it out.")
    if block.start < reached:
        return _(
            "The block {start}–{end} ({kind}) begins before {reached}, where the one before it ends. Send blocks in "
            "text order, without overlap."
        )
    if block.end > len(text):
        return _(
            "The block {start}–{end} ({kind}) ends after the text ({length} code points, counted from 0). End it "
            "with the text."
        )
    if text[reached : block.start].strip():
        return _(
            "The block {start}–{end} ({kind}) leaves words between {reached} and {start} in no block. Put every "
            "word into one."
        )
    if text[block.start].isspace() or text[block.end - 1].isspace():
        return _("The block {start}–{end} ({kind}) begins or ends with white space. Leave that between the blocks.")
    return ""

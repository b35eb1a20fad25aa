"""Blocks: the typed paragraphs of a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotations.core.errors import DomainError


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
    """Refuse blocks that are not an ordered, disjoint reading of the text.

    Each block lies inside the text and neither begins nor ends with white space; between blocks there is only white
    space. Raises "bad_blocks" with the position, in code points counted from 0.
    """
    before = 0
    for block in blocks:
        if not before <= block.start < block.end <= len(text):
            raise _bad(block, "overlaps the block before it, is empty or lies outside the text")
        if text[before : block.start].strip():
            raise _bad(block, "leaves text before it outside every block")
        if text[block.start].isspace() or text[block.end - 1].isspace():
            raise _bad(block, "begins or ends with white space")
        before = block.end
    if text[before:].strip():
        raise DomainError("bad_blocks", f"The text from position {before} on is in no block.")


def _bad(block: Block, what: str) -> DomainError:
    return DomainError("bad_blocks", f"The block {block.start}–{block.end} {what}.")

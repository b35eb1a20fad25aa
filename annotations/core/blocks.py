"""Blocks: the typed paragraphs of a text."""

from dataclasses import dataclass
from enum import StrEnum


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

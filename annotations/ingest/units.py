"""The pieces of an article before it is one text: what each says, and what the mark-up says it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from annotations.core.blocks import Block, BlockKind

SEPARATOR: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Unit:
    """One block's text without white space at its ends; `kind` is None where the mark-up does not say."""

    text: str
    kind: BlockKind | None = None


def units_from(pieces: Iterable[Unit]) -> list[Unit]:
    """The pieces trimmed, the blank ones left out."""
    return [Unit(text, piece.kind) for piece in pieces if (text := piece.text.strip())]


def joined(units: Sequence[Unit], kinds: Sequence[BlockKind]) -> tuple[str, tuple[Block, ...]]:
    """One text with a blank line between the units, and a block a unit."""
    blocks = []
    position = 0
    for unit, kind in zip(units, kinds, strict=True):
        blocks.append(Block(kind, position, position + len(unit.text)))
        position += len(unit.text) + len(SEPARATOR)
    return SEPARATOR.join(unit.text for unit in units), tuple(blocks)

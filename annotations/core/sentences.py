"""Sentences of the blocks that must be covered. sentencex finds them; here they stay inside blocks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sentencex import get_sentence_boundaries

from annotations.core.blocks import CHECKABLE, Block

# sentencex takes quadratic time for some languages and scripts (40 s for 400,000 characters of Chinese), so it is given
# windows of this many code points. Hardly any paragraph is longer.
WINDOW: Final = 2_000
OVERLAP: Final = 200

# These take a quarter of a millisecond for each full stop, others a microsecond: minutes for a text made on purpose.
COSTLY: Final = frozenset({"ca", "co", "da", "it"})
MOST_COSTLY: Final = 200_000

BASE_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")

ZERO_WIDTH_JOINER: Final = "\u200d"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text: `start`, `end` in code points, end exclusive, no white space at either end."""

    start: int
    end: int


def sentences_of(text: str, blocks: Iterable[Block], language: str = "en") -> list[Sentence]:
    """The sentences of the checkable blocks, in order; every character of theirs but white space is in one.

    `language` is a BCP 47 tag; its base language counts. What is unknown is read by the rules for English, and so are
    texts above 200,000 code points in the few languages for which the rules are slow.
    """
    checkable = [block for block in blocks if block.kind in CHECKABLE]
    code = _code(language, sum(block.end - block.start for block in checkable))
    return [
        sentence
        for block in checkable
        for start, end in _pieces(text, block, code)
        if (sentence := _trimmed(text, start, end))
    ]


def _code(language: str, length: int) -> str:
    base = BASE_LANGUAGE.match(language)
    code = base.group().lower() if base else "en"
    return "en" if code in COSTLY and length > MOST_COSTLY else code


def _pieces(text: str, block: Block, code: str) -> Iterator[tuple[int, int]]:
    """The block from end to end as consecutive ranges, one for each sentence."""
    start = block.start
    for end in _ends(text, block, code):
        yield start, end
        start = end
    yield start, block.end


def _ends(text: str, block: Block, code: str) -> Iterator[int]:
    """Where sentences end inside the block, in order. Only ends are taken: nothing is lost between sentences."""
    start = settled = block.start
    while True:
        stop = min(start + WINDOW, block.end)
        # An end at the very edge of a window says nothing, unless the block ends there too.
        ends = [end for end in _ends_in(text[start:stop], code, start) if settled < end < stop]
        yield from ends
        if stop == block.end:
            return
        # A sentence longer than a window is looked through in steps, which overlap: an end needs words on both sides.
        start, settled = (ends[-1], ends[-1]) if ends else (stop - OVERLAP, max(settled, stop - OVERLAP // 2))


def _ends_in(piece: str, code: str, offset: int) -> Iterator[int]:
    for found in get_sentence_boundaries(code, piece):
        end = found["end_index"]
        # "Wait‼️": a sign that belongs to the last character of a sentence must not begin the next one.
        while 0 < end < len(piece) and _clings(piece[end]):
            end += 1
        yield offset + end


def _clings(character: str) -> bool:
    return character == ZERO_WIDTH_JOINER or unicodedata.category(character).startswith("M")


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    found = text[start:end]
    stripped = found.strip()
    if not stripped:
        return None
    start += len(found) - len(found.lstrip())
    return Sentence(start, start + len(stripped))

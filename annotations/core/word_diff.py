"""Two texts compared for people to read: what stayed, what went, what came; by paragraphs first, then by words."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from rapidfuzz.distance import Indel

PARAGRAPH: Final = re.compile(r"[^\n]*\n*")
WORD: Final = re.compile(r"\s+|[^\s\w]|\w+")
MOST: Final = 4_000_000
"""Pairs of words up to which passages are compared word by word; longer ones are shown as replaced."""

MOST_PARAGRAPHS: Final = 400_000_000
"""Pairs of paragraphs up to which they are compared: a pair takes one bit of memory, these 50 MB."""


class Change(StrEnum):
    SAME = "same"
    DELETED = "deleted"
    ADDED = "added"


class Piece(NamedTuple):
    """Same and deleted pieces joined are the old text, same and added ones the new text."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; neighbours of one kind are joined."""
    before, after = _cut(PARAGRAPH, old), _cut(PARAGRAPH, new)
    if len(before) * len(after) > MOST_PARAGRAPHS:
        return list(_joined(_in_words(old, new)))
    return list(_joined(_in_passages(before, after)))


def _in_passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Paragraphs that differ, as one passage between those that do not, by their words."""
    gone, come = "", ""
    for change, paragraph in _compared(before, after):
        if change is Change.SAME:
            yield from _in_words(gone, come)
            yield Piece(change, paragraph)
            gone = come = ""
        elif change is Change.DELETED:
            gone += paragraph
        else:
            come += paragraph
    yield from _in_words(gone, come)


def _in_words(old: str, new: str) -> Iterator[Piece]:
    before, after = _cut(WORD, old), _cut(WORD, new)
    if len(before) * len(after) > MOST:
        return iter((Piece(Change.DELETED, old), Piece(Change.ADDED, new)))
    return _compared(before, after)


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    at = put = 0
    for block in Indel.opcodes(before, after).as_matching_blocks():
        yield from (Piece(Change.DELETED, each) for each in before[at : block.a])
        yield from (Piece(Change.ADDED, each) for each in after[put : block.b])
        at, put = block.a + block.size, block.b + block.size
        yield from (Piece(Change.SAME, each) for each in before[block.a : at])


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Between two same pieces at most one deleted and one added, in this order."""
    text = dict.fromkeys(Change, "")
    for piece in pieces:
        if piece.change is Change.SAME:
            yield from _given({Change.DELETED: text[Change.DELETED], Change.ADDED: text[Change.ADDED]})
            text |= {Change.DELETED: "", Change.ADDED: ""}
        else:
            yield from _given({Change.SAME: text[Change.SAME]})
            text[Change.SAME] = ""
        text[piece.change] += piece.text
    yield from _given(text)


def _given(texts: dict[Change, str]) -> Iterator[Piece]:
    return (Piece(change, text) for change, text in texts.items() if text)


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found for found in pattern.findall(text) if found]

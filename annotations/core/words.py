"""A text as a row of words with their places: what a comparison of two texts counts in. No grammar, no meaning."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import regex

SPACE: Final = r"[\s\x1c-\x1f]"
"""What str.isspace calls white space; \\s alone leaves out four separators."""

UNSPACED: Final = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}"
"""Scripts that put no space between words: each of their letters counts as a word."""

LETTER: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}_\u200c\u200d]--[{UNSPACED}]]"

# White space belongs to the word after it; possessive, or a text that ends in a million spaces would take for ever.
# A number is one word with its separators, "don't" is one word, and a sign is one with what it is composed of.
PIECE: Final = regex.compile(
    rf"(?V1){SPACE}*+(?:"
    rf"\p{{N}}++(?:[.,]\p{{N}}++)*+\p{{M}}*+(?!{LETTER})"
    rf"|[{UNSPACED}]\p{{M}}*+"
    rf"|{LETTER}++(?:['’]{LETTER}++)*+"
    rf"|\X)|{SPACE}++"
)

SENTENCE_ENDS: Final = frozenset(".!?…。！？؟।")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `text`: word n is text[starts[n]:ends[n]], in code points; pieces[n] has the space before it too."""

    text: str
    pieces: list[str]
    words: list[str]
    starts: list[int]
    ends: list[int]


def words_of(text: str) -> Words:
    """The words of a text; every character that is not white space is in exactly one."""
    pieces: list[str] = PIECE.findall(text)
    if pieces and pieces[-1].isspace():
        pieces.pop()
    words = [piece.lstrip() for piece in pieces]
    ends = list(accumulate(map(len, pieces)))
    return Words(text, pieces, words, [end - len(word) for end, word in zip(ends, words, strict=True)], ends)

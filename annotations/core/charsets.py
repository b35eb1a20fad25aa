"""Which legacy charset bytes without a declaration are in. Doubt is an answer: no wrong characters.

charset-normalizer reads the bytes in every charset that fits, but for short or Central European texts its choice is
often wrong without a word. Here a reading counts only when it looks like a language of its charset, and where several
different ones count, there is no answer.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex
from charset_normalizer import from_bytes

from annotations.core.alphabets import ALPHABETS, Alphabet

CODECS: Final = tuple(dict.fromkeys(codec for alphabet in ALPHABETS for codec in alphabet.codecs))

CREDIBLE: Final = 0.65
"""Score from which on a reading counts."""

CLEAR: Final = 0.25
"""By so much a reading must be better than the next one."""

SAMPLE: Final = 200_000
"""Code points that are looked at for odd neighbours."""

# Chinese and Japanese run into Latin words without a space.
FOREIGN: Final = r"[\p{L}--[\p{Latin}\p{Han}\p{Hiragana}\p{Katakana}]]"

# What correct text hardly has: a symbol inside a word, an opening sign or a stray accent at a word's end, a capital
# after an accented small letter or the reverse, an accented letter beside a digit, two scripts in a word.
ODD: Final = regex.compile(
    rf"\p{{L}}[\u00a1-\u00b4\u00b6\u00b8-\u00bf\u00d7\u00f7\u201c\u201d\u2500-\u25ff\uff61-\uff9f]\p{{L}}"
    r"|\p{L}[\u2018\u201a\u201e\u2020-\u2022\u2039\u00a8\u00af\u00b8\u02c6-\u02dd]|[\u00a4\u02c6-\u02dd]|\u00a2\p{L}"
    r"|\p{Ll}[\p{Lu}--[A-Z]]|[\p{Ll}--[a-z]]\p{Lu}"
    r"|\d[\p{Latin}--[A-Za-z]]|[\p{Latin}--[A-Za-z]]\d"
    rf"|[A-Za-z]{FOREIGN}|{FOREIGN}[A-Za-z]",
    regex.VERSION1,
)

ODD_SHARE: Final = 0.01
"""Of the characters beyond ASCII."""

BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
STRANGE_WEIGHT: Final = 5
LEAST_OF_A_SCRIPT: Final = 0.2
"""Of all letters; the rest may be names in Latin script."""

RUNNING_TEXT: Final = 60
"""Letters from which on a lack of accented ones tells something."""

CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the bytes; `codec` is Python's name, `score` 0 to 1."""

    codec: str
    text: str
    score: float


def readings(data: bytes) -> list[Reading]:
    """The credible readings of `data`, the best first: one where the charset is certain, none if none makes sense."""
    found = sorted(_credible(data), key=lambda reading: -reading.score)
    return [reading for reading in found if reading.score > found[0].score - CLEAR]


def _credible(data: bytes) -> Iterator[Reading]:
    for match in from_bytes(data, cp_isolation=list(CODECS)):
        names = {match.encoding, *match.could_be_from_charset}
        codecs = [codec for codec in CODECS if codec in names]
        text = str(match)
        letters = Counter({sign: count for sign, count in Counter(text.lower()).items() if sign.isalpha()})
        score = max(_score(letters, alphabet) for alphabet in ALPHABETS if names.intersection(alphabet.codecs))
        if score >= CREDIBLE and not _is_odd(text):
            yield Reading(codecs[0], text, score)


def _is_odd(text: str) -> bool:
    sample = text[:SAMPLE]
    accented = len(BEYOND_ASCII.findall(sample))
    return bool(CONTROLS.search(text)) or len(ODD.findall(sample)) > accented * ODD_SHARE


def _score(letters: Counter[str], alphabet: Alphabet) -> float:
    beyond = sum(count for letter, count in letters.items() if letter > "\x7f")
    known = sum(letters[letter] for letter in alphabet.letters)
    if not alphabet.is_latin:
        return min(1.0, known / beyond / alphabet.usual) if beyond > LEAST_OF_A_SCRIPT * letters.total() else 0.0
    # A letter that the language does not have weighs much: names are rare, and wrong readings consist of such letters.
    score = 1 - STRANGE_WEIGHT * (beyond - known) / beyond if beyond else 1.0
    least, most = alphabet.least * letters.total(), alphabet.most * letters.total()
    usual = beyond <= max(2, most) and (beyond >= least or letters.total() < RUNNING_TEXT)
    return score if usual else 0.0

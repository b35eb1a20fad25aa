"""What people type into the search field, and where a text says it. Offsets are code points, end exclusive.

Which forms of a word are the same depends on its language, which the database knows: `same` brings that in.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"\w+")
OPERATORS: Final = re.compile(r'"|(?:^|\s)-\S|(?:^|\s)or(?:\s|$)', re.IGNORECASE)
QUOTED: Final = re.compile(r'"([^"]+)"')
LEFT_OUT: Final = re.compile(r'(?:^|\s)-(?:"[^"]*"?|\S+)')
NO_SPACES: Final = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Chinese, Japanese and Korean letters: words of two of them are common and have no spaces around them."""

SHORTEST_FRAGMENT: Final = 3
BEGINNING: Final = 3
"""Letters that all forms of a word share at least, or nearly always."""

BEFORE, AFTER = 90, 190
"""Code points that an excerpt shows around its first place."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`pieces` of the text, each with whether it was asked for; `place` is the first such place in the whole text."""

    pieces: list[tuple[str, bool]]
    place: Span | None


def fragment_of(asked: str) -> str:
    """What may also be looked for inside words: all of it, unless it has operators or is too short."""
    words = asked.strip()
    is_long = len(words) >= SHORTEST_FRAGMENT or NO_SPACES.search(words)
    return words if is_long and not OPERATORS.search(words) else ""


def terms_of(asked: str) -> list[str]:
    """The single words that are looked for, without those after a minus sign."""
    wanted = LEFT_OUT.sub(" ", asked)
    return list(dict.fromkeys(word for word in WORD.findall(wanted) if word.lower() != "or"))


def candidates(texts: Iterable[str], terms: Sequence[str]) -> list[str]:
    """The words of the texts that begin like one of the terms: perhaps forms of it."""
    beginnings = tuple({term[:BEGINNING].casefold() for term in terms})
    words = {word for text in texts for word in WORD.findall(text)}
    return sorted(word for word in words if word.casefold().startswith(beginnings)) if beginnings else []


def excerpt(text: str, asked: str, same: Collection[str]) -> Excerpt:
    """The part of the text around the first place that says what was asked; `same` are words that count as it."""
    whole = [span for words in _wholes(asked) for span in _places(text, words)]
    marks = _merged([*whole, *_words(text, {*same, *terms_of(asked)})])
    place = min(whole, default=None) or next(iter(marks), None)
    first, last = _window(text, place or (0, 0))
    inside = [(max(start, first), min(end, last)) for start, end in marks if start < last and end > first]
    return Excerpt(_pieces(text, first, last, inside), place)


def _wholes(asked: str) -> list[str]:
    """What stands together: the fragment, or the phrases in quotes."""
    fragment = fragment_of(asked)
    return [fragment] if fragment else QUOTED.findall(LEFT_OUT.sub(" ", asked))


def _places(text: str, words: str) -> list[Span]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if pattern else []


def _words(text: str, same: Collection[str]) -> list[Span]:
    known = {word.casefold() for word in same}
    return [match.span() for match in WORD.finditer(text) if match[0].casefold() in known]


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(text: str, place: Span) -> Span:
    """Around the place, cut between words where there is a space near."""
    first, last = max(0, place[0] - BEFORE), min(len(text), place[0] + AFTER)
    if first:
        space = text.find(" ", first, place[0])
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", place[0] + AFTER // 2, last)
        last = space if space >= 0 else last
    return first, last


def _pieces(text: str, first: int, last: int, marks: Iterable[Span]) -> list[tuple[str, bool]]:
    pieces = [("… ", False)] if first else []
    at = first
    for start, end in marks:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces += [(text[at:last], False), (" …" if last < len(text) else "", False)]
    return [(words, is_mark) for words, is_mark in pieces if words]

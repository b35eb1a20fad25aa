"""Made-up articles with spans: accented letters, typographic quotes and characters outside the BMP among the words."""

import random
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

RARE = "Marienwerder"
"""Stands in one of fifty articles: what searches look for."""

LABELS = ("intelligence-sourced", "official-statement", "news-agency", "eyewitness")
"""Keys of terms that every desk has."""

_SAID = (
    "the a of in to and on for with by from that this it was were has had will would could said told asked wrote "
    "council harbour ferry bridge tunnel tram depot signal timetable conductor passenger fare ticket budget auditor "
    "invoice tender contract mayor deputy spokesman minister committee hearing vote ballot turnout district canton "
    "river embankment flood pump station reservoir leak pipe sample laboratory threshold microgram doctor clinic nurse "
    "ward vaccine dose patient school pupil teacher exam grade farmer orchard harvest frost barley wheat export tariff "
    "percent million thousand dozen half quarter third January Tuesday yesterday morning decade Ærøskøbing Kraków "
    "Łódź Zürich café façade naïve São İzmir Đà Nẵng Škoda Žižkov 東京 مصر 🚋 📉 👩🏽‍🔬"
)
_WORDS = _SAID.split()


@dataclass(frozen=True, slots=True)
class Span:
    """Code points, end exclusive, with the place in LABELS of its label."""

    start: int
    end: int
    label: int


def text(chance: random.Random, characters: int, *, rare: bool = False) -> str:
    """At least so many characters, in paragraphs divided by blank lines."""
    paragraphs: list[str] = []
    length = 0
    while length < characters:
        paragraphs.append(" ".join(_sentence(chance) for _ in range(chance.randint(2, 6))))
        length += len(paragraphs[-1]) + 2
    if rare:
        paragraphs[0] += f" It began in {RARE}."
    return "\n\n".join(paragraphs)


def spans(chance: random.Random, body: str, count: int) -> list[Span]:
    """Ranges of one to some twenty words, overlapping as they fall."""
    words = [match.span() for match in re.finditer(r"\S+", body)]
    ends = [end for _, end in words]
    found = []
    for number in range(count):
        first = chance.randrange(len(words))
        reach = words[first][0] + chance.choice((8, 20, 45, 120))
        last = min(max(first, bisect_left(ends, reach)), len(words) - 1)
        found.append(Span(words[first][0], ends[last], number % len(LABELS)))
    return found


def articles(count: int, characters: int, spans_each: int) -> Iterator[tuple[str, list[Span]]]:
    """The same ones in every run."""
    for number in range(count):
        chance = random.Random(f"{characters}:{spans_each}:{number}")  # noqa: S311 (nothing is secret)
        body = text(chance, characters, rare=number % 50 == 7)
        yield body, spans(chance, body, spans_each)


def _sentence(chance: random.Random) -> str:
    words = chance.choices(_WORDS, k=chance.randint(7, 24))
    if chance.random() < 0.3:
        words.insert(1, f"{chance.randint(2, 99_999):,}")
    if chance.random() < 0.2:
        words.insert(2, f"“{chance.choice(_WORDS)} {chance.choice(_WORDS)}”")
    return " ".join(words).capitalize() + "."

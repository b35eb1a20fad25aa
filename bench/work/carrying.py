"""Carrying annotations over to a new text: the pure part, on ordinary and on contrary texts."""

import random
import re
from collections.abc import Iterator

from annotations.core.carrying import Placed, carry
from bench.figures import Row, exponent, measured
from bench.site import Site
from bench.timing import ROUNDS, milliseconds, settle
from bench.workload import spans, text

CHARACTERS = 100_000
EDITS = 200
MOST = {1_000: 2_000, 10_000: 10_000}
"""Milliseconds."""


def rows(site: Site) -> Iterator[Row]:
    chance = random.Random(4)  # noqa: S311 (nothing is secret)
    old = text(chance, CHARACTERS)
    points = []
    for size, most in MOST.items():
        row = _row("carry over, 200 edits", old, _edited(chance, old), size, most)
        points.append((size, row.ours))
        yield row
    yield measured("carry over: growth", "1,000 to 10,000", "exponent", [exponent(points)], most=1.1)
    for name, before, after in _contrary(chance, old):
        yield _row(f"carry over, {name}", before, after, 10_000, MOST[10_000])


def _row(work: str, old: str, new: str, size: int, most: float) -> Row:
    anchors = [Placed(number, span.start, span.end) for number, span in enumerate(spans(random.Random(1), old, size))]  # noqa: S311
    settle()
    runs = [milliseconds(lambda: carry(old, new, anchors)) for _ in range(ROUNDS)]
    return measured(work, f"{size:,}", "ms", runs, most=most)


def _edited(chance: random.Random, old: str) -> str:
    """So many words replaced, put in or taken out."""
    words = re.split(r"(\s+)", old)
    for place in chance.sample(range(0, len(words), 2), EDITS):
        words[place] = chance.choice(("", "other", f"{words[place]} indeed"))
    return "".join(words)


def _contrary(chance: random.Random, old: str) -> Iterator[tuple[str, str, str]]:
    paragraphs = old.split("\n\n")
    yield "paragraphs reversed", old, "\n\n".join(reversed(paragraphs))
    yield "complete rewrite", old, text(random.Random(9), CHARACTERS)  # noqa: S311
    yield "one repeated word", "again " * 16_000, "again " * 15_000
    same = "The depot was closed. " * 10_000
    yield "10,000 identical sentences", same, same[: len(same) // 2] + "It opened. " + same[len(same) // 2 :]

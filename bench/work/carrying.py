"""Carrying annotations over to a new text: over the API, and the pure part on ordinary and on contrary texts."""

import random
import re
from collections.abc import Iterator
from functools import partial

from annotations.core.carrying import Placed, carry
from bench.figures import Row, growth, measured
from bench.site import Site
from bench.stock import stock
from bench.timing import Plan, milliseconds
from bench.workload import spans, text

CHARACTERS = 100_000
EDITS = 200
MOST = {1_000: 2_000, 10_000: 10_000}
QUICK = {100: 2_000, 300: 2_000}
"""Annotations: milliseconds at most."""


def rows(site: Site) -> Iterator[Row]:
    chance = random.Random(4)  # noqa: S311 (nothing is secret)
    old = text(chance, CHARACTERS)
    plan, new = site.plan, _edited(chance, old)
    sizes = plan.of(MOST, QUICK)
    pure = [_pure(plan, f"carry over, {EDITS} edits (pure)", old, new, size, most) for size, most in sizes.items()]
    yield from pure
    yield growth(f"carry over, {EDITS} edits (pure)", [*sizes], pure)
    whole = [_revised(site, size) for size in sizes]
    yield from whole
    yield growth(f"new copy over the API, {EDITS} edits", [*sizes], whole)
    for name, before, after in _contrary(chance, old):
        yield _pure(plan, f"carry over, {name} (pure)", before, after, max(sizes), max(sizes.values()))


def _pure(plan: Plan, work: str, old: str, new: str, size: int, most: float) -> Row:
    anchors = [Placed(number, span.start, span.end) for number, span in enumerate(spans(random.Random(1), old, size))]  # noqa: S311
    runs = plan.runs_of(lambda: milliseconds(lambda: carry(old, new, anchors)))
    return measured(work, f"{size:,}", "ms", runs, most=most)


def _revised(site: Site, size: int) -> Row:
    """Each run brings new copy to an article of its own: what was carried once is no longer in one piece."""
    client, chance = site.client(), random.Random(5)  # noqa: S311
    made = stock(site.desk, site.people["checker"], count=site.plan.rounds, characters=CHARACTERS, spans=size)
    copies = [(f"/api/v1/articles/{each.id}/revisions/", {"text": _edited(chance, each.text)}) for each in made]
    site.plan.settle()
    runs = [milliseconds(partial(client.send, "POST", *copy)) for copy in copies]
    return measured(f"new copy over the API, {EDITS} edits", f"{size:,}", "ms", runs)


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

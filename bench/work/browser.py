"""The annotation page in Chromium: until it can be used, hovering, choosing a mark, saving until painted."""

from collections.abc import Iterator
from functools import partial

from bench.chromium import Chromium, NoChromium, chromium
from bench.figures import Row, growth, measured
from bench.site import Site
from bench.stock import stock
from bench.timing import Plan
from bench.work.pages import QUICK, SIZES

USABLE = {1_000: 500, 10_000: 1_500}
"""Milliseconds at most, by annotations on the article."""

FRAMES = 100
"""Milliseconds in which people take an answer for immediate."""

MARKS = 8  # hovered and clicked in a run
OPEN, HOVER = "annotation page, usable in Chromium", "hover in Chromium until painted"
CLICK, SAVE = "click on a mark in Chromium until its card is painted", "save in Chromium until painted"
GROWTH = {OPEN: 1.1, HOVER: 0.5, CLICK: 0.5, SAVE: 0.5}
"""Exponents at most."""


def rows(site: Site) -> Iterator[Row]:
    try:
        with chromium(site.page_client()) as browser:
            yield from _rows(site, browser)
    except NoChromium as reason:
        yield measured("annotation page in Chromium", "", "ms", [], most=max(USABLE.values()), note=str(reason))


def _rows(site: Site, browser: Chromium) -> Iterator[Row]:
    sizes, found = site.plan.of(SIZES, QUICK), dict[str, list[Row]]()
    for size, characters in sizes.items():
        article = stock(site.desk, site.people["checker"], count=1, characters=characters, spans=size)[0]
        for row in _of(site.plan, browser, f"/articles/{article.id}/", size, characters):
            found.setdefault(row.work, []).append(row)
            yield row
    for work, most in GROWTH.items():
        yield growth(work, [*sizes], found[work], most=most)


def _of(plan: Plan, browser: Chromium, path: str, size: int, characters: int) -> Iterator[Row]:
    name = f"{size:,} on {characters:,} characters"
    browser.open(path)
    yield measured(OPEN, name, "ms", plan.runs_of(partial(_opened, browser, path)), most=USABLE.get(size))
    page = browser.open(path)
    page.hover(2)
    yield measured(HOVER, name, "ms", plan.runs_of(lambda: page.hover(MARKS)), most=FRAMES)
    page.choose(2)
    yield measured(CLICK, name, "ms", plan.runs_of(lambda: page.choose(MARKS)))
    page.save(0)
    numbers = iter(range(1, 100))
    saved = plan.runs_of(lambda: page.save(next(numbers)))
    yield measured(SAVE, name, "ms", [each.took for each in saved])
    yield measured("save from Chromium, bytes that travel", name, "kB", [each.size / 1000 for each in saved], most=50)


def _opened(browser: Chromium, path: str) -> float:
    return browser.open(path).usable

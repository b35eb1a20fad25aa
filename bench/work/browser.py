"""The annotation page in Chromium: until it can be used, hovering, choosing a mark, saving until painted."""

from collections.abc import Iterator
from functools import partial

from bench.chromium import Chromium, NoChromium, chromium
from bench.figures import Row, growth, measured
from bench.site import Site
from bench.stock import stock
from bench.work.pages import QUICK, SIZES

USABLE = {1_000: 500, 10_000: 1_500}
"""Milliseconds at most, by annotations on the article."""

FRAMES = 100
"""Milliseconds in which people take an answer for immediate."""

MARKS = 8  # hovered and clicked in a run
KILOBYTES = 50


def rows(site: Site) -> Iterator[Row]:
    try:
        with chromium(site.page_client()) as browser:
            yield from _rows(site, browser)
    except NoChromium as reason:
        yield measured("annotation page in Chromium", "", "ms", [], most=max(USABLE.values()), note=str(reason))


def _rows(site: Site, browser: Chromium) -> Iterator[Row]:
    sizes, usable, saved = site.plan.of(SIZES, QUICK), list[Row](), list[Row]()
    for size, characters in sizes.items():
        article = stock(site.desk, site.people["checker"], count=1, characters=characters, spans=size)[0]
        name, path = f"{size:,} on {characters:,} characters", f"/articles/{article.id}/"
        browser.open(path)
        opened = site.plan.runs_of(partial(_opened, browser, path))
        usable.append(measured(f"usable in Chromium {browser.version}", name, "ms", opened, most=USABLE.get(size)))
        yield usable[-1]
        found = list(_used(site, browser, path, name))
        saved.append(found[-2])
        yield from found
    yield growth("usable in Chromium", [*sizes], usable)
    yield growth("save until painted", [*sizes], saved, most=0.5)


def _used(site: Site, browser: Chromium, path: str, name: str) -> Iterator[Row]:
    page, plan = browser.open(path), site.plan
    page.hover(2)
    yield measured("hover until painted", name, "ms", plan.runs_of(lambda: page.hover(MARKS)), most=FRAMES)
    page.choose(2)
    yield measured("click on a mark until its card is painted", name, "ms", plan.runs_of(lambda: page.choose(MARKS)))
    page.save(0)
    numbers = iter(range(1, 100))
    saved = plan.runs_of(lambda: page.save(next(numbers)))
    yield measured("save until painted", name, "ms", [each.took for each in saved])
    yield measured("save, bytes that travel", name, "kB", [each.size / 1000 for each in saved], most=KILOBYTES)


def _opened(browser: Chromium, path: str) -> float:
    return browser.open(path).usable

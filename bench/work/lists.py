"""Worklist, lists and search, with a desk that holds more and more articles."""

from collections.abc import Iterator

from bench.figures import Row, measured
from bench.site import Client, Site
from bench.stock import stock
from bench.timing import medians, rounds_of
from bench.workload import RARE

SIZES = (1_000, 10_000)
"""Articles on the desk, with 50 annotations each."""

API = {
    "first page of the articles": "/api/v1/articles/",
    "first page of the annotations": "/api/v1/annotations/",
    "annotations with a label": "/api/v1/annotations/?term=eyewitness",
    "search for a word in the articles": f"/api/v1/articles/?q={RARE}",
    "search for a word in the annotations": f"/api/v1/annotations/?q={RARE}",
}
PAGES = {"worklist page": "/", "articles page": "/articles/", "articles page, search": f"/articles/?q={RARE}"}
MOST = {"first page of the articles": 48, "search for a word in the articles": 36}
"""Milliseconds: a quarter of what the better peer took where both were measured side by side."""


def rows(site: Site) -> Iterator[Row]:
    api, browser, held = site.client(), site.page_client(), 0
    for size in SIZES:
        stock(site.desk, site.people["checker"], count=size - held, characters=5_000, spans=50)
        held = size
        for work, path in API.items():
            yield _row(api, work, path, size)
        for work, path in PAGES.items():
            yield _row(browser, work, path, size)


def _row(client: Client, work: str, path: str, size: int) -> Row:
    client.send("GET", path)
    found = medians(rounds_of(lambda: client.send("GET", path), 8))
    return measured(work, f"{size:,} articles", "ms", found, most=MOST.get(work))

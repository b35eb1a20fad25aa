"""Reading all annotations of an article: in one stream, and a page at a time."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from bench.figures import Row, growth, measured
from bench.references import empty_view
from bench.site import Client, Site
from bench.work.creating import articles_holding

SIZES = (100, 1_000, 10_000)
QUICK = (100, 300)
"""Annotations on the article."""

MOST = {1_000: 15, 10_000: 60}
"""Milliseconds: half of what the better peer took where both were measured side by side."""


def rows(site: Site) -> Iterator[Row]:
    plan, client, found = site.plan, site.client(), []
    sizes = plan.of(SIZES, QUICK)
    beside = {"reference": empty_view(site), "reference_name": "empty view"}
    for size in sizes:
        article, name = articles_holding(site, size, 1)[0], f"{size:,}"
        path = f"/api/v1/export/jsonl/?article={article.id}&state=all"
        times = plan.medians(partial(client.send, "GET", path), 5 if size > 1_000 else 20)
        row = measured("read all annotations of an article", name, "ms", times, most=MOST.get(size), **beside)
        yield row
        found.append(row)
        first = partial(client.send, "GET", f"/api/v1/annotations/?article={article.id}")
        yield measured("first page of an article's annotations (50)", name, "ms", plan.medians(first, 20), **beside)
        times = plan.medians(partial(_pages, client, article.id), 3)
        yield measured("all pages of an article's annotations (200 each)", name, "ms", times, **beside)
    yield growth("read all annotations of an article", sizes, found)


def _pages(client: Client, article: UUID) -> None:
    """Follow the links to the last page, as a client without exports would."""
    path = f"/api/v1/annotations/?article={article}&page_size=200"
    while path:
        path = (client.json("GET", path)["next"] or "").partition(f":{client.http.port}")[2]

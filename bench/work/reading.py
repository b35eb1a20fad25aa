"""Reading all annotations of an article: in one stream, and a page at a time."""

from collections.abc import Iterator
from functools import partial

from bench.figures import Row, exponent, measured
from bench.references import empty_view
from bench.site import Site
from bench.stock import stock
from bench.timing import medians, rounds_of

SIZES = {100: 5_000, 1_000: 5_000, 10_000: 100_000}
"""Annotations on the article: its characters."""

MOST = {1_000: 15, 10_000: 60}
"""Milliseconds: half of what the better peer took where both were measured side by side."""


def rows(site: Site) -> Iterator[Row]:
    client, points = site.client(), []
    view = empty_view(site)
    for size, characters in SIZES.items():
        article = stock(site.desk, site.people["checker"], count=1, characters=characters, spans=size)[0]
        path = f"/api/v1/export/jsonl/?article={article.id}&state=all"
        client.send("GET", path)
        found = medians(rounds_of(partial(client.send, "GET", path), 5 if size > 1_000 else 20))
        row = measured(
            "read all annotations of an article", f"{size:,}", "ms", found, reference=view,
            reference_name="empty view", most=MOST.get(size),
        )  # fmt: skip
        yield row
        points.append((size, row.ours))
        first = f"/api/v1/annotations/?article={article.id}"
        client.send("GET", first)
        pages = medians(rounds_of(partial(client.send, "GET", first), 20))
        yield measured("first page of an article's annotations (50)", f"{size:,}", "ms", pages)
    yield measured("read all: growth", "100 to 10,000", "exponent", [exponent(points)], most=1.1)

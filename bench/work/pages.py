"""The annotation page on the server: time and bytes; a new annotation on it, as the browser sends it."""

from collections.abc import Iterator
from functools import partial

from bench.figures import Row, exponent, measured
from bench.site import Site
from bench.stock import stock
from bench.timing import medians, rounds_of

SIZES = {50: 5_000, 1_000: 100_000, 10_000: 100_000}
"""Annotations on the article: its characters."""

MOST = {50: 30, 1_000: 60}
KILOBYTES = {1_000: 150}


def rows(site: Site) -> Iterator[Row]:
    client, points = site.page_client(), []
    for size, characters in SIZES.items():
        article = stock(site.desk, site.people["checker"], count=1, characters=characters, spans=size)[0]
        path = f"/articles/{article.id}/"
        body, _ = client.send("GET", path, Accept_Encoding="gzip")
        found = medians(rounds_of(partial(client.send, "GET", path), 4))
        row = measured(
            "annotation page, server", f"{size:,}, {characters:,} characters", "ms", found, most=MOST.get(size)
        )
        yield row
        yield measured("annotation page, compressed", f"{size:,}", "kB", [len(body) / 1000], most=KILOBYTES.get(size))
        points.append((size, row.ours))
    yield measured("annotation page: growth", "50 to 10,000", "exponent", [exponent(points)], most=1.1)

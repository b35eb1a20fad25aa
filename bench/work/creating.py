"""Creating, editing and approving over the API, on articles that hold more and more annotations."""

import itertools
import random
from collections.abc import Callable, Iterator
from typing import Any

from bench.figures import Row, exponent, measured
from bench.references import bare_insert, empty_view
from bench.site import Client, Site
from bench.stock import Stocked, stock
from bench.timing import medians, per_second, percentiles95, rounds_of, settle
from bench.workload import LABELS, spans

SIZES = {0: 16, 100: 16, 1_000: 16, 10_000: 2}
"""Annotations on an article: how many such articles there are."""

CHARACTERS = {0: 5_000, 100: 5_000, 1_000: 5_000, 10_000: 100_000}
EACH = 60
VERDICT = {"term": "false", "rationale": "The register says otherwise.", "as_of": "2026-01-01"}


def rows(site: Site) -> Iterator[Row]:
    client = site.client()
    held = {size: _articles(site, size) for size in SIZES}
    limit, view = bare_insert(), empty_view(site)
    yield measured("an empty view of this server", "", "ms", [view])
    points, first = [], 0.0
    for size, articles in held.items():
        make = creating(client, articles)
        rounds_of(make, 20, rounds=1)  # warm-up
        found = rounds_of(make, EACH)
        p50 = medians(found)
        first = first or sorted(p50)[len(p50) // 2]
        name = f"{size:,} held"
        most = {"most": 1.3 * first} if size == max(SIZES) else {}
        row = measured("create an annotation, p50", name, "ms", p50, reference=limit, reference_name="INSERT", **most)
        yield row
        yield measured("create an annotation, p95", name, "ms", percentiles95(found))
        points.append((max(size, 1), row.ours))
    yield measured("create: growth of p50 (0 is flat)", "0 to 10,000 held", "exponent", [exponent(points)], most=0.1)
    yield from _eight(site, held)
    yield from _judging(site, held[1_000])


def creating(client: Client, articles: list[Stocked]) -> Callable[[], object]:
    """One new annotation a call, on one article after the other."""
    turn = itertools.cycle(articles)
    chance = random.Random(1)  # noqa: S311 (nothing is secret)

    def make() -> object:
        article = next(turn)
        span = spans(chance, article.text[:4_000], 1)[0]
        return client.send("POST", "/api/v1/annotations/", _body(article, span.start, span.end))

    return make


def _body(article: Stocked, start: int, end: int, **more: Any) -> dict[str, Any]:
    quote = article.text[start:end]
    return {"article": str(article.id), "start": start, "end": end, "exact": quote, "terms": [LABELS[0]], **more}


def _articles(site: Site, size: int) -> list[Stocked]:
    return stock(site.desk, site.people["checker"], count=SIZES[size], characters=CHARACTERS[size], spans=size)


def _eight(site: Site, held: dict[int, list[Stocked]]) -> Iterator[Row]:
    for size in (0, 1_000):
        calls = [creating(site.client(), held[size]) for _ in range(8)]
        settle()
        rates = [per_second(calls, 200) for _ in range(5)]
        yield measured("create, 8 connections", f"{size:,} held", "a second", rates, least=288 if size else None)


def _judging(site: Site, articles: list[Stocked]) -> Iterator[Row]:
    checker, reviewer = site.client("checker"), site.client("reviewer")
    made = iter([_judged(checker, article) for article in articles for _ in range(8)])
    tags: dict[str, str] = {}

    def edit() -> None:
        path = _path(next(made))
        tags[path] = checker.send("PATCH", path, {"claim": "It was so."}, If_Match=_tag(checker, path))[1]["etag"]

    yield measured("edit an annotation (read, then PATCH)", "1,000 held", "ms", medians(rounds_of(edit, 20)))
    waiting = iter(list(tags.items()))

    def approve() -> None:
        path, tag = next(waiting)
        checker.send("POST", f"{path}transitions/", {"action": "propose"}, If_Match=tag)
        reviewer.send("POST", f"{path}transitions/", {"action": "approve"}, If_Match=_tag(reviewer, path))

    yield measured("propose, read and approve", "1,000 held", "ms", medians(rounds_of(approve, 16)))


def _judged(client: Client, article: Stocked) -> str:
    body = _body(article, 0, 10, verdict=VERDICT)
    return str(client.json("POST", "/api/v1/annotations/", body)["id"])


def _path(annotation: str) -> str:
    return f"/api/v1/annotations/{annotation}/"


def _tag(client: Client, path: str) -> str:
    return client.send("GET", path)[1]["etag"]

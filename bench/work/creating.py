"""Creating annotations over the API, on articles that hold more and more of them; then editing and approving."""

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.figures import Row, growth, measured
from bench.peers.install import KINDS
from bench.processes import memory
from bench.references import bare_insert, empty_view
from bench.site import Client, Site, serving
from bench.stock import Stocked, stock
from bench.timing import medians, per_second, percentiles95
from bench.work.judging import judged
from bench.workload import LABELS, Span, spans

HELD = {0: 16, 100: 16, 1_000: 16, 10_000: 2}
"""Annotations on an article: how many such articles there are."""

QUICK = {0: 4, 100: 4, 300: 2}
EACH = 60
PLACES = 40  # on each article; then they come again
TOGETHER = 200  # annotations in a run of eight connections
LEAST = {1_000: 288}
"""A second: three times what the better peer did where both were measured side by side. Where a peer is installed, the
part `peers` has the target, from the same run."""


def rows(site: Site) -> Iterator[Row]:
    plan, client = site.plan, site.client()
    counts = plan.of(HELD, QUICK)
    held = {size: articles_holding(site, size, count) for size, count in counts.items()}
    limit, view = bare_insert(plan), empty_view(site)
    yield measured("an empty view of this server", "", "ms", [view])
    found = []
    for size, articles in held.items():
        rounds = plan.rounds_of(creating(client, articles), EACH, warm=plan.calls(20))
        name = f"{size:,} held"
        row = measured("create, p50", name, "ms", medians(rounds), reference=limit, reference_name="bare INSERT")
        yield row
        yield measured("create, p95", name, "ms", percentiles95(rounds), reference=view, reference_name="empty view")
        found.append(row)
    yield growth("create, p50", [*held], found, most=0.1)
    yield measured(
        "create, p50", f"{max(held):,} beside 0 held", "ms", found[-1].runs, reference=found[0].ours,
        reference_name="0 held", ratio_most=1.3,
    )  # fmt: skip
    yield from _eight(site, held)
    yield from judged(site, held, limit)


def articles_holding(site: Site, size: int, count: int) -> list[Stocked]:
    """Ten thousand annotations are on a long article."""
    characters = 100_000 if size >= 10_000 else 5_000
    return stock(site.desk, site.people["checker"], count=count, characters=characters, spans=size)


def creating(client: Client, articles: Sequence[Stocked]) -> Callable[[], object]:
    """One new annotation a call, on one article after the other. Where they go is chosen before anything is timed."""
    chance = random.Random(1)  # noqa: S311 (nothing is secret)
    turn = itertools.cycle(zip(*(placed(chance, article) for article in articles), strict=True))
    places = itertools.chain.from_iterable(turn)

    def make() -> object:
        article, span = next(places)
        quote = article.text[span.start : span.end]
        body = {"article": str(article.id), "start": span.start, "end": span.end, "exact": quote, "terms": [LABELS[0]]}
        return client.send("POST", "/api/v1/annotations/", body)

    return make


def placed(chance: random.Random, article: Stocked) -> list[tuple[Stocked, Span]]:
    return [(article, span) for span in spans(chance, article.text[:4_000], PLACES)]


def _eight(site: Site, held: dict[int, list[Stocked]]) -> Iterator[Row]:
    total, found = site.plan.calls(TOGETHER), []
    least = {} if any(kind.is_installed for kind in KINDS) else LEAST
    for size, articles in held.items():
        calls = [creating(site.client(), articles) for _ in range(8)]
        per_second(calls, 16)
        rates = site.plan.runs_of(partial(per_second, calls, total))
        found.append(measured("create, 8 connections", f"{size:,} held", "/s", rates, least=least.get(size)))
        yield found[-1]
    yield from _two_processes(site, *list(held.items())[-2], found[-2])
    one = [size for size in held if size]
    costs = [measured("create, 8 connections", row.size, "ms", [1000 / run for run in row.runs]) for row in found[1:]]
    yield growth("create, 8 connections", one, costs, most=0.1)


def _two_processes(site: Site, size: int, articles: list[Stocked], one: Row) -> Iterator[Row]:
    """The same with WEB_PROCESSES=2, on the same data: what an operator with these cores would gain."""
    with serving(site.folder, WEB_PROCESSES="2") as running:
        running.plan = site.plan
        calls = [creating(running.client(), articles) for _ in range(8)]
        per_second(calls, 32)
        rates = site.plan.runs_of(partial(per_second, calls, site.plan.calls(TOGETHER)))
        yield measured(
            "create, 8 connections, two processes", f"{size:,} held", "/s", rates, reference=one.ours,
            reference_name="one process",
        )  # fmt: skip
        name = "memory of two processes with a worker, after that"
        yield measured(name, "", "MB", [memory(running.server.pid)])

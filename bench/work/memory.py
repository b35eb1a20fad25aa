"""Memory of the server's processes, the database not counted: idle, under load, and after everything."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from bench.figures import Row, measured
from bench.processes import memory, peak
from bench.site import Site, serving
from bench.timing import per_second
from bench.work.creating import articles_holding, creating

LOAD = 200  # calls in a run of eight connections


def rows(site: Site) -> Iterator[Row]:
    with serving(site.folder) as idle:
        time.sleep(2)
        found = [_after(1, idle.server.pid) for _ in range(site.plan.rounds)]
        yield measured("memory of the server, idle", "", "MB", found, most=200)
        loaded = Site(site.folder, idle.port, idle.server, idle.started_in, site.plan, site.people, site.desk)
        articles = articles_holding(site, 100, 8)
        page = f"/articles/{articles[0].id}/"
        calls: list[Callable[[], object]] = [creating(loaded.client(), articles) for _ in range(4)]
        calls += [partial(loaded.page_client().send, "GET", page) for _ in range(4)]
        runs = [_under(calls, idle.server.pid, site.plan.calls(LOAD)) for _ in range(site.plan.rounds)]
        yield measured("memory of the server, most under load", "4 write, 4 read pages", "MB", runs)
    yield measured("memory of the server, after everything above", "", "MB", [memory(site.server.pid)])


def _after(seconds: float, pid: int) -> float:
    time.sleep(seconds)
    return memory(pid)


def _under(calls: list[Callable[[], object]], pid: int, total: int) -> float:
    with peak([pid]) as seen:
        per_second(calls, total)
    return seen.most

"""Export over HTTP beside a bare COPY of the same rows, with the memory that the server takes meanwhile."""

import threading
import time
from collections.abc import Iterator

from bench.figures import Row, exponent, measured
from bench.processes import memory
from bench.references import bare_copy
from bench.site import Client, Site
from bench.stock import Stocked, stock
from bench.timing import settle

SIZES = (50_000, 500_000)
EACH = 50  # annotations on an article
RUNS = 5


def rows(site: Site) -> Iterator[Row]:
    client, points = site.client(), []
    articles: list[Stocked] = []
    for size in SIZES:
        wanted = size // EACH - len(articles)
        articles += stock(site.desk, site.people["checker"], count=wanted, characters=5_000, spans=EACH)
        settle()
        copy = bare_copy([article.id for article in articles])
        copies = [copy() for _ in range(RUNS)]
        runs = [_exported(client, site.server.pid) for _ in range(RUNS)]
        name, limit = f"{size:,}", sorted(copies)[RUNS // 2]
        row = measured(
            "export jsonl", name, "rows/s", [run[0] for run in runs], reference=limit, reference_name="COPY",
            ratio_least=0.6,
        )  # fmt: skip
        yield row
        yield measured("export jsonl: first byte", name, "ms", [run[1] for run in runs], most=100)
        yield measured("export jsonl: memory grows by", name, "MB", [run[2] for run in runs], most=50)
        points.append((size, size / row.ours))
    yield measured("export: growth", "50,000 to 500,000", "exponent", [exponent(points)], most=1.1)


def _exported(client: Client, server: int) -> tuple[float, float, float]:
    """Rows a second, milliseconds to the first byte, MB that the server grew by at the most."""
    before, most, done = memory(server), 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.2):
            most = max(most, memory(server))

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    answer = client.open("GET", "/api/v1/export/jsonl/?state=all")
    count = answer.read(1).count(b"\n")
    first = time.perf_counter() - began
    while piece := answer.read(1 << 20):
        count += piece.count(b"\n")
    took = time.perf_counter() - began
    done.set()
    watcher.join()
    return (count - 1) / took, first * 1000, max(0.0, most - before)

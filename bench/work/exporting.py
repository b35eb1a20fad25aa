"""Export over HTTP in each format, beside a bare COPY of the same rows, with the memory that the server takes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.queries.export_files import FORMATS
from bench.figures import Row, growth, measured
from bench.processes import peak
from bench.references import bare_copy
from bench.site import Client, Site
from bench.stock import EACH, FullDesk, full_desk

SIZES = (1_000, 10_000)
QUICK = (50, 200)
"""Articles on the desk."""

EMPTY = {"claimreview"}
"""Holds signed-off verdicts alone, and what fills the desk has none."""

AIMED = "jsonl"
"""The format that PostgreSQL writes whole, so that it can be held against its own COPY."""

OFTEN = (AIMED, "csv")
"""Measured in every round at the larger size too; the others once there, which their growth in rounds bears out."""


@dataclass(frozen=True, slots=True)
class Exported:
    rate: float
    """Annotations a second."""
    first: float
    """Milliseconds to the first byte."""
    memory: float
    """MB that the server grew by at the most."""
    most: float
    """MB that it had at the most."""


def rows(site: Site) -> Iterator[Row]:
    sizes, found = site.plan.of(SIZES, QUICK), dict[str, list[Row]]()
    for count in sizes:
        desk = full_desk(site, count)
        client, limits = site.client(desk.person), list[float]()
        for name in (name for name in FORMATS if name not in EMPTY):
            runs = []
            for _ in range(site.plan.rounds if count == sizes[0] or name in OFTEN else 1):
                limits.append(bare_copy(desk.desk.pk))
                runs.append(_exported(site, client, desk, name, count * EACH))
            made = list(_rows(name, f"{count * EACH:,}", runs, limits[-len(runs) :]))
            found.setdefault(name, []).append(made[0])
            yield from made
    for name, each in found.items():
        yield growth(f"export {name}", [count * EACH for count in sizes], each)


def _rows(name: str, size: str, runs: list[Exported], limits: list[float]) -> Iterator[Row]:
    limit = sorted(limits)[len(limits) // 2]
    yield measured(
        f"export {name}", size, "annotations/s", [run.rate for run in runs], reference=limit,
        reference_name="bare COPY", ratio_least=0.6 if name == AIMED else None,
    )  # fmt: skip
    yield measured(f"export {name}: first byte", size, "ms", [run.first for run in runs], most=100)
    yield measured(f"export {name}: memory grows by", size, "MB", [run.memory for run in runs], most=50)
    yield measured(f"export {name}: memory of the server", size, "MB", [run.most for run in runs])


def _exported(site: Site, client: Client, desk: FullDesk, name: str, size: int) -> Exported:
    site.plan.settle()
    with peak([site.server.pid]) as seen:
        began = time.perf_counter()
        answer = client.open("GET", f"/api/v1/export/{name}/?desk={desk.desk.slug}&state=all")
        length = len(answer.read(1))
        first = time.perf_counter() - began
        while piece := answer.read(1 << 20):
            length += len(piece)
        took = time.perf_counter() - began
    if length < 20 * size:
        raise RuntimeError(f"The file in {name} is too short for {size} annotations: {length} bytes.")
    return Exported(size / took, first * 1000, seen.growth, seen.most)

"""Memory of the server's processes, the database not counted: idle and after load."""

import time
from collections.abc import Iterator

from bench.figures import Row, measured
from bench.processes import memory
from bench.site import Site, serving


def rows(site: Site) -> Iterator[Row]:
    with serving(site.folder) as idle:
        time.sleep(2)
        found = [_after(1, idle.server.pid) for _ in range(5)]
    yield measured("memory of the server, idle", "", "MB", found, most=200)
    yield measured("memory of the server, after everything above", "", "MB", [memory(site.server.pid)])


def _after(seconds: float, pid: int) -> float:
    time.sleep(seconds)
    return memory(pid)

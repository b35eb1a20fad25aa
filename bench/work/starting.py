"""Starting and stopping: the first start on empty data, a start on existing data, a login."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row, measured
from bench.site import PASSWORD, Client, Site, serving
from bench.timing import ROUNDS, medians, rounds_of, settle


def rows(site: Site) -> Iterator[Row]:
    settle()
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        first = _start(Path(name))
        again = [_start(Path(name)) for _ in range(ROUNDS)]
    yield measured("start, empty data (makes the database)", "", "s", [first])
    yield measured("start, existing data, to the first answer", "", "s", again, most=2.5)
    client = Client(site.port, {})
    asked = {"username": "checker", "password": PASSWORD, "name": "bench"}
    logins = rounds_of(lambda: client.send("POST", "/api/v1/tokens/", asked), 3)
    yield measured("log in over the API (a password hash)", "", "ms", medians(logins))


def _start(folder: Path) -> float:
    with serving(folder) as started:
        time.sleep(0.2)
        return started.started_in

"""Starting and stopping: the first start on empty data, a start on existing data, a login."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Row, measured
from bench.site import PASSWORD, Client, Site, serving


def rows(site: Site) -> Iterator[Row]:
    plan = site.plan
    yield measured("cold start, empty data (makes the database)", "", "s", plan.runs_of(_first))
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        _started(Path(name))
        again = plan.runs_of(lambda: _started(Path(name)))
    yield measured("warm start, existing data, to the first answer", "", "s", again, most=2.5)
    client = Client(site.port, {})
    asked = {"username": "checker", "password": PASSWORD, "name": "bench"}
    logins = plan.medians(lambda: client.send("POST", "/api/v1/tokens/", asked), 3)
    yield measured("log in over the API (a password hash)", "", "ms", logins)
    pages = plan.medians(site.page_client, 3)
    yield measured("log in through the page (form, hash, redirect)", "", "ms", pages)


def _first() -> float:
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        return _started(Path(name))


def _started(folder: Path) -> float:
    with serving(folder) as started:
        time.sleep(0.2)
        return started.started_in

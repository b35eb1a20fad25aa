"""Several servers: a hot standby answers reads and may die; a web process may die under a load of writes."""

import itertools
import json
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from uuid import uuid4

import pytest

from annotations.queries.standby import PAUSE
from tests.operations.postgres import Postgres
from tests.operations.site import LONGEST_START, Site, data_folder, run
from tests.operations.world import ALL, MADE, POPULATE, VERDICTS, WRITERS, WRITES, World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with data_folder() as folder, Postgres(folder / "primary") as primary, Postgres(folder / "standby") as standby:
        primary.start()
        primary.ask("CREATE ROLE factcheck LOGIN")
        primary.ask("CREATE DATABASE factcheck OWNER factcheck")
        populated = run("shell", "--verbosity=0", "-c", POPULATE, DATABASE_URL=primary.url, FACTCHECK_DATA=str(folder))
        assert populated.returncode == 0, populated.stderr
        standby.copy(primary)
        standby.start()
        yield World(folder, primary, standby, **json.loads(populated.stdout))


@pytest.fixture(scope="module")
def running(world: World) -> Iterator[Site]:
    with world.site() as site:
        site.get("/readyz")
        yield site
        code, output = site.stop()
    assert code == 0
    assert "Traceback" not in output


@pytest.fixture
def site(world: World, running: Site) -> Site:
    """Whatever the test before did to the standby, it is asked again."""
    world.wait_for_the_standby(running)
    return running


@pytest.mark.parametrize(
    "path",
    [ALL, "/api/v1/export/tei/?state=all", "/api/v1/export/claimreview/", VERDICTS, "/p/{published}/"],
)
def test_the_standby_answers_exports_verdicts_and_public_pages(world: World, site: Site, path: str) -> None:
    text, by_primary = world.read_on_the_standby(site, path.format(published=world.published))

    assert "annotations_annotation" not in by_primary
    assert "Nine died." in text


def test_whoever_wrote_reads_it_at_once(world: World, site: Site) -> None:
    answered_by_standby, until = 0, time.monotonic() + LONGEST_START
    for number in itertools.count(1):
        id = str(uuid4())
        assert world.annotate(site, id) == 201

        text, from_standby = world.read(site, ALL)

        assert id in text
        answered_by_standby += from_standby
        if number >= 20 and answered_by_standby:
            break
        assert time.monotonic() < until, "The standby is never asked."


def test_a_standby_that_is_behind_is_not_asked_until_it_has_caught_up(world: World, site: Site) -> None:
    world.standby.ask("SELECT pg_wal_replay_pause()")
    id = str(uuid4())
    try:
        assert world.annotate(site, id) == 201

        text, from_standby = world.read(site, ALL)

        assert (id in text, from_standby) == (True, False)
    finally:
        world.standby.ask("SELECT pg_wal_replay_resume()")
    world.wait_for_the_standby(site)
    assert id in world.read(site, ALL)[0]


def test_killed_standby_costs_nobody_an_answer(world: World, site: Site) -> None:
    before, statuses, over = world.read(site, ALL)[0], list[int](), threading.Event()

    def read_on() -> None:
        while not over.is_set():
            statuses.append(world.send(site, VERDICTS)[0])

    with ThreadPoolExecutor(WRITERS) as pool:
        for _ in range(WRITERS):
            pool.submit(read_on)
        try:
            time.sleep(0.3)
            world.standby.kill()
            text = world.read(site, ALL)[0]
            time.sleep(PAUSE + 0.5)  # long enough for another attempt
        finally:
            over.set()

    assert text == before
    assert set(statuses) == {200}
    assert world.annotate(site, str(uuid4())) == 201
    assert "The primary answers for the standby for 5 s" in site.output.read_text()
    world.standby.start()
    world.wait_for_the_standby(site)


@pytest.mark.parametrize(
    ("standby", "expected"),
    [("standby", "standby default"), ("primary", "default default")],
    ids=["inside of a transaction the primary is read", "a server that is no standby is never read"],
)
def test_only_a_standby_and_only_outside_of_transactions(world: World, standby: str, expected: str) -> None:
    server: Postgres = getattr(world, standby)
    code = (
        "from django.db import transaction\nfrom annotations.queries.standby import current_database as now\n"
        "first = now()\nwith transaction.atomic(): print(first, now())"
    )

    done = run("shell", "--verbosity=0", "-c", code, **world.environment() | {"DATABASE_STANDBY_URL": server.url})

    assert done.stdout == f"{expected}\n", done.stderr
    assert ("it is no standby of the primary" in done.stderr) is (standby == "primary")


@dataclass
class Load:
    """Writers that send each annotation to `first` and, when it does not answer, again to `second`."""

    world: World
    first: Site
    second: Site
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    retried: list[int] = field(default_factory=list)

    def write(self) -> None:
        for _ in range(WRITES):
            id = str(uuid4())
            try:
                status = self.world.annotate(self.first, id)
            except (OSError, HTTPException):
                status = self.world.annotate(self.second, id)
                self.retried.append(status)
            self.acknowledged.append((id, status))


def test_killed_web_process_loses_no_acknowledged_write_and_doubles_none(world: World, site: Site) -> None:
    with world.site() as victim, ThreadPoolExecutor(WRITERS) as pool:
        victim.get("/readyz")
        load = Load(world, victim, site)
        writers = [pool.submit(load.write) for _ in range(WRITERS)]
        while len(load.acknowledged) < WRITERS * WRITES // 4 and not any(writer.done() for writer in writers):
            time.sleep(0.01)
        victim.stop(signal.SIGKILL)
        for writer in writers:
            writer.result()

    ids = [id for id, _ in load.acknowledged]
    assert {status for _, status in load.acknowledged} <= {200, 201}
    assert len(load.retried) > 0
    kept = [json.loads(line) for line in world.read(site, ALL)[0].splitlines()]
    assert sorted(row["id"] for row in kept if row.get("id") in set(ids)) == sorted(ids)
    assert len(ids) == len(set(ids)) == WRITERS * WRITES
    assert world.primary.ask(MADE.format(", ".join(f"'{id}'" for id in ids)), "factcheck") == len(ids)
    assert run("verify_history", **world.environment()).returncode == 0

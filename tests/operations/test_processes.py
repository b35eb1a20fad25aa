"""WEB_PROCESSES: several processes answer on one port, with one database server and one worker among them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.operations.site import ROOT, Site, data_folder
from tests.operations.test_start import postmaster, runs, wait_until

DEAF_CREW = """
import os, signal, time
from annotations.management.crew import Crew

def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    print(os.getpid(), flush=True)
    time.sleep(600)

Crew([deaf], patience=0.2).run()
"""


# The signal comes between the end of the first child and its removal from the list.
CREW_OF_QUICK_CHILDREN = """
import os, signal, time
from annotations.management.crew import Crew

own_wait = os.wait

def wait():
    ended = own_wait()
    os.kill(os.getpid(), signal.SIGTERM)
    return ended

os.wait = wait
Crew([lambda: None, lambda: time.sleep(600)]).run()
print("left", flush=True)
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Whichever test comes first makes the tables in it."""
    with data_folder() as folder:
        yield folder


def children(site: Site) -> set[int]:
    """The processes of ours that the site started; PostgreSQL is another matter."""
    return {each.pid for each in psutil.Process(site.process.pid).children(recursive=True) if is_ours(each)}


def is_ours(process: psutil.Process) -> bool:
    """One that has just ended is nobody's."""
    try:
        return "manage.py" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def test_two_processes_and_a_worker_answer_and_leave_together(folder: Path) -> None:
    with Site(folder, "--no-demo", WEB_PROCESSES="2") as site:
        assert [site.get("/readyz") for _ in range(10)] == [(200, "ok\n")] * 10
        wait_until(lambda: len(children(site)) == 3)
        started, database = children(site), postmaster(folder)

        code, output = site.stop(signal.SIGTERM)

    assert (code, "Traceback" in output) == (0, False), output
    assert not any(map(runs, started))
    assert not (folder / "postgres" / "postmaster.pid").exists()
    wait_until(lambda: not runs(database))  # it is at its end when it has removed that file


def test_process_that_dies_is_replaced(folder: Path) -> None:
    with Site(folder, "--no-demo", WEB_PROCESSES="2") as site:
        site.get("/readyz")
        wait_until(lambda: len(children(site)) == 3)
        killed = min(children(site))

        os.kill(killed, signal.SIGKILL)

        wait_until(lambda: len(children(site) - {killed}) == 3)
        assert [site.get("/readyz") for _ in range(10)] == [(200, "ok\n")] * 10
        assert f"Process {killed} ended (-9); another one takes its place." in site.stop()[1]


def test_processes_leave_when_the_first_one_is_killed(folder: Path) -> None:
    with Site(folder, "--no-demo", WEB_PROCESSES="2") as site:
        site.get("/readyz")
        wait_until(lambda: len(children(site)) == 3)
        started = children(site)

        site.stop(signal.SIGKILL)

        wait_until(lambda: not any(map(runs, started)))

    with Site(folder, "--no-demo") as site:
        assert site.get("/readyz") == (200, "ok\n")
        assert site.stop()[0] == 0


def test_signal_that_comes_just_when_a_child_has_ended_reaches_the_others() -> None:
    with subprocess.Popen([sys.executable, "-c", CREW_OF_QUICK_CHILDREN], cwd=ROOT, stdout=subprocess.PIPE) as crew:
        assert crew.stdout is not None
        assert crew.stdout.read() == b"left\n"

    assert crew.returncode == 0


def test_orphan_that_does_not_leave_is_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF_CREW], cwd=ROOT, stdout=subprocess.PIPE, text=True) as crew:
        assert crew.stdout is not None
        orphan = int(crew.stdout.readline())

        crew.kill()

        wait_until(lambda: not runs(orphan))

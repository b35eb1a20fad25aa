"""The site really starts, answers, and leaves nothing behind when it is stopped."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.operations.site import LONGEST_START, Site, data_folder, run


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
def used_folder(folder: Path) -> Path:
    """The tests before may have run in another process."""
    if not (folder / "postgres").exists():
        with Site(folder) as site:
            site.get("/readyz")
    return folder


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_START
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    assert true()


def postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def worked(process: psutil.Process) -> float:
    """Seconds on a processor, by it and by what it started."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return sum(each.user + each.system + each.children_user + each.children_system for each in times)


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_site_answers_and_takes_its_database_down_with_it(folder: Path, kind: signal.Signals) -> None:
    with Site(folder) as site:
        assert site.get("/healthz") == (200, "ok\n")
        assert site.get("/readyz") == (200, "ok\n")

        pid = postmaster(folder)
        code, output = site.stop(kind)

    assert code == 0, output
    assert f"http://127.0.0.1:{site.port}/" in output
    assert "Traceback" not in output
    assert not (folder / "postgres" / "postmaster.pid").exists()
    wait_until(lambda: not runs(pid))  # it is at its end when it has removed that file


def test_second_start_is_quick_and_answers_ready(used_folder: Path) -> None:
    with Site(used_folder) as site:
        assert site.get("/readyz") == (200, "ok\n")
        took = worked(psutil.Process(site.process.pid))

    assert took < 10  # two on an idle machine, and not many more on a busy one


def test_site_starts_after_server_and_database_were_killed(folder: Path) -> None:
    with Site(folder) as site:
        site.get("/readyz")
        killed = postmaster(folder)
        os.kill(killed, signal.SIGKILL)
        site.stop(signal.SIGKILL)

    with Site(folder) as site:
        assert site.get("/readyz") == (200, "ok\n")
        assert postmaster(folder) != killed
        assert site.stop()[0] == 0


def test_unready_site_says_so_and_still_lives(folder: Path) -> None:
    with Site(folder) as site:
        site.get("/readyz")

        killed = psutil.Process(postmaster(folder))
        children = killed.children(recursive=True)
        killed.kill()

        wait_until(lambda: not any(runs(each.pid) for each in children))  # they answer for a moment
        assert site.get("/readyz") == (503, "The database does not answer.\n")
        assert site.get("/healthz") == (200, "ok\n")
        assert site.stop()[0] == 0


def test_taken_port_is_one_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = run("serve", f"--port={port}", FACTCHECK_DATA=str(folder))

    assert (done.returncode, done.stderr) == (
        1,
        f"Cannot listen on 127.0.0.1:{port} (Address already in use). Stop what runs there, or choose another port: "
        "PORT=8001 make run\n",
    )

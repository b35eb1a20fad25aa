"""Memory is that of a server and of what it started, but not of its database."""

import shutil
import subprocess
import time
from pathlib import Path

from bench.processes import memory, tree


def test_a_database_is_not_counted_to_the_server_that_started_it(tmp_path: Path) -> None:
    sleep = shutil.which("sleep")
    assert sleep
    (tmp_path / "postgres").symlink_to(sleep)
    with subprocess.Popen(["/bin/sh", "-c", f"{tmp_path}/postgres 60 & {sleep} 60 & wait"]) as server:  # noqa: S603
        try:
            names = names_below(server)

            assert names == ["postgres", "sh", "sleep"]
            counted = memory(server.pid)
            assert 0 < counted < memory_of_all(server)
        finally:
            for process in reversed(tree(server.pid)):
                process.kill()


def names_below(server: "subprocess.Popen[bytes]") -> list[str]:
    """Names of the server and what it started, once all three are there; waits for a minute at most."""
    until = time.monotonic() + 60
    while True:
        names = sorted(process.name() for process in tree(server.pid))
        if len(set(names)) == 3 or time.monotonic() > until:
            return names
        time.sleep(0.02)


def memory_of_all(server: "subprocess.Popen[bytes]") -> float:
    return float(sum(process.memory_full_info().pss for process in tree(server.pid)) / 1_000_000)

"""A site of one's own for a test: `manage.py` as a process, on a free port, with a data folder of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
FIRST_PORT = 12_000 + 10_000 * (WORKER % 2) + os.getpid() * 7 % 9_000
PORTS = iter(range(FIRST_PORT, FIRST_PORT + 1_000))  # each is tried once
ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 300  # seconds, on a very busy machine; nobody waits longer than it takes


@contextmanager
def data_folder() -> Iterator[Path]:
    """Not pytest's own: that one is closed to the user that PostgreSQL runs as when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="factcheck-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """Below those that the kernel gives to connections, and not one that another worker may try at the same time."""
    for port in PORTS:
        with socket.socket() as free, contextlib.suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
    raise AssertionError("No port is free.")


def environment(**values: str) -> dict[str, str]:
    """The surroundings of a person who has set nothing but `values`."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **values}


def run(*arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**values),
        capture_output=True,
        text=True,
        timeout=LONGEST_START,
        check=False,
    )


class Site:
    """`manage.py serve` as a process; `stop` sends a signal and gives back the exit code."""

    def __init__(self, folder: Path, *arguments: str, **values: str) -> None:
        self.port = free_port()
        self.output = folder / f"server-{self.port}.log"  # a pipe that nobody reads would stop the server when full
        with self.output.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", f"--port={self.port}", *arguments],
                cwd=ROOT,
                env=environment(FACTCHECK_DATA=str(folder), **values),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_error: object) -> None:
        """A test that fails leaves no process behind."""
        if self.process.poll() is None:
            self.stop()

    def get(self, path: str) -> tuple[int, str]:
        """Waits for the first answer while the site starts."""
        until = time.monotonic() + LONGEST_START
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=LONGEST_START) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, error.read().decode()
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def stop(self, kind: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(kind)
        self.process.wait(timeout=LONGEST_START)
        return self.process.returncode, self.output.read_text()

"""A site of one's own for a test: `manage.py` as a process, on a free port, with a data folder of its own."""

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

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 60  # seconds, on a busy machine


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


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
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={self.port}", *arguments],
            cwd=ROOT,
            env=environment(FACTCHECK_DATA=str(folder), **values),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
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
        output, _ = self.process.communicate(timeout=LONGEST_START)
        return self.process.returncode, output

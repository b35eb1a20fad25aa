"""Memory and processor time of a process and everything it started."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psutil

SAMPLE_SECONDS = 0.2
DATABASE = "postgres"
"""Name of the processes of PostgreSQL."""


def tree(pid: int) -> list[psutil.Process]:
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.Error:  # it has ended meanwhile
        return []


def memory(*pids: int) -> float:
    """MB of the processes and their descendants, shared pages counted once (PSS), databases left out.

    The first server on a data folder starts the embedded PostgreSQL, which is then one of its descendants.
    """
    return sum(_pss(process) for pid in pids for process in tree(pid)) / 1_000_000


@dataclass
class Peak:
    """MB: before, and the most that was seen since."""

    before: float
    most: float

    @property
    def growth(self) -> float:
        return max(0.0, self.most - self.before)


@contextlib.contextmanager
def peak(pids: Sequence[int]) -> Iterator[Peak]:
    """Looks at the memory of the processes while the block runs."""
    now = memory(*pids)
    seen, done = Peak(now, now), threading.Event()

    def watch() -> None:
        while not done.wait(SAMPLE_SECONDS):
            seen.most = max(seen.most, memory(*pids))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _pss(process: psutil.Process) -> int:
    """Bytes; of a database none."""
    try:
        return 0 if process.name() == DATABASE else int(process.memory_full_info().pss)
    except psutil.Error:  # it has ended meanwhile
        return 0


def busy_share(seconds: float = 0.5) -> float:
    """How many cores are busy now, whoever keeps them busy."""
    return float(psutil.cpu_percent(interval=seconds)) / 100 * (psutil.cpu_count() or 1)

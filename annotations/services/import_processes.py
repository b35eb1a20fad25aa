"""Large files are read by a process of its own, on another core than the one that writes what was read."""

import atexit
import pickle
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from io import SEEK_END
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore, Lock, Timer
from typing import IO, Final

from annotations.formats.readers import Reading
from annotations.formats.units import Unit
from annotations.services.prepared_documents import Documents, NotAsideError, Seen, Step, looked_at, made_ready

WORTH: Final = 4_000_000
"""Bytes of a file from which on another process reads it: to start that takes as long as to read some 2 MB."""

KEPT: Final = 300.0
"""Seconds for which a process waits for another file."""

BUFFER: Final = 1 << 18

PROGRAM: Final = "annotations.services.import_program"
TOP: Final = Path(__file__).parents[2]

MOST: Final = BoundedSemaphore(2)
"""So many at once; further imports read for themselves."""


def looked_at_aside(reading: Documents, documents: Documents, declared: Unit | None) -> Generator[Step]:
    """`looked_at` of `documents`, by another process where `reading` is of a large file.

    Those of its documents that name an article are given its text in `documents` alone. Whatever the other process
    cannot do, or leaves undone, is done here.
    """
    ready, is_seen = 0, False
    try:
        for step in _aside(reading, declared):
            yield step
            ready += len(step) if isinstance(step, list) else 0
            is_seen = is_seen or isinstance(step, Seen)
    except NotAsideError:
        if is_seen:
            yield from made_ready(islice(documents(), ready, None), declared)
        elif ready:
            yield Seen(is_right=False)
        else:
            yield from looked_at(documents, declared)


def _aside(reading: Documents, declared: Unit | None) -> Iterator[Step]:
    """Raises NotAsideError, and what the reader raises."""
    if not isinstance(reading, Reading) or _size(reading.file) < WORTH or not MOST.acquire(blocking=False):
        raise NotAsideError
    try:
        reader = _idle.taken()
        try:
            with _on_disk(reading.file) as file:
                yield from reader.read(reading.format, declared, file)
        except BaseException:
            reader.end()
            raise
        _idle.give_back(reader)
    finally:
        MOST.release()


def _size(file: IO[bytes]) -> int:
    return file.seek(0, SEEK_END)


@contextmanager
def _on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file itself, or a copy where it is in memory alone."""
    try:
        file.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            for piece in iter(partial(file.read, 1_000_000), b""):
                copy.write(piece)
            copy.flush()
            yield copy
    else:
        yield file


class _Reader:
    """A process that waits for files."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own program)
                [sys.executable, "-m", PROGRAM, str(theirs.fileno())], pass_fds=[theirs.fileno()], cwd=TOP
            )
        self._channel, self._answers = ours, ours.makefile("rb", BUFFER)

    def read(self, format: str, declared: Unit | None, file: IO[bytes]) -> Iterator[Step]:
        """Raises NotAsideError when the process has ended, or cannot do it."""
        try:
            socket.send_fds(self._channel, [pickle.dumps((format, declared))], [file.fileno()])
            while (answer := pickle.load(self._answers)) is not None:  # noqa: S301 (what our own program says)
                if isinstance(answer, Exception):
                    raise answer
                yield answer
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise NotAsideError from error

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        with self._answers, self._channel:
            self._process.kill()
            self._process.wait()


class _Idle:
    """Processes that have no file to read just now, each for some minutes."""

    def __init__(self) -> None:
        self._waiting: list[tuple[_Reader, Timer]] = []
        self._lock = Lock()

    def taken(self) -> _Reader:
        while (reader := self._last()) is not None:
            if reader.is_alive():
                return reader
            reader.end()
        return _Reader()

    def give_back(self, reader: _Reader) -> None:
        timer = Timer(KEPT, self._end, [reader])
        timer.daemon = True
        with self._lock:
            self._waiting.append((reader, timer))
        timer.start()

    def end_all(self) -> None:
        while (reader := self._last()) is not None:
            reader.end()

    def _last(self) -> _Reader | None:
        with self._lock:
            if not self._waiting:
                return None
            reader, timer = self._waiting.pop()
        timer.cancel()
        return reader

    def _end(self, reader: _Reader) -> None:
        with self._lock:
            mine = [each for each in self._waiting if each[0] is reader]
            self._waiting = [each for each in self._waiting if each[0] is not reader]
        if mine:
            reader.end()


_idle = _Idle()
atexit.register(_idle.end_all)

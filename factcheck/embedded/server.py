"""A running PostgreSQL, shared by every process that uses its folder and stopped by the last of them.

Its users hold a shared lock on one file; the kernel takes the lock back when a process dies, so neither a killed
process keeps the server alive for ever nor does anybody stop it under another one.
"""

import atexit
import fcntl
import functools
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from factcheck.embedded import system
from factcheck.embedded.cluster import PORT, SUPERUSER, Cluster
from factcheck.embedded.system import EmbeddedError

DATABASE = "factcheck"
ROLE = "factcheck"
START_SECONDS = 300  # after a power cut PostgreSQL replays its log first
STOP_SECONDS = 60
RELEASE_SECONDS = 60  # the children of a killed server let go of its shared memory a moment later
LARGEST_LOG = 5_000_000  # bytes
BUSY_MEMORY = "shared memory block"


@functools.cache
def running_server(folder: Path, *, durable: bool = True) -> "Server":
    """This process's handle on the server of `folder`, started when nobody has started it; left at exit."""
    server = Server(folder, durable=durable)
    server.start()
    atexit.register(server.stop)
    return server


class Server:
    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.cluster = Cluster(self.folder, durable=durable)
        self.socket_folder = self.cluster.socket_folder
        self._users: IO[str] | None = None
        self._pid = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Raises EmbeddedError with a sentence when the folder or the server cannot be used."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self._beside("starting")):
                self._users = self._beside("users").open("a")
                fcntl.flock(self._users, fcntl.LOCK_SH)
                self.cluster.ensure_files()
                self._ensure_running()
        except EmbeddedError:
            self.stop()
            raise
        except OSError as error:
            self.stop()
            raise EmbeddedError(
                f"Cannot use the data folder {self.folder.parent} ({error.strerror}). "
                "Make it writable, or set FACTCHECK_DATA to another folder."
            ) from error

    def stop(self) -> None:
        """Leave; the last one to leave stops the server. A forked child does nothing: the lock is its parent's."""
        if self._users is None or os.getpid() != self._pid:
            return
        with self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._process:
                    self._process.returncode = 0  # it goes on for the others: no warning about a running child
                return
            self._shut_down()
            if self._process:
                self._process.wait()

    def _beside(self, name: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{name}")

    def _ensure_running(self) -> None:
        began = time.monotonic()
        log_start = 0
        while refusal := self._refusal():
            if self._process and self._process.poll() is not None:
                self._process = None
                reason = self._log_since(log_start)
                if BUSY_MEMORY not in reason or time.monotonic() - began > RELEASE_SECONDS:
                    raise EmbeddedError(f"PostgreSQL did not start: {reason} (see {self._beside('log')})")
                time.sleep(0.2)
            if not self._process and not self.cluster.postmaster():
                log_start = self._launch()
            if time.monotonic() - began > START_SECONDS:
                raise EmbeddedError(f"PostgreSQL does not answer ({refusal}); see {self._beside('log')}.")
            time.sleep(0.01)

    def _launch(self) -> int:
        """Start the server; returns where in the log its messages begin (bytes)."""
        self.cluster.drop_stale_locks()
        self.cluster.configure()
        with self._beside("log").open("ab") as log:
            if log.tell() > LARGEST_LOG:
                log.truncate(0)
            self._process = subprocess.Popen(  # noqa: S603
                [system.program("postgres"), "-D", self.folder],
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C in the terminal is for the application, which then stops the server
                **system.run_as(self.cluster.owner),
            )
            return log.seek(0, os.SEEK_END)

    def _log_since(self, start: int) -> str:
        lines = self._beside("log").read_bytes()[start:].decode(errors="replace").splitlines()
        telling = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines or ["no message"]
        return telling[0].partition("FATAL:")[2].strip() or telling[0]

    def _refusal(self) -> str:
        """Why the server does not answer; empty when it does."""
        try:
            connection = psycopg.connect(
                host=str(self.socket_folder), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
            )
        except psycopg.OperationalError as error:
            return str(error).strip()
        with connection:
            _ensure_database(connection)
        return ""

    def _shut_down(self) -> None:
        postmaster = self.cluster.postmaster()
        if postmaster is None:
            return
        for kind, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5)):
            postmaster.send_signal(kind)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if not self.cluster.pid_file.exists():  # removed last; the process itself may stay as a zombie
                    return
                time.sleep(0.01)


def _ensure_database(connection: psycopg.Connection) -> None:
    """The application's role owns its database and is no superuser; CREATEDB is for test databases."""
    role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
    if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

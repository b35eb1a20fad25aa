"""The files of one PostgreSQL cluster: made once, configured before each start, freed of what a power cut left."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import psutil

from factcheck.embedded import system
from factcheck.embedded.system import EmbeddedError

SUPERUSER = "postgres"
PORT = 5432  # only the socket's name has it; nothing listens on the network
LONGEST_SOCKET = 100  # bytes; systems take 103 to 107

# Error messages quote rows, and rows may hold what only named people may read: hence "terse" and "panic".
CONFIGURATION = """\
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_folder}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
wal_buffers = 16MB
effective_cache_size = 512MB
random_page_cost = 1.1
jit = off
timezone = UTC
log_timezone = UTC
log_checkpoints = off
log_error_verbosity = terse
log_min_error_statement = panic
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


class Cluster:
    """`folder` holds the files; `durable=False` gives up safety against power cuts for speed."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self.socket_folder = _socket_folder(folder)

    @property
    def owner(self) -> tuple[int, int]:
        status = self.folder.stat()
        return status.st_uid, status.st_gid

    @property
    def pid_file(self) -> Path:
        return self.folder / "postmaster.pid"

    def ensure_files(self) -> None:
        """initdb works in a folder beside, which gets its name when it is whole."""
        if self.folder.exists():
            return
        new = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        owner = system.owner_for(self.folder.parent)
        new.mkdir(mode=0o700)
        os.chown(new, *owner)
        system.make_reachable(new)
        self._initialise(new, owner)
        with (new / "postgresql.conf").open("a") as conf:
            conf.write("include 'factcheck.conf'\n")
        new.rename(self.folder)

    def configure(self) -> None:
        """Write the settings of this start and make the socket's folder."""
        quoted = '"' + str(self.socket_folder).replace('"', '""') + '"'
        text = CONFIGURATION.format(
            port=PORT,
            socket_folder=quoted.replace("\\", "\\\\").replace("'", "''"),
            durable="on" if self.durable else "off",
        )
        (self.folder / "factcheck.conf").write_text(text)
        (self.folder / "factcheck.conf").chmod(0o644)
        system.make_reachable(self.folder)
        if self.socket_folder != self.folder:
            self._make_socket_folder()

    def drop_stale_locks(self) -> None:
        """Only when `postmaster` is None: PostgreSQL itself would take any process with the old number for its own."""
        self.pid_file.unlink(missing_ok=True)
        (self.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def postmaster(self) -> psutil.Process | None:
        """The running server. A number left by a power cut may belong to another program by now."""
        try:
            process = psutil.Process(int(self.pid_file.read_text().split("\n", 1)[0]))
            return process if Path(process.cwd()) == self.folder else None
        except (OSError, ValueError, psutil.Error):
            return None

    def _initialise(self, new: Path, owner: tuple[int, int]) -> None:
        # The provider "builtin" gives the same lower() and sort order on every machine, whatever its locale is.
        arguments = [
            "--auth=trust", "--encoding=UTF8", f"--username={SUPERUSER}", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", f"--lc-ctype={system.character_type()}", "--no-instructions",
            *([] if self.durable else ["--no-sync"]),
        ]  # fmt: skip
        done = subprocess.run(  # noqa: S603
            [system.program("initdb"), "-D", new, *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **system.run_as(owner),
        )  # fmt: skip
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise EmbeddedError(f"PostgreSQL could not make its files in {self.folder}: {_last_line(done.stdout)}")

    def _make_socket_folder(self) -> None:
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        status = self.socket_folder.lstat()
        if status.st_uid == os.geteuid() == 0:
            os.chown(self.socket_folder, *self.owner)
        elif self.socket_folder.is_symlink() or status.st_uid != self.owner[0]:
            raise EmbeddedError(f"Somebody else made {self.socket_folder}. Remove it and start again.")
        self.socket_folder.chmod(0o700)


def _socket_folder(folder: Path) -> Path:
    """The cluster's own folder, or one in /tmp where that path is too long for a socket or would read as a list."""
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(folder):
        return folder
    return Path("/tmp") / f"factcheck-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]}"  # noqa: S108


def _last_line(output: str) -> str:
    return output.strip().rsplit("\n", 1)[-1]

"""PostgreSQL servers for a test, on the loopback address and free ports: a primary, and a standby that follows it."""

import contextlib
import os
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg

from factcheck.embedded import system
from factcheck.embedded.cluster import SUPERUSER, Cluster
from tests.operations.site import LONGEST_START, free_port

CONFIGURATION = """\
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
shared_buffers = 32MB
fsync = off
log_statement = all
hot_standby_feedback = on
recovery_min_apply_delay = 50ms
"""
"""The delay lets a standby be behind as if it were far away; a primary does not look at it."""


class Postgres:
    """`start` it in a `with` block: its end kills the server. The log has every statement."""

    def __init__(self, folder: Path) -> None:
        self.cluster = Cluster(folder, durable=False)
        self.folder = folder
        self.log = folder.with_name(f"{folder.name}.log")
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Postgres":
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    @property
    def url(self) -> str:
        return f"postgresql://factcheck@127.0.0.1:{self.port}/factcheck"

    def copy(self, primary: "Postgres") -> None:
        """Become a standby of the primary."""
        owner = primary.cluster.owner
        self.folder.mkdir(mode=0o700)
        os.chown(self.folder, *owner)
        source = f"host=127.0.0.1 port={primary.port} user={SUPERUSER}"
        command = [system.program("pg_basebackup"), "-D", self.folder, "-d", source, "--checkpoint=fast"]
        subprocess.run(
            [*command, "--write-recovery-conf", "--no-sync"],
            check=True, capture_output=True, timeout=LONGEST_START, **system.run_as(owner),
        )  # fmt: skip

    def start(self) -> None:
        """Returns when it answers."""
        self.cluster.ensure_files()
        (self.folder / "factcheck.conf").write_text(CONFIGURATION.format(port=self.port))
        (self.folder / "factcheck.conf").chmod(0o644)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [system.program("postgres"), "-D", self.folder],
                stdout=log, stderr=log, start_new_session=True, **system.run_as(self.cluster.owner),
            )  # fmt: skip
        until = time.monotonic() + LONGEST_START
        while True:
            try:
                self.ask("SELECT 1")
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for all of it, as when the machine fails; returns when nothing of it runs any more."""
        if self._process is None or self._process.poll() is not None:
            return
        leader = psutil.Process(self._process.pid)
        children = leader.children(recursive=True)
        for each in (leader, *children):
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        self._process.wait()
        until = time.monotonic() + LONGEST_START
        while any(map(_runs, children)) and time.monotonic() < until:
            time.sleep(0.01)

    def ask(self, statement: str, database: str = "postgres") -> Any:
        """The first column of the first row; as superuser."""
        address = f"postgresql://{SUPERUSER}@127.0.0.1:{self.port}/{database}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def log_size(self) -> int:
        return self.log.stat().st_size

    def statements(self, since: int) -> str:
        """What was logged after the log had this size."""
        return self.log.read_bytes()[since:].decode()


def _runs(process: psutil.Process) -> bool:
    """A zombie does not: nobody may be there to collect it."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False

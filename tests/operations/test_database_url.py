"""DATABASE_URL becomes Django's settings, with everything that libpq understands."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.database import from_url, standby


def test_every_part_of_the_address() -> None:
    assert from_url(
        "postgresql://ann:p%40ss@db.example.org:6432/facts?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    ) == {
        "ENGINE": "factcheck.engine",
        "NAME": "facts",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"},
        "CONN_HEALTH_CHECKS": True,
    }


def test_nobody_waits_long_for_a_standby_unless_its_address_says_so() -> None:
    assert standby("postgresql://db/facts", 3)["OPTIONS"] == {"connect_timeout": 3, "tcp_user_timeout": 3000}
    assert standby("postgresql://db/facts?connect_timeout=9", 3)["OPTIONS"] == {
        "connect_timeout": "9",
        "tcp_user_timeout": 3000,
    }


def test_either_of_two_hosts_may_be_the_one() -> None:
    parts = from_url("postgresql://10.0.0.1,10.0.0.2/facts?target_session_attrs=read-write")

    assert (parts["HOST"], parts["OPTIONS"]) == ("10.0.0.1,10.0.0.2", {"target_session_attrs": "read-write"})


def test_the_sentence_names_the_variable_that_is_wrong() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_STANDBY_URL names no database"):
        standby("postgresql://host/", 1)


def test_socket_folder_as_host() -> None:
    parts = from_url("postgres:///facts?host=/run/postgresql")

    assert (parts["HOST"], parts["NAME"], parts["PORT"]) == ("/run/postgresql", "facts", "")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///facts.db", "is not a PostgreSQL address"),
        ("postgresql://ann@host/facts?sslmod=require", "cannot be read"),
        ("postgresql://ann@host/", "names no database"),
    ],
)
def test_address_that_cannot_be_used(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence):
        from_url(url)

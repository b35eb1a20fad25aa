"""DATABASE_URL becomes Django's settings, with everything that libpq understands."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.database import from_url


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

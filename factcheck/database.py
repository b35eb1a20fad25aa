"""Which database: the PostgreSQL that DATABASE_URL names, or the embedded one in the data folder."""

from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, NotSupportedError
from psycopg.conninfo import conninfo_to_dict

from factcheck.embedded.system import EmbeddedError

HOW = "Give it as postgresql://user:password@host:5432/database."


def from_url(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's database settings for a PostgreSQL URL; query options (sslmode, ...) go to libpq as they are."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"{variable} is not a PostgreSQL address. {HOW}")
    try:
        options: dict[str, Any] = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ImproperlyConfigured(f"{variable} cannot be read ({str(error).strip()}). {HOW}") from error
    name = options.pop("dbname", "")
    if not name:
        raise ImproperlyConfigured(f"{variable} names no database. {HOW}")
    return {
        "ENGINE": "factcheck.engine",
        "NAME": name,
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": options.pop("host", ""),
        "PORT": options.pop("port", ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


def standby(url: str, wait: int) -> dict[str, Any]:
    """Django's database settings for a hot standby, which nobody waits for longer than `wait` seconds."""
    parts = from_url(url, "DATABASE_STANDBY_URL")
    parts["OPTIONS"] = {"connect_timeout": wait, "tcp_user_timeout": 1000 * wait, **parts["OPTIONS"]}
    return parts


def embedded(folder: Path, *, durable: bool = True) -> dict[str, Any]:
    """Django's database settings for the embedded server; nothing starts before the first connection."""
    return {
        "ENGINE": "factcheck.engine",
        "NAME": "factcheck",
        "USER": "factcheck",
        "OPTIONS": {"folder": str(folder), "durable": durable},
        "CONN_HEALTH_CHECKS": True,
    }


def explain(error: Error) -> str:
    """A sentence for an error that means "no usable database"; empty when the error is about something else."""
    cause = error.__cause__
    if isinstance(cause, EmbeddedError):
        return str(error)
    if isinstance(error, NotSupportedError) and "PostgreSQL" in str(error):
        return f"{error} Set DATABASE_URL to a PostgreSQL 15 to 18."
    if isinstance(cause, psycopg.OperationalError) and (cause.sqlstate is None or cause.sqlstate[:2] in ("28", "3D")):
        reason = " ".join(str(error).split())
        return f"Cannot use the database that DATABASE_URL names ({reason}). Start it, or correct DATABASE_URL."
    return ""

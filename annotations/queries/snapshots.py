"""One moment of the database for everything that a file needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections, transaction

ISOLATION: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
INTERPRETED: Final = "SET LOCAL jit = off"
"""The batches of an export are short, and their cost is estimated far too high: compiling each would take longer."""


@contextmanager
def snapshot(database: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Everything read inside from this database is one moment of it. It must be the outermost transaction."""
    with transaction.atomic(using=database), connections[database].cursor() as cursor:
        cursor.execute(f"{ISOLATION}; {INTERPRETED}")
        yield

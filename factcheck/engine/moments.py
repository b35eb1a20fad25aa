"""How moments and days are read from PostgreSQL: as Django reads them, in the common form at a fraction of its cost.

PostgreSQL knows years that Python does not: before the first, after the last of four digits, and for ever. Nothing of
ours writes such, yet whoever writes in SQL can. They are read as the nearest that Python knows, so that what they stand
on can be looked at.
"""

import datetime as dt
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import DataError
from psycopg.abc import AdaptContext, Buffer
from psycopg.types.datetime import DateLoader

UTC: Final = b"+00"
"""How a moment ends in a session whose time zone is UTC, as Django sets it for each connection of ours."""

DAY: Final = dt.timedelta(days=1)
"""What is left at both ends, so that every time zone can show it."""

BEFORE: Final = (b"-", b"BC")
"""How what lies before the first year begins or ends."""


class UtcLoader(BaseTzLoader):
    """Python's own reader of ISO 8601 takes what PostgreSQL writes; psycopg goes through a regular expression."""

    timezone: dt.tzinfo | None = dt.UTC

    def load(self, data: Buffer) -> Any:
        text = bytes(data)
        if text.endswith(UTC):
            try:
                return dt.datetime.fromisoformat(text.decode())
            except ValueError:  # beyond Python, or in another style
                pass
        try:
            return super().load(data)
        except DataError:
            nearest = dt.datetime.min + DAY if _is_before(text) else dt.datetime.max - DAY
            return nearest.replace(tzinfo=dt.UTC)


class DayLoader(DateLoader):
    def load(self, data: Buffer) -> dt.date:
        try:
            return super().load(data)
        except DataError:
            return dt.date.min if _is_before(bytes(data)) else dt.date.max


def _is_before(text: bytes) -> bool:
    return text.startswith(BEFORE[0]) or text.endswith(BEFORE[1])


def read_quickly(context: AdaptContext) -> None:
    """Make connections of this context read moments and days so."""
    context.adapters.register_loader("timestamptz", UtcLoader)
    context.adapters.register_loader("date", DayLoader)

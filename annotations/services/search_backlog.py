"""The search catches up with what came in many articles at a time."""

import datetime as dt
from typing import Final

from django.db import connection
from django.db.models import Max, Min

from annotations.models import SearchBacklog

QUIET: Final = dt.timedelta(seconds=3)
"""So long nothing must have come in: an import that is running needs the machine for itself."""

LONGEST: Final = dt.timedelta(minutes=1)
"""So long the search stays behind at most, however much comes in."""

AT_ONCE: Final = 20
"""Articles of one transaction, which locks them."""


def is_time(now: dt.datetime) -> bool:
    """Whether something waits that should not wait longer."""
    found = SearchBacklog.objects.aggregate(first=Min("created"), last=Max("created"))
    first, last = found["first"], found["last"]
    return first is not None and (last < now - QUIET or first < now - LONGEST)


def catch_up() -> int:
    """Make the search entries of some articles that wait; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT factcheck_index_backlog(%s)", [AT_ONCE])
        (count,) = cursor.fetchone()
    return int(count)

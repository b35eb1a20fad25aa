"""Reads that a hot standby answers in place of the primary, where DATABASE_STANDBY_URL names one.

The standby is asked only when it has everything that was committed when the read began, so that nobody can tell which
of the two answered; docs/decisions/0058-standby-reads.md.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

T = TypeVar("T")

STANDBY: Final = "standby"
PAUSE: Final = 5
"""Seconds for which a standby that did not answer is left alone, so that few readers wait for it in vain."""

AGAIN: Final = 0.005
"""Seconds after which a standby that is behind is asked again."""

# A transaction is seen by others only after its commit record was flushed, unless synchronous_commit is off.
COMMITTED: Final = """
SELECT system_identifier, timeline_id, pg_current_wal_flush_lsn()::text
FROM pg_control_system(), pg_control_checkpoint()
"""
REPLAYED: Final = """
SELECT pg_is_in_recovery() AND (system_identifier, timeline_id) = (%s, %s), pg_last_wal_replay_lsn() >= %s::pg_lsn
FROM pg_control_system(), pg_control_checkpoint()
"""

logger = logging.getLogger(__name__)


@dataclass
class _Rest:
    """Until when, on the monotonic clock, this process leaves the standby alone."""

    until: float = 0.0


_rest = _Rest()


def read(query: Callable[[str], T]) -> T:
    """`query(alias)` on the standby or the primary. It runs a second time when the standby goes away meanwhile."""
    database = current_database()
    if database == STANDBY:
        try:
            return query(STANDBY)
        except (OperationalError, InterfaceError) as error:
            _leave_alone(error)
    return query(DEFAULT_DB_ALIAS)


def current_database() -> str:
    """Alias of the standby if it has everything that is committed by now, else of the primary.

    Inside of a transaction always the primary: nobody else sees yet what was written there.
    """
    primary = connections[DEFAULT_DB_ALIAS]
    if STANDBY not in connections or primary.in_atomic_block or time.monotonic() < _rest.until:
        return DEFAULT_DB_ALIAS
    with primary.cursor() as cursor:
        cursor.execute(COMMITTED)
        committed = cursor.fetchone()
    try:
        _wait_for(committed)
    except (OperationalError, InterfaceError) as error:
        _leave_alone(error)
        return DEFAULT_DB_ALIAS
    return STANDBY


def _wait_for(committed: Sequence[Any]) -> None:
    """Return once the standby has it. Raises OperationalError when that takes too long, or is no standby of ours."""
    until = time.monotonic() + settings.DATABASE_STANDBY_WAIT
    with connections[STANDBY].cursor() as cursor:
        while True:
            cursor.execute(REPLAYED, committed)
            follows, has_it = cursor.fetchone()
            if not follows:
                raise OperationalError("it is no standby of the primary")
            if has_it:
                return
            if time.monotonic() > until:
                raise OperationalError(f"it is more than {settings.DATABASE_STANDBY_WAIT} s behind")
            time.sleep(AGAIN)


def _leave_alone(error: Exception) -> None:
    _rest.until = time.monotonic() + PAUSE
    logger.warning("The primary answers for the standby for %d s: %s", PAUSE, " ".join(str(error).split()))

"""The change feed: events of every desk a person works on, in an order in which none can be missed.

The database numbers the events of a desk without gaps while it holds a lock, so an event that commits late has a higher
number than all that were seen before. A position is therefore one number a desk; times and ids could jump over some.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any, Final
from uuid import UUID

from django.db import connection

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _
from annotations.models import Desk, Event, User
from annotations.models.article import SIGNED_STATES, WORKING_ROLES
from annotations.queries.thread_rows import event_row

CONFIDENTIAL: Final = "identity"
"""Kind of objects whose events stay inside: that an unnamed source is known, and who read the name."""

# One index range a desk, however many desks. Readers get what happened to articles that they may see.
PAGE: Final = f"""
SELECT e.id FROM unnest(%(desks)s::uuid[], %(numbers)s::bigint[], %(works)s::boolean[]) AS d (desk, number, works)
CROSS JOIN LATERAL (
    SELECT event.id, event.number FROM annotations_event event
    WHERE event.desk_id = d.desk AND event.number > d.number AND event.object_type <> '{CONFIDENTIAL}'
        AND (d.works OR event.article_id IN (
            SELECT id FROM annotations_article WHERE desk_id = d.desk AND state = ANY(%(signed)s)))
    ORDER BY event.number LIMIT %(count)s
) e
ORDER BY e.number, d.desk LIMIT %(count)s
"""  # noqa: S608 (nothing but a constant of this file)

Position = Mapping[UUID, int]
"""By desk, the number of the last event that was seen."""


def events_after(actor: User, position: Position, count: int, desk: Desk | None = None) -> list[Event]:
    """The next events, at most `count`; of a desk always in the order of their numbers."""
    memberships = actor.memberships.filter(active=True, user__is_active=True)
    if desk is not None:
        memberships = memberships.filter(desk=desk)
    roles = dict(memberships.values_list("desk_id", "roles"))
    with connection.cursor() as cursor:
        params: dict[str, Any] = {
            "desks": list(roles),
            "numbers": [position.get(id, 0) for id in roles],
            "works": [bool(set(held) & set(WORKING_ROLES)) for held in roles.values()],
            "signed": [str(state) for state in SIGNED_STATES],
            "count": count,
        }
        cursor.execute(PAGE, params)
        ids = [row[0] for row in cursor.fetchall()]
    found = Event.objects.select_related("actor", "desk").in_bulk(ids)
    return [found[id] for id in ids]


def position_after(position: Position, events: Iterable[Event]) -> dict[UUID, int]:
    """Where a reader stands who was at `position` and has read these events."""
    return dict(position) | {event.desk_id: event.number for event in events}


def cursor_of(position: Position) -> str:
    """The position as clients keep it; empty positions have a cursor too, so that there always is one to come back."""
    numbers = {desk.hex: number for desk, number in sorted(position.items())}
    return urlsafe_b64encode(json.dumps(numbers, separators=(",", ":")).encode()).decode().rstrip("=")


def position_of(cursor: str) -> dict[UUID, int]:
    """Raises "invalid_cursor"."""
    try:
        numbers = json.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
        position = {UUID(desk): int(number) for desk, number in numbers.items()}
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise _refused() from None
    if cursor_of(position) != cursor or not all(0 <= number < 2**63 for number in position.values()):
        raise _refused()
    return position


def feed_row(event: Event) -> dict[str, Any]:
    """A line of history that also says where it belongs."""
    return {
        **event_row(event),
        "desk": event.desk.slug,
        "article": str(event.article_id) if event.article_id else None,
        "annotation": str(event.annotation_id) if event.annotation_id else None,
    }


def _refused() -> DomainError:
    sentence = _("This cursor is not one of ours. Send the after of an earlier answer, or begin without one.")
    return DomainError("invalid_cursor", sentence, errors=[FieldError("/after", "invalid_cursor", sentence)])

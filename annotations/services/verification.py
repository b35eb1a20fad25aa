"""Verification: is the history of a desk what was written, from the first event to the last?"""

import json
from dataclasses import dataclass

from django.db import connection

from annotations.models import Desk, Event, SignOff

CHAIN = """
    SELECT id, number, previous_hash, hash, factcheck_event_hash(annotations_event) FROM annotations_event
    WHERE desk_id = %s ORDER BY number, id
"""
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Verification:
    """`broken` is empty when the history is intact; else it names the first event that is not what it was."""

    events: int
    broken: str = ""


def verify_history(desk: Desk) -> Verification:
    """Recompute the hash of each event in order, and look for the events that sign-offs remember."""
    expected, previous = 1, ""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [desk.pk])
        while rows := cursor.fetchmany(BATCH):
            for id, number, linked, stored, computed in rows:
                if number != expected:
                    return Verification(expected - 1, f"event {expected} is missing; {number} ({id}) comes next")
                if linked != previous:
                    return Verification(expected - 1, f"event {number} ({id}) does not follow the one before it")
                if stored != computed:
                    return Verification(expected - 1, f"event {number} ({id}) was changed")
                expected, previous = expected + 1, stored
    return Verification(expected - 1, _forgotten(desk))


def _forgotten(desk: Desk) -> str:
    """Events cut off at the end leave the chain whole; sign-offs know how far it once reached."""
    for signed in SignOff.objects.filter(desk=desk).order_by("id"):
        remembered = json.loads(signed.snapshot)["signed"]["history"]
        if (
            remembered
            and not Event.objects.filter(desk=desk, number=remembered["number"], hash=remembered["hash"]).exists()
        ):
            return f"event {remembered['number']}, which the sign-off {signed.pk} remembers, is gone"
    return ""

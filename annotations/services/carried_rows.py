"""What was carried over, written down: placements, annotations that moved, annotations to be rechecked, events.

Many rows at a time, inside the transaction of the revision.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from annotations.core.anchors import CONTEXT
from annotations.core.carrying import Carried, Outcome
from annotations.core.placing import Decision
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Attribution, Event, Placement, Revision, User
from annotations.models.base import new_id
from annotations.services.rows import copy_in

STAYS: Final = frozenset({Outcome.UNCHANGED, Outcome.MOVED})
PLACEMENT: Final = (
    "id", "desk", "annotation", "revision", "next_revision", "start", "end", "exact", "fragments", "state", "outcome",
    "method", "score", "sentence_changed", "new_start", "new_end", "new_fragments", "decision",
)  # fmt: skip
EVENT: Final = (
    "id", "desk", "article", "annotation", "actor", "action", "object_type", "object_id", "reason", "before", "after",
    "created", "number", "previous_hash", "hash",
)  # fmt: skip

# Every array has one element an annotation. Version and time are the database's to count.
MOVE: Final = """
UPDATE annotations_annotation a SET revision_id = %s, start = v.start, "end" = v.finish, fragments = v.fragments::int[],
    prefix = v.prefix, suffix = v.suffix, version = a.version + 1, updated = %s
FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::text[], %s::text[], %s::text[])
    AS v (id, start, finish, fragments, prefix, suffix)
WHERE a.id = v.id
"""
RECHECK: Final = """
UPDATE annotations_annotation a SET state = v.state, version = a.version + 1, updated = %s
FROM unnest(%s::uuid[], %s::text[]) AS v (id, state) WHERE a.id = v.id
"""
RANGES: Final = """
UPDATE annotations_attribution p SET source_start = v.source_start, source_end = v.source_end,
    cue_start = v.cue_start, cue_end = v.cue_end
FROM unnest(%s::uuid[], %s::int[], %s::int[], %s::int[], %s::int[])
    AS v (id, source_start, source_end, cue_start, cue_end)
WHERE p.id = v.id
"""


@dataclass
class Case:
    """One annotation on its way: what it was, what became of its range and of the ranges of its attributions."""

    annotation: Annotation
    result: Carried[Any]
    attributions: list[Attribution] = field(default_factory=list)
    ranges: dict[tuple[UUID, str], Carried[Any]] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        """Where the words that name the source have changed, the annotation has, too."""
        if self.result.outcome in STAYS and any(each.outcome not in STAYS for each in self.ranges.values()):
            return Outcome.CHANGED
        return self.result.outcome

    @property
    def stays(self) -> bool:
        return self.outcome in STAYS

    @property
    def next_state(self) -> str:
        """What a machine suggested for words that are gone has nothing to stand on."""
        if self.stays:
            return self.annotation.state
        if self.annotation.state == AnnotationState.SUGGESTED:
            return AnnotationState.WITHDRAWN.value
        return AnnotationState.NEEDS_RECHECK.value


def write(cases: Sequence[Case], old: Revision, new: Revision, actor: User) -> None:
    Placement.objects.filter(annotation__in=[case.annotation.pk for case in cases], decision=Decision.PENDING).update(
        decision=Decision.SUPERSEDED
    )
    copy_in(Placement, PLACEMENT, (_placement(case, old, new) for case in cases))
    _move([case for case in cases if case.stays], new)
    _recheck([case for case in cases if not case.stays])
    now = timezone.now()
    copy_in(Event, EVENT, (_event(case, old, new, actor, now) for case in cases))


def _placement(case: Case, old: Revision, new: Revision) -> tuple[Any, ...]:
    row, result = case.annotation, case.result
    is_settled = case.stays or case.next_state == AnnotationState.WITHDRAWN
    return (
        new_id(),
        row.desk_id,
        row.pk,
        old.pk,
        new.pk,
        row.start,
        row.end,
        row.exact,
        row.fragments,
        row.state,
        case.outcome.value,
        result.method.value,
        round(result.score, 4),
        result.sentence_changed,
        result.start,
        result.end,
        [list(part) for part in result.fragments],
        (Decision.CARRIED if is_settled else Decision.PENDING).value,
    )


def _move(cases: Sequence[Case], new: Revision) -> None:
    """To the new revision, where the words are the same; first the annotations, then what hangs on their revision."""
    places = [(case.annotation.pk, case.result.start or 0, case.result.end or 0, case.result) for case in cases]
    columns: list[list[Any]] = [
        [id for id, _, _, _ in places],
        [start for _, start, _, _ in places],
        [end for _, _, end, _ in places],
        [_array(result.fragments) for _, _, _, result in places],
        [new.text[max(0, start - CONTEXT) : start] for _, start, _, _ in places],
        [new.text[end : end + CONTEXT] for _, _, end, _ in places],
    ]
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [new.pk, timezone.now(), *columns])
    moved = [row for case in cases for row in case.attributions]
    for case in cases:
        for row in case.attributions:
            for name, _, _ in ranges_of(row):
                set_range(row, name, case.ranges[row.pk, name])
    save_ranges(moved)


def save_ranges(rows: Sequence[Attribution]) -> None:
    """In one statement: for ten thousand rows, Django's bulk_update takes several times as long as all the rest."""
    names = ("pk", "source_start", "source_end", "cue_start", "cue_end")
    with connection.cursor() as cursor:
        cursor.execute(RANGES, [[getattr(row, name) for row in rows] for name in names])


def set_range(row: Attribution, name: str, result: Carried[Any]) -> None:
    """The range where the same words stand now; none where they are not found again. The row is not saved.

    What else changed in their sentence matters to the annotation, which is a person's to decide on, not to its source.
    """
    stays = result.outcome in STAYS or result.sentence_changed
    setattr(row, f"{name}_start", result.start if stays else None)
    setattr(row, f"{name}_end", result.end if stays else None)


def _recheck(cases: Sequence[Case]) -> None:
    """Stays where it is until a person decides; the database voids the reviews itself."""
    with connection.cursor() as cursor:
        ids = [case.annotation.pk for case in cases]
        cursor.execute(RECHECK, [timezone.now(), ids, [case.next_state for case in cases]])


def _event(case: Case, old: Revision, new: Revision, actor: User, now: dt.datetime) -> tuple[Any, ...]:
    """Its number and hash are the database's to give."""
    row, result = case.annotation, case.result
    before = {
        "revision": str(old.pk),
        "start": row.start,
        "end": row.end,
        "exact": row.exact,
        "fragments": row.fragments,
        "state": row.state,
        "version": row.version,
    }
    after = before | {
        "state": case.next_state,
        "version": row.version + 1,
        "outcome": case.outcome.value,
        "number": new.number,
    }
    if case.stays:
        place = {"start": result.start, "end": result.end, "fragments": [list(part) for part in result.fragments]}
        after |= {"revision": str(new.pk), **place}
    return (
        new_id(), row.desk_id, row.article_id, row.pk, actor.pk, "carry", "annotation", row.pk, "",
        Jsonb(before), Jsonb(after), now, 0, "", "",
    )  # fmt: skip


def ranges_of(row: Attribution) -> list[tuple[str, int, int]]:
    """The ranges that an attribution has: ("source" or "cue", start, end)."""
    pairs = (("source", row.source_start, row.source_end), ("cue", row.cue_start, row.cue_end))
    return [(name, start, end) for name, start, end in pairs if start is not None and end is not None]


def _array(parts: Iterable[tuple[int, int]]) -> str:
    return "{" + ",".join(f"{{{start},{end}}}" for start, end in parts) + "}"

"""What a revision did to the annotations of the one before: the report; and an older text with its annotations."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from annotations.core.carrying import Outcome
from annotations.models import Annotation, Article, CoverageMark, Placement, Revision
from annotations.models.placement import PlacementQuerySet
from annotations.queries.rows import revision_row, timestamp


def placements_into(revision: Revision) -> PlacementQuerySet:
    """What was carried to this revision, in the order of the older text."""
    rows = Placement.objects.filter(next_revision=revision).select_related("annotation", "decided_by", "revision")
    return rows.defer("revision__text").order_by("start", "-end", "id")


def undecided_of(article: Article) -> PlacementQuerySet:
    """What waits for a person in the current text."""
    return placements_into(article.current).undecided()


def way_of(annotation: Annotation) -> PlacementQuerySet:
    """The way of an annotation through the revisions, oldest first."""
    rows = Placement.objects.filter(annotation=annotation).select_related("revision", "next_revision", "decided_by")
    return rows.defer("revision__text", "next_revision__text").order_by("id")


def standing_in(revision: Revision) -> list[tuple[Annotation, Placement | None]]:
    """The annotations of a text as they were when it was current: those that left it, and those still there."""
    left = Placement.objects.filter(revision=revision).select_related("annotation").order_by("annotation", "id")
    first = {row.annotation_id: row for row in reversed(left)}
    here = Annotation.objects.filter(article=revision.article_id, revision=revision).exclude(pk__in=first).live()
    found: list[tuple[Annotation, Placement | None]] = [(row.annotation, row) for row in first.values()]
    found += [(row, None) for row in here]
    return sorted(found, key=lambda each: ((each[1] or each[0]).start, -(each[1] or each[0]).end, each[0].pk))


def carry_over_row(revision: Revision, placements: Sequence[Placement]) -> dict[str, Any]:
    """The report. Offsets are code points, end exclusive: "old" into the older text, "new" into this one."""
    count = Counter(row.outcome for row in placements)
    older = {row.revision_id: row.revision.number for row in placements}
    return {
        "revision": revision_row(revision),
        "counts": {outcome.value: count[outcome.value] for outcome in Outcome},
        "undecided": sum(1 for row in placements if row.decision == "pending" and row.annotation.state != "withdrawn"),
        "coverage_kept": CoverageMark.objects.filter(revision=revision, retired_at=None).count(),
        "annotations": [_placement_row(row, older, revision.text) for row in placements],
    }


def step_row(row: Placement) -> dict[str, Any]:
    """One step on the way of an annotation: how it stood, what became of it in the next text, and who decided."""
    new = None if row.new_start is None else {"start": row.new_start, "end": row.new_end}
    return {
        "from_revision": row.revision.number,
        "to_revision": row.next_revision.number,
        "state": row.state,
        **_found(row),
        "new": new and {**new, "fragments": _parts(row.new_fragments)},
    }


def standing_row(annotation: Annotation, placement: Placement | None) -> dict[str, Any]:
    """An annotation as it stood in an older text."""
    at = placement or annotation
    return {
        "annotation": str(annotation.pk),
        "start": at.start,
        "end": at.end,
        "exact": at.exact,
        "fragments": [{"start": start, "end": end} for start, end in at.fragments],
        "state": at.state,
    }


def _placement_row(row: Placement, numbers: dict[Any, int], text: str) -> dict[str, Any]:
    new = None if row.new_start is None else _range(row.new_start, row.new_end or 0, row.new_fragments, text)
    return {
        "annotation": str(row.annotation_id),
        "from_revision": numbers[row.revision_id],
        **_found(row),
        "new": new,
    }


def _found(row: Placement) -> dict[str, Any]:
    return {
        "outcome": row.outcome,
        "method": row.method,
        "score": row.score,
        "sentence_changed": row.sentence_changed,
        "old": {"start": row.start, "end": row.end, "exact": row.exact, "fragments": _parts(row.fragments)},
        "decision": row.decision,
        "decided_by": row.decided_by.username if row.decided_by else None,
        "decided_at": timestamp(row.decided_at),
    }


def _range(start: int, end: int, fragments: Any, text: str) -> dict[str, Any]:
    return {"start": start, "end": end, "exact": text[start:end], "fragments": _parts(fragments)}


def _parts(fragments: Any) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in fragments]

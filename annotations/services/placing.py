"""A person decides where an annotation stands in copy that changed its words: accept, correct, reject; or undo."""

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.anchors import anchor_at
from annotations.core.carrying import Placed, carry
from annotations.core.drafts import PlaceDraft
from annotations.core.errors import DomainError, FieldError
from annotations.core.places import place_in
from annotations.core.placing import DECIDED, Choice, Decision
from annotations.core.wording import _
from annotations.models import Annotation, Attribution, Event, Placement, User
from annotations.permissions import require
from annotations.services.carried_rows import ranges_of, save_ranges, set_range
from annotations.services.history import annotation_state, current, record
from annotations.services.locks import locked_annotation, remember

OPEN_TO_CHOICE: Final = (Decision.PENDING, Decision.REJECTED)


@transaction.atomic
def place_annotation(
    *, annotation_id: UUID, actor: User, choice: str, seen_version: int | None, place: PlaceDraft | None = None
) -> Annotation:
    """Make one choice of core.placing.Choice. `place` is where it stands, for "correct".

    What was rejected can still be placed by correcting it. Raises "not_allowed", "wrong_state", "stale",
    "no_suggestion", "unknown_choice" and what `place_in` raises.
    """
    annotation = locked_annotation(annotation_id, actor, seen_version)
    if choice not in list(Choice):
        sentence = _("Choose one of: {listed}.").format(listed=", ".join(Choice))
        raise DomainError("unknown_choice", sentence, errors=[FieldError("/choice", "unknown_choice", sentence)])
    if choice == Choice.UNDO:
        return _undo(annotation, actor)
    require(actor, "place", annotation)
    placement = _latest(annotation, OPEN_TO_CHOICE)
    before = annotation_state(annotation)
    if choice != Choice.REJECT:
        _put(annotation, _wanted(annotation, placement, choice, place))
    _decide(placement, DECIDED[Choice(choice)], actor)
    return _saved(annotation, actor, "place", before, placement)


def _undo(annotation: Annotation, actor: User) -> Annotation:
    """Take the last decision back: the annotation waits again, where it stood in the older text."""
    require(actor, "edit", annotation)
    placement = _latest(annotation, tuple(DECIDED.values()))
    last = Event.objects.of_annotation(annotation).order_by("-number").first()
    if last is None or last.action != "place" or not last.before:
        raise DomainError(
            "nothing_to_undo", _("It was worked on after its place was decided. Change its range instead.")
        )
    before = annotation_state(annotation)
    if annotation.revision_id != placement.revision_id:
        annotation.revision = placement.revision
        draft = PlaceDraft(placement.start, placement.end, fragments=[(a, b) for a, b in placement.fragments])
        _at(annotation, placement.revision.text, draft)
        annotation.save()
        _restore_ranges(annotation, last.before)
    _decide(placement, Decision.PENDING, None)
    return _saved(annotation, actor, "unplace", before, placement)


def _latest(annotation: Annotation, decisions: tuple[Decision, ...]) -> Placement:
    rows = Placement.objects.select_related("revision").filter(
        annotation=annotation, next_revision=annotation.article.current, decision__in=decisions
    )
    placement = rows.first()
    if placement is None:
        raise DomainError("wrong_state", _("There is no decision about its place to make or to take back."))
    return placement


def _wanted(annotation: Annotation, placement: Placement, choice: str, place: PlaceDraft | None) -> PlaceDraft:
    if choice == Choice.CORRECT:
        if place is None:
            sentence = _("Say where it stands now: send start and end, or a quote.")
            raise DomainError("range_missing", sentence, errors=[FieldError("/start", "range_missing", sentence)])
        return place
    if placement.new_start is None or placement.new_end is None:
        raise DomainError("no_suggestion", _("It was not found in the new text. Say where it stands, or reject it."))
    fragments = [(start, end) for start, end in placement.new_fragments]
    return PlaceDraft(placement.new_start, placement.new_end, fragments=fragments)


def _put(annotation: Annotation, draft: PlaceDraft) -> None:
    """Onto the current text, and the ranges of its attributions with it, where their words stand unchanged."""
    old, new = annotation.revision, annotation.article.current
    _at(annotation, new.text, draft)
    annotation.revision = new
    annotation.save()
    rows: list[Attribution] = current(annotation, "attributions")
    anchors = [Placed((row.pk, name), start, end) for row in rows for name, start, end in ranges_of(row)]
    found = {each.id: each for each in carry(old.text, new.text, anchors)} if anchors else {}
    for row in rows:
        for name, *_place in ranges_of(row):
            set_range(row, name, found[row.pk, name])
    _save_ranges(annotation, rows)


def _at(annotation: Annotation, text: str, draft: PlaceDraft) -> None:
    place = place_in(text, draft)
    anchor = anchor_at(text, place.anchor.start, place.anchor.end)
    annotation.start, annotation.end, annotation.exact = anchor.start, anchor.end, anchor.exact
    annotation.prefix, annotation.suffix = anchor.prefix, anchor.suffix
    annotation.fragments = [list(part) for part in place.fragments]


def _restore_ranges(annotation: Annotation, state: dict[str, Any]) -> None:
    """As the event before the decision remembers them."""
    known = {row["id"]: row for row in state["attributions"]}
    rows: list[Attribution] = current(annotation, "attributions")
    for row in rows:
        for name in ("source", "cue"):
            start, end = known.get(str(row.pk), {}).get(f"{name}_range", (None, None))
            setattr(row, f"{name}_start", start)
            setattr(row, f"{name}_end", end)
    _save_ranges(annotation, rows)


def _save_ranges(annotation: Annotation, rows: list[Attribution]) -> None:
    save_ranges(rows)
    retired = [row for row in annotation.attributions.all() if row.retired_at is not None]
    remember(annotation, attributions=[*rows, *retired])


def _saved(
    annotation: Annotation, actor: User, action: str, before: dict[str, Any], placement: Placement
) -> Annotation:
    """As the next version: also a rejection, which changes nothing but that somebody decided."""
    annotation.version += 1
    annotation.save()
    after = annotation_state(annotation) | {"decision": str(placement.decision)}
    record(annotation, actor=actor, action=action, before=before, after=after)
    return annotation


def _decide(placement: Placement, decision: Decision, actor: User | None) -> None:
    placement.decision = decision
    placement.decided_by, placement.decided_at = actor, timezone.now() if actor else None
    placement.save(update_fields=["decision", "decided_by", "decided_at"])

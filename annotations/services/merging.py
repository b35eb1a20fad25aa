"""An edit of a version that is no longer the current one: merged by field with what others did meanwhile, or refused.

For the page, whose form has all fields at once. Over the API a stale version is refused as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.drafts import AnnotationChanges, VerdictDraft
from annotations.core.errors import DomainError, FieldError
from annotations.core.merging import Merged, merge
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.models import Annotation, Event, Term, User
from annotations.permissions.rules import VOIDABLE
from annotations.services.annotations import edit_annotation
from annotations.services.history import annotation_state
from annotations.services.locks import locked_annotation

ORIGIN = "origin"
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edited:
    """`others` changed `fields` since the version that was edited; both empty when nobody was faster."""

    annotation: Annotation
    others: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


def edit_merging(*, annotation_id: UUID, actor: User, seen_version: int, changes: AnnotationChanges) -> Edited:
    """Apply the changes to the current version, those of others kept.

    Raises "edited_twice" where both changed a field: `extra` has `version` (the current one), `others`, `conflicts`,
    and `merged` and `theirs`, each with every field. Raises "stale" with the same when others proposed it or signed it
    off meanwhile, and without when nobody knows what was seen.
    """
    try:
        return Edited(_edit(annotation_id, actor, seen_version, changes))
    except DomainError as error:
        if error.code != "stale":
            raise
        return _merged(annotation_id, actor, seen_version, changes, error)


@transaction.atomic
def _merged(
    annotation_id: UUID, actor: User, seen_version: int, changes: AnnotationChanges, stale: DomainError
) -> Edited:
    annotation = locked_annotation(annotation_id, actor, None)
    seen = _state_at(annotation, seen_version)
    if seen is None or seen["revision"] != str(annotation.revision_id):
        raise stale
    mine, base, theirs = _sides(annotation, changes, seen, annotation_state(annotation))
    merged, others = merge(base, mine, theirs), _others(annotation, seen_version, actor)
    extra = {
        "version": annotation.version,
        "others": list(others),
        "conflicts": list(merged.conflicts),
        "merged": _plain(merged.values),
        "theirs": _plain(theirs),
    }
    if merged.conflicts:
        sentence = _("{people} changed the same meanwhile. Choose what shall stand, then save again.").format(
            people=", ".join(others)
        )
        errors = [FieldError(f"/{name}", "edited_twice", sentence) for name in merged.conflicts]
        raise DomainError("edited_twice", sentence, errors=errors, extra=extra)
    if annotation.state in VOIDABLE and annotation.state != seen["state"]:
        sentence = _("It was proposed or signed off meanwhile, which your change voids. Look at it, then save again.")
        raise DomainError("stale", sentence, extra=extra)
    mine_alone = _changes_of(merged, changes)
    return Edited(_edit(annotation.pk, actor, annotation.version, mine_alone), others, merged.theirs)


def _edit(annotation_id: UUID, actor: User, version: int, changes: AnnotationChanges) -> Annotation:
    return edit_annotation(annotation_id=annotation_id, actor=actor, seen_version=version, changes=changes)


def _state_at(annotation: Annotation, version: int) -> State | None:
    """What the annotation was in this version, as the event says that made it."""
    event = Event.objects.of_annotation(annotation).filter(after__version=version).order_by("-id").first()
    return event.after if event else None


def _others(annotation: Annotation, version: int, actor: User) -> tuple[str, ...]:
    events = Event.objects.of_annotation(annotation).filter(after__version__gt=version).select_related("actor")
    names = [str(event.actor or _("The system")) for event in events.order_by("id") if event.actor_id != actor.pk]
    return tuple(dict.fromkeys(names)) or (str(actor),)


def _sides(annotation: Annotation, changes: AnnotationChanges, seen: State, now: State) -> tuple[State, State, State]:
    """Mine, base and theirs, with those fields that the changes have."""
    keys = {*(changes.terms or ()), *seen["terms"], *now["terms"]}
    origins = Term.objects.filter(desk_id=annotation.desk_id, key__in=keys, vocabulary__key=ORIGIN)
    known = frozenset(origins.values_list("key", flat=True))
    ids = {state["assignee"] for state in (seen, now) if state["assignee"]}
    people = {str(each.pk): each.username for each in User.objects.filter(pk__in=ids)}
    mine = _mine(changes, known)
    base, theirs = ({name: _fields(state, known, people)[name] for name in mine} for state in (seen, now))
    return mine, base, theirs


def _fields(state: State, origins: frozenset[str], people: Mapping[str, str]) -> State:
    verdict = next(iter(state["verdicts"]), None)
    return {
        "place": (state["start"], state["end"], tuple(map(tuple, state["fragments"]))),
        "claim": state["claim"],
        "note": state["note"],
        **_labels(state["terms"], origins),
        "verdict": (verdict["term"], verdict["rationale"], verdict["as_of"]) if verdict else None,
        "assignee": people.get(state["assignee"], ""),
    }


def _mine(changes: AnnotationChanges, origins: frozenset[str]) -> State:
    fields: dict[str, Any] = {}
    if changes.place is not None:
        fields["place"] = (changes.place.start, changes.place.end, tuple(map(tuple, changes.place.fragments)))
    words = {"claim": changes.claim, "note": changes.note}
    fields |= {name: canonical_field(value) for name, value in words.items() if value is not None}
    if changes.terms is not None:
        fields |= _labels(changes.terms, origins)
    if changes.verdict is not None or changes.clear_verdict:
        fields["verdict"] = _verdict(changes.verdict)
    if changes.assignee is not None or changes.unassign:
        fields["assignee"] = changes.assignee or ""
    return fields


def _labels(terms: Any, origins: frozenset[str]) -> State:
    """The origin is chosen once, so two of them are a conflict; the other labels stand each for itself."""
    return {ORIGIN: tuple(sorted(origins & set(terms))), "labels": frozenset(terms) - origins}


def _verdict(draft: VerdictDraft | None) -> tuple[str, str, str] | None:
    if draft is None:
        return None
    as_of = draft.as_of or timezone.localdate()
    return draft.term, canonical_field(draft.rationale), as_of.isoformat()


def _changes_of(merged: Merged, changes: AnnotationChanges) -> AnnotationChanges:
    """Of the changes those that differ from what was seen; labels with what others did to them."""
    mine = set(merged.mine)
    terms = [*merged.values[ORIGIN], *sorted(merged.values["labels"])] if mine & {ORIGIN, "labels"} else None
    return replace(
        changes,
        place=changes.place if "place" in mine else None,
        claim=changes.claim if "claim" in mine else None,
        note=changes.note if "note" in mine else None,
        terms=terms,
        verdict=changes.verdict if "verdict" in mine else None,
        clear_verdict=changes.clear_verdict and "verdict" in mine,
        assignee=changes.assignee if "assignee" in mine else None,
        unassign=changes.unassign and "assignee" in mine,
    )


def _plain(fields: State) -> dict[str, Any]:
    """The same as JSON."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in fields.items()}

"""Undo: the version before the last change, restored as a new version. History only grows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from annotations.core.anchors import anchor_at
from annotations.core.errors import DomainError
from annotations.core.states import EDITABLE, AnnotationState
from annotations.core.wording import _
from annotations.models import Annotation, AnnotationTerm, Event, Term, User, Verdict
from annotations.permissions import require
from annotations.services.annotations import save_version
from annotations.services.carry_over import carry_late
from annotations.services.evidence import KINDS
from annotations.services.history import annotation_state
from annotations.services.locks import locked_annotation, remember
from annotations.services.parts import retire
from annotations.services.voiding import void_if_reviewed

PARTS = {**KINDS, "verdicts": Verdict}
UNDOABLE = (
    "create",
    "edit",
    "withdraw",
    "undo",
    "assign",
    *(f"{verb}_{noun}" for verb in ("add", "retire") for noun in ("attribution", "evidence", "link")),
)
"""What its author can take back. Moves of the review workflow are answered by other moves."""


@transaction.atomic
def undo_annotation(*, annotation_id: UUID, actor: User, seen_version: int | None) -> Annotation:
    """Take back the last change to an annotation. Undoing its creation withdraws it; undoing an undo brings it back."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    require(actor, "undo", annotation)
    last = Event.objects.of_annotation(annotation).filter(after__version=annotation.version).order_by("-id").first()
    if (
        last is None
        or last.action not in UNDOABLE
        or (last.before and last.before["revision"] != str(annotation.revision_id))
    ):
        raise DomainError("nothing_to_undo", _("There is no change left that can be undone."))
    if last.actor_id != actor.pk:
        raise DomainError("not_allowed", _("Somebody else made the last change. Only they can undo it."))
    before = annotation_state(annotation)
    if last.action == "assign":  # who works on it is not what a reviewer judged
        annotation.assignee = _assignee(last.before or {})
        return save_version(annotation, actor, "undo", before)
    void_if_reviewed(annotation, actor)
    if last.before is None:
        annotation.state = AnnotationState.WITHDRAWN.value
    else:
        _restore(annotation, last.before)
    return _caught_up(save_version(annotation, actor, "undo", before), actor)


def _caught_up(annotation: Annotation, actor: User) -> Annotation:
    """What was withdrawn when new copy came in was not carried over with the others: it is now, as it comes back."""
    if annotation.state != AnnotationState.WITHDRAWN and carry_late(annotation, actor):
        annotation.refresh_from_db()
    return annotation


def _restore(annotation: Annotation, state: Mapping[str, Any]) -> None:
    anchor = anchor_at(annotation.revision.text, state["start"], state["end"])
    annotation.start, annotation.end, annotation.exact = anchor.start, anchor.end, anchor.exact
    annotation.prefix, annotation.suffix = anchor.prefix, anchor.suffix
    annotation.fragments = state["fragments"]
    annotation.claim, annotation.note = state["claim"], state["note"]
    # A sign-off or proposal that was voided stays void: only a review brings it back.
    can_return = state["state"] in EDITABLE | {AnnotationState.WITHDRAWN}
    annotation.state = state["state"] if can_return else AnnotationState.NEEDS_RECHECK.value
    annotation.assignee = _assignee(state)
    _restore_labels(annotation, set(state["terms"]))
    for name in PARTS:
        _restore_parts(annotation, name, {UUID(row["id"]) for row in state[name]})


def _assignee(state: Mapping[str, Any]) -> User | None:
    return User.objects.filter(pk=state["assignee"]).first() if state.get("assignee") else None


def _restore_labels(annotation: Annotation, keys: set[str]) -> None:
    rows = {row.term.key: row for row in annotation.labels.all()}
    AnnotationTerm.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in keys]).delete()
    terms = Term.objects.filter(desk_id=annotation.desk_id, key__in=keys - rows.keys())
    fresh = AnnotationTerm.objects.bulk_create(
        AnnotationTerm(desk_id=annotation.desk_id, annotation=annotation, term=term) for term in terms
    )
    remember(annotation, labels=[row for key, row in rows.items() if key in keys] + fresh)


def _restore_parts(annotation: Annotation, name: str, wanted: set[UUID]) -> None:
    """Make exactly the wanted rows current; the old ones are retired first, since only one verdict may be current."""
    rows = list(getattr(annotation, name).all())
    retire([row for row in rows if row.retired_at is None and row.pk not in wanted])
    back = [row for row in rows if row.retired_at is not None and row.pk in wanted]
    PARTS[name]._default_manager.filter(pk__in=[row.pk for row in back]).update(retired_at=None)
    for row in back:
        row.retired_at = None
    remember(annotation, **{name: rows})

"""Assignments: who works on an annotation. Take one, hand one over, give one back; idle ones go back by themselves."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _
from annotations.models import Annotation, Membership, User
from annotations.permissions import require
from annotations.services.annotations import save_version
from annotations.services.history import annotation_state
from annotations.services.locks import locked_annotation
from annotations.services.notices import quote_of, tell


@transaction.atomic
def assign(*, annotation_id: UUID, actor: User, username: str, seen_version: int | None) -> Annotation:
    """Assign the annotation to a member of the desk; an empty user name gives it back to the pool."""
    annotation = locked_annotation(annotation_id, actor, seen_version)
    require(actor, "assign", annotation)
    before = annotation_state(annotation)
    previous = annotation.assignee_id
    annotation.assignee = member_named(annotation.desk_id, username) if username else None
    annotation = save_version(annotation, actor, "assign", before)
    concerned = {id for id in (previous, annotation.assignee_id) if id}
    if annotation.assignee:
        said = _('{actor} assigned "{quote}" to {person}.')
    else:
        said = _('{actor} gave "{quote}" back to the pool.')
    tell(concerned, annotation, said.format(actor=actor, quote=quote_of(annotation), person=annotation.assignee), actor)
    return annotation


def member_named(desk_id: UUID, username: str) -> User:
    """The active member of the desk with this user name. Raises "unknown_member"."""
    rows = Membership.objects.filter(desk_id=desk_id, active=True, user__is_active=True, user__username=username)
    membership = rows.select_related("user").first()
    if membership is None:
        sentence = _('Nobody named "{username}" works on this desk.').format(username=username)
        raise DomainError("unknown_member", sentence, errors=[FieldError("/assignee", "unknown_member", sentence)])
    return membership.user


def release_idle(now: dt.datetime) -> int:
    """Give back to the pool what was assigned and left untouched for longer than its desk allows; how many."""
    return sum(_release(id, now) for id in list(Annotation.objects.idle(now).values_list("pk", flat=True)))


@transaction.atomic
def _release(annotation_id: UUID, now: dt.datetime) -> bool:
    """The event names nobody, because a rule of the desk does it."""
    annotation = locked_annotation(annotation_id, None, None)
    if not Annotation.objects.idle(now).filter(pk=annotation_id).exists():  # somebody took it up meanwhile
        return False
    before, holder = annotation_state(annotation), annotation.assignee_id
    annotation.assignee = None
    save_version(annotation, None, "release", before, f"Untouched for {annotation.article.desk.idle_hours} hours.")
    said = _('"{quote}" lay untouched and is open to everybody again.').format(quote=quote_of(annotation))
    tell([holder] if holder else [], annotation, said, None)
    return True

"""Comments on annotations: add one, resolve one."""

import datetime as dt
import re
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.decisions import CommentKind
from annotations.core.errors import DomainError, wrong
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.models import Annotation, Comment, User
from annotations.permissions import require
from annotations.services.evidence import known_part
from annotations.services.history import record
from annotations.services.locks import locked_annotation
from annotations.services.notices import quote_of, tell
from annotations.services.rows import checked

MENTION: Final = re.compile(r"(?<![\w@.])@([\w.+-]*[\w+-])")


@transaction.atomic
def add_comment(
    *,
    annotation_id: UUID,
    actor: User,
    text: str,
    parent_id: UUID | None = None,
    kind: str = CommentKind.REMARK,
    blocking: bool = False,
    due: dt.date | None = None,
    id: UUID | None = None,
) -> tuple[Comment, bool]:
    """A remark on an annotation, a question to the reporter, or a reply to one, and True.

    What an earlier attempt with the same id said, and False. The annotation's version stays. A name written as
    @username tells that member of the desk. A blocking comment holds back a proposal.
    """
    annotation = locked_annotation(annotation_id, actor, None)
    if known := known_part(Comment, id, annotation, actor):
        return known, False
    require(actor, "comment", annotation)
    if not text.strip():
        raise wrong("/text", "missing", _("Write something first."))
    comment = checked(
        Comment(
            desk_id=annotation.desk_id,
            annotation=annotation,
            author=actor,
            text=text,
            parent=_replied_to(parent_id, annotation),
            kind=kind,
            blocking=blocking,
            due=due,
        )
    )
    comment.pk = id or comment.pk
    comment.save(force_insert=True)
    _mention(comment, annotation, actor)
    after = {"text": comment.text, "kind": comment.kind, "blocking": blocking, "due": due.isoformat() if due else None}
    record(annotation, actor=actor, action="comment", obj=comment, after=after)
    return comment, True


def _replied_to(id: UUID | None, annotation: Annotation) -> Comment | None:
    parent = Comment.objects.filter(pk=id, annotation=annotation).first() if id else None
    if id and parent is None:
        raise wrong("/parent", "unknown_parent", _("The comment you reply to is not on this annotation."))
    return parent


@transaction.atomic
def resolve_comment(*, comment_id: UUID, actor: User, outcome: str = "") -> Comment:
    """Mark a comment as settled; a question needs its outcome. Doing it twice changes nothing."""
    found = Comment.objects.filter(pk=comment_id).values_list("annotation_id", flat=True).first()
    if found is None:
        raise DomainError("not_found", _("There is no such comment."))
    annotation = locked_annotation(found, actor, None)
    require(actor, "comment", annotation)
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.kind == CommentKind.QUESTION and not outcome.strip() and comment.resolved_at is None:
        raise wrong("/outcome", "missing", _("Write down what the reporter answered."))
    if comment.resolved_at is None:
        comment.resolved_by, comment.resolved_at, comment.outcome = actor, timezone.now(), canonical_field(outcome)
        comment.save(update_fields=["resolved_by", "resolved_at", "outcome"])
        record(annotation, actor=actor, action="resolve", obj=comment, after={"outcome": comment.outcome})
    return comment


def _mention(comment: Comment, annotation: Annotation, actor: User) -> None:
    names = set(MENTION.findall(comment.text))
    people = User.objects.filter(
        username__in=names, is_active=True, memberships__desk=annotation.desk_id, memberships__active=True
    )
    comment.mentions.set(people)
    said = _('{actor} mentioned you at "{quote}".').format(actor=actor, quote=quote_of(annotation))
    tell([person.pk for person in people], annotation, said, actor)

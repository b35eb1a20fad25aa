"""Comments on annotations: add one, resolve one."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.errors import DomainError, FieldError
from annotations.models import Comment, User
from annotations.permissions import require
from annotations.services.history import record
from annotations.services.locks import locked_annotation
from annotations.services.rows import checked


@transaction.atomic
def add_comment(*, annotation_id: UUID, actor: User, text: str, parent_id: UUID | None = None) -> Comment:
    """A remark on an annotation, or a reply to one. Does not change the annotation's version."""
    annotation = locked_annotation(annotation_id, actor, None)
    require(actor, "comment", annotation)
    if not text.strip():
        sentence = "Write something first."
        raise DomainError("missing", sentence, errors=[FieldError("/text", "missing", sentence)])
    parent = Comment.objects.filter(pk=parent_id, annotation=annotation).first() if parent_id else None
    if parent_id and parent is None:
        sentence = "The comment you reply to is not on this annotation."
        raise DomainError("unknown_parent", sentence, errors=[FieldError("/parent", "unknown_parent", sentence)])
    comment = checked(
        Comment(desk_id=annotation.desk_id, annotation=annotation, author=actor, text=text, parent=parent)
    )
    comment.save(force_insert=True)
    record(annotation, actor=actor, action="comment", obj=comment, after={"text": comment.text})
    return comment


@transaction.atomic
def resolve_comment(*, comment_id: UUID, actor: User) -> Comment:
    """Mark a comment as settled. Doing it twice changes nothing."""
    found = Comment.objects.filter(pk=comment_id).values_list("annotation_id", flat=True).first()
    if found is None:
        raise DomainError("not_found", "There is no such comment.")
    annotation = locked_annotation(found, actor, None)
    require(actor, "comment", annotation)
    comment = Comment.objects.select_for_update().get(pk=comment_id)
    if comment.resolved_at is None:
        comment.resolved_by, comment.resolved_at = actor, timezone.now()
        comment.save(update_fields=["resolved_by", "resolved_at"])
        record(annotation, actor=actor, action="resolve", obj=comment)
    return comment

"""Comments: the thread on an annotation."""

from django.db import models
from django.db.models import Q

from annotations.core.decisions import CommentKind
from annotations.models.annotation import Annotation
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Comment(Row):
    """One remark, or a question to the reporter with a due date and an outcome. Its text and author never change."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="comments", db_constraint=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in CommentKind], default=CommentKind.REMARK.value
    )
    text = models.TextField()
    blocking = models.BooleanField(default=False, help_text="Holds back a proposal until it is resolved.")
    due = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, help_text="What the reporter answered, once the question is settled.")
    mentions = models.ManyToManyField(User, related_name="+", blank=True)
    created = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="comment_text_not_empty"),
            models.CheckConstraint(
                condition=Q(kind__in=[each.value for each in CommentKind]), name="comment_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(due=None) | Q(kind=CommentKind.QUESTION.value), name="comment_due_if_question"
            ),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="comment_resolved_whole",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

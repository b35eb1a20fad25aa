"""Comments: the thread on an annotation."""

from django.db import models
from django.db.models import Q

from annotations.models.annotation import Annotation
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Comment(Row):
    """One remark. Its text and author never change; it can be resolved."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="comments", db_constraint=False)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="comment_text_not_empty"),
            models.CheckConstraint(
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="comment_resolved_whole",
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

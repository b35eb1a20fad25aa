"""Notices: what a person should know about, because somebody else did it. Holds no confidential content."""

from django.db import models

from annotations.models.annotation import Annotation
from annotations.models.article import Article
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Notice(Row):
    """One sentence for one person about an annotation or article."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices", db_index=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="+", null=True)
    text = models.CharField(max_length=500)
    created = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person", "read_at", "-id"), name="notice_by_person"),)

    def __str__(self) -> str:
        return self.text

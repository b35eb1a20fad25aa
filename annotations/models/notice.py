"""Notices: what a person should know about, because somebody else did it. Holds no confidential content."""

from django.db import models
from django.db.models import Q

from annotations.core.wording import told
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
    said = models.JSONField(null=True, help_text="What core.wording.kept makes of a sentence.")
    text = models.CharField(max_length=500, blank=True, help_text="The English sentence of a notice that has no more.")
    created = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("person", "read_at", "-id"), name="notice_by_person"),)
        constraints = (models.CheckConstraint(condition=Q(said__isnull=False) | ~Q(text=""), name="notice_says"),)

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        return self.text if self.said is None else told(self.said)

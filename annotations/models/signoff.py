"""Sign-offs: the head of research clears a revision; what was signed is kept to the letter."""

from django.db import models
from django.db.models import Q

from annotations.models.article import Article, Revision
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class SignOff(Row):
    """`snapshot` is the canonical JSON of everything that was signed, `digest` its SHA-256. Written once."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="signoffs", db_constraint=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    snapshot = models.TextField()
    digest = models.CharField(max_length=64)
    created = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("article",), condition=Q(voided_at=None), name="signoff_one_current"),
        )

    def __str__(self) -> str:
        return self.digest

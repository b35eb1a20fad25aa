"""The confidential tier: who an unnamed source is, for named people only. Never exported, searched or logged."""

from django.db import models
from django.db.models import Q

from annotations.models.attribution import Attribution
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Identity(Row):
    """The identity behind one attribution. Only `readers` may read it, and each reading is an event."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    attribution = models.OneToOneField(Attribution, on_delete=models.PROTECT, related_name="identity")
    content = models.TextField()
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    readers = models.ManyToManyField(User, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "identities"
        constraints = (models.CheckConstraint(condition=~Q(content=""), name="identity_not_empty"),)

    def __str__(self) -> str:
        return "Confidential identity"

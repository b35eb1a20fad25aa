"""Incoming drafts: what a person pasted, uploaded or fetched, kept between the two steps of the import page."""

from typing import TYPE_CHECKING, Self

from django.db import models

from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class IncomingDraftQuerySet(models.QuerySet["IncomingDraft"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own drafts, on desks one still works on."""
        return self.filter(created_by=user.pk, desk__in=Desk.objects.visible_to(user).values("pk"))


class IncomingDraft(Row):
    """The raw bytes of an article that is not imported yet. Deleted when it is, or after a day."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    objects = IncomingDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or self.url or "Pasted text"

"""Bytes that must never change: the source of a revision, a piece of evidence, an archived copy."""

from django.db import models
from django.db.models import Q

from annotations.models.base import Row
from annotations.models.desk import Desk


class StoredFile(Row):
    """Raw bytes with their SHA-256, kept in the database so that one backup holds everything. Never edited."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=200)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="storedfile_sha256_form"),
        )

    def __str__(self) -> str:
        return self.name or self.sha256[:12]

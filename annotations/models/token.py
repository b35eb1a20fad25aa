"""API tokens: only the hash is kept; they expire and can be revoked."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from annotations.core.scopes import Scope
from annotations.models.base import Row
from annotations.models.user import User


class TokenQuerySet(models.QuerySet["Token"]):
    def usable(self, now: dt.datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)


class Token(Row):
    """A key for programs. `digest` is the SHA-256 of the key, which is shown once and never stored."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=[(scope.value, scope.value) for scope in Scope]))
    created = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(scopes__len__gt=0, scopes__contained_by=[scope.value for scope in Scope]),
                name="token_scopes_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

"""Accounts. A person is deactivated, never deleted, so that their work keeps its author."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from annotations.models.base import Row


class User(Row, AbstractUser):
    """A person or program that signs in. What they may do is on the desk: see Membership."""

    display_name = models.CharField(max_length=200, blank=True)
    one_time_until = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Until when the password that an administrator gave out opens the account; it has to be replaced at "
        "the first login. Null: the password is the person's own.",
    )

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"

    def __str__(self) -> str:
        return self.display_name or self.username

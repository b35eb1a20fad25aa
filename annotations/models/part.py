"""What attributions, evidence, verdicts and links share: written once, then retired, never edited."""

from django.db import models

from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Part(Row):
    """A row that hangs on an annotation. A correction is a new row; the old one is retired and stays readable."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

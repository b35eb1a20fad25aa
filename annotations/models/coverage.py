"""Coverage marks: a person looked at a sentence and found nothing to check in it."""

from django.db import models
from django.db.models import F, Q

from annotations.models.article import Revision
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class CoverageMark(Row):
    """`start`, `end`: the sentence, code points into the revision's text, end exclusive. Taken back by `retired_at`."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="marks", db_constraint=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="coveragemark_range_ordered"),
            models.UniqueConstraint(
                fields=("revision", "start", "end"), condition=Q(retired_at=None), name="coveragemark_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

"""Reviews: one person's decision on a proposed verdict, bound to the version they looked at."""

from django.db import models
from django.db.models import Q

from annotations.core.decisions import ReviewDecision
from annotations.models.annotation import Annotation
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User


class Review(Row):
    """Written once. A change to what was reviewed voids it; it stays readable.

    `version` is the annotation's version that the person looked at; `outcome` the state it led to.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="reviews", db_constraint=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=30, choices=[(each.value, each.value) for each in ReviewDecision])
    outcome = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decision__in=[each.value for each in ReviewDecision]), name="review_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision=ReviewDecision.APPROVE.value) | ~Q(reason=""), name="review_has_reason"
            ),
            models.UniqueConstraint(
                fields=("annotation", "person"),
                condition=Q(decision=ReviewDecision.APPROVE.value, voided_at=None),
                name="review_approves_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision} by {self.person}"

"""Placements: where an annotation stood in a revision that was replaced, and what became of it in the next one."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from annotations.core.carrying import Method, Outcome
from annotations.core.placing import Decision
from annotations.core.states import ANNOTATION_STATE_LABELS, AnnotationState
from annotations.models.annotation import Annotation
from annotations.models.article import Revision
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from collections.abc import Sequence


class PlacementQuerySet(models.QuerySet["Placement"]):
    def undecided(self) -> Self:
        """Those that wait for a person; what was withdrawn meanwhile waits for nobody."""
        return self.filter(decision=Decision.PENDING).exclude(annotation__state=AnnotationState.WITHDRAWN)


class Placement(Row):
    """`start`, `end`, `exact`, `fragments`, `state`: as it stood in `revision`; code points, end exclusive.

    `new_start`, `new_end`, `new_fragments`: where it went in `next_revision`, or where a person may want it; null when
    it was not found. Only the decision is ever changed.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, related_name="placements", db_constraint=False, db_index=False
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="left", db_constraint=False)
    next_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="placements", db_constraint=False, db_index=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    fragments = ArrayField(ArrayField(models.IntegerField(), size=2), default=list, blank=True)
    state = models.CharField(
        max_length=20, choices=[(state.value, gettext_lazy(label)) for state, label in ANNOTATION_STATE_LABELS.items()]
    )
    outcome = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Outcome])
    method = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Method])
    score = models.FloatField(help_text="From 0 to 1.")
    sentence_changed = models.BooleanField(default=False)
    new_start = models.PositiveIntegerField(null=True, blank=True)
    new_end = models.PositiveIntegerField(null=True, blank=True)
    new_fragments = ArrayField(ArrayField(models.IntegerField(), size=2), default=list, blank=True)
    decision = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Decision])
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("annotation", "next_revision"), name="placement_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="placement_range_ordered"),
            models.CheckConstraint(
                condition=Q(new_start=None, new_end=None)
                | Q(new_start__isnull=False, new_end__isnull=False, new_end__gt=F("new_start")),
                name="placement_new_range_whole",
            ),
        )
        indexes = (models.Index(fields=("next_revision", "new_start"), name="placement_by_next_revision"),)

    def __str__(self) -> str:
        return f"{self.outcome}: {self.exact[:60]}"

    @property
    def parts(self) -> "Sequence[tuple[int, int]]":
        """What was highlighted in the older revision."""
        return [(start, end) for start, end in self.fragments] or [(self.start, self.end)]

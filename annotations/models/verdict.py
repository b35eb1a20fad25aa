"""Verdicts: a term of the verdict scale, proposed for an annotation with a rationale. Superseded ones stay readable."""

from django.db import models
from django.db.models import Q

from annotations.models.annotation import Annotation
from annotations.models.part import Part
from annotations.models.vocabulary import Term


class Verdict(Part):
    """What the desk finds about a statement, as of a date. At most one verdict of an annotation is current."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="verdicts", db_constraint=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="verdicts", db_constraint=False)
    rationale = models.TextField(blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("desk", "id"), condition=Q(retired_at=None), name="verdict_by_desk"),)
        constraints = (
            models.UniqueConstraint(fields=("annotation",), condition=Q(retired_at=None), name="verdict_one_current"),
        )

    def __str__(self) -> str:
        return str(self.term)

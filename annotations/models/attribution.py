"""Attribution: who says it, how they are identified, through which channel, at what distance."""

from django.db import models
from django.db.models import F, Q

from annotations.models.annotation import Annotation
from annotations.models.part import Part
from annotations.models.vocabulary import Term


class Attribution(Part):
    """Who says what the annotation covers.

    `source_start`, `source_end` mark where the text names the source, `cue_start`, `cue_end` the reporting words
    ("according to"): code points into the annotation's revision, end exclusive; both of a pair or neither. The database
    keeps the words in `source_exact` and `cue_exact`, by which the ranges find their way into newer revisions.
    """

    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, related_name="attributions", db_constraint=False
    )
    source = models.CharField(max_length=500)
    origin = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    identification = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    channel = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    distance = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    source_exact = models.TextField(blank=True, editable=False)
    cue_exact = models.TextField(blank=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=("annotation",), condition=Q(retired_at=None), name="attribution_current"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(source_start=None, source_end=None)
                | Q(source_start__isnull=False, source_end__isnull=False, source_end__gt=F("source_start")),
                name="attribution_source_range_whole",
            ),
            models.CheckConstraint(
                condition=Q(cue_start=None, cue_end=None)
                | Q(cue_start__isnull=False, cue_end__isnull=False, cue_end__gt=F("cue_start")),
                name="attribution_cue_range_whole",
            ),
        )

    def __str__(self) -> str:
        return self.source

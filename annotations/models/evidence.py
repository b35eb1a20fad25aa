"""Evidence: what supports, contradicts or explains an annotation."""

from django.db import models
from django.db.models import Q

from annotations.core.drafts import Stance, Tier
from annotations.models.annotation import Annotation
from annotations.models.part import Part
from annotations.models.stored_file import StoredFile


class Evidence(Part):
    """One piece of evidence: an address or a file, or both."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="evidence", db_constraint=False)
    url = models.URLField(max_length=2000, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    archive = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_constraint=False
    )
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    quote = models.TextField(blank=True)
    locator = models.CharField(max_length=300, blank=True, help_text="Page, minute, table: where to look.")
    stance = models.CharField(max_length=20, choices=[(stance.value, stance.value) for stance in Stance])
    tier = models.CharField(max_length=20, choices=[(tier.value, tier.value) for tier in Tier])
    independence_group = models.CharField(max_length=200, blank=True)
    unnamed = models.BooleanField(default=False, help_text="It rests on a source that is not named.")
    retrieved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = (models.Index(fields=("annotation",), condition=Q(retired_at=None), name="evidence_current"),)
        constraints = (
            models.CheckConstraint(condition=~Q(url="") | Q(file__isnull=False), name="evidence_has_url_or_file"),
            models.CheckConstraint(
                condition=Q(stance__in=[each.value for each in Stance]), name="evidence_stance_known"
            ),
            models.CheckConstraint(condition=Q(tier__in=[each.value for each in Tier]), name="evidence_tier_known"),
        )

    def __str__(self) -> str:
        return self.title or self.url

"""Links: typed ties between two annotations of a desk."""

from django.db import models
from django.db.models import F, Q

from annotations.core.drafts import LinkKind
from annotations.models.annotation import Annotation
from annotations.models.part import Part


class Link(Part):
    """`annotation` is the one the tie was drawn from, `target` the one it points to."""

    annotation = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="links", db_constraint=False)
    target = models.ForeignKey(Annotation, on_delete=models.PROTECT, related_name="linked_from", db_constraint=False)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in LinkKind])

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("annotation", "target", "kind"), condition=Q(retired_at=None), name="link_once"
            ),
            models.CheckConstraint(condition=~Q(annotation=F("target")), name="link_between_two"),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in LinkKind]), name="link_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.annotation_id} {self.kind} {self.target_id}"

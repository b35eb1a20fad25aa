"""Events: the history. One line for every write; the database refuses to change or delete one."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from annotations.models.annotation import Annotation
from annotations.models.article import Article
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.kept_json import KeptJSON
from annotations.models.user import User


class EventQuerySet(models.QuerySet["Event"]):
    def of_annotation(self, annotation: Annotation) -> Self:
        """Its history; the index begins with the article."""
        return self.filter(article=annotation.article_id, annotation=annotation.pk)

    def of_bulk(self, bulk: UUID) -> Self:
        """What was done to several annotations at once, under one id; the index needs all conditions."""
        return self.filter(before__isnull=False, after__bulk__isnull=False, after__bulk=str(bulk))


class Event(Row):
    """Who did what to which object, with the object before and after. Append-only.

    The database numbers the events of a desk from 1 and chains them: `hash` covers the event and `previous_hash`.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="events", db_constraint=False, db_index=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="events", null=True, db_constraint=False, db_index=False
    )
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, related_name="events", null=True, db_constraint=False, db_index=False
    )
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="events", null=True, db_constraint=False, db_index=False
    )
    action = models.CharField(max_length=40)
    object_type = models.CharField(max_length=40)
    object_id = models.UUIDField()
    reason = models.TextField(blank=True)
    before = KeptJSON(null=True)
    after = KeptJSON(null=True)
    created = models.DateTimeField(auto_now_add=True)
    number = models.PositiveBigIntegerField(editable=False, default=0)
    previous_hash = models.CharField(max_length=64, editable=False, default="")
    hash = models.CharField(max_length=64, editable=False, default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("desk", "number"), name="event_number_once"),)
        indexes = (
            models.Index(
                F("article").asc(nulls_first=True),  # so that new rows come to the end, which is cheapest
                F("annotation").asc(nulls_first=True),
                name="event_by_article",
            ),
            models.Index(
                KeyTransform("bulk", Cast("after", models.JSONField())),
                name="event_by_bulk",
                condition=models.Q(before__isnull=False) & models.Q(after__bulk__isnull=False),  # the cheap one first
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.object_type}"

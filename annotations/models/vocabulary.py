"""The labels of a desk: vocabularies and their terms. Terms are retired, never deleted once used."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

VERDICT_SCALE = "verdict"


class VocabularyQuerySet(models.QuerySet["Vocabulary"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(desk__in=Desk.objects.visible_to(user).values("pk"))


class Vocabulary(Row):
    """One axis of labels, or the verdict scale. `version` counts every change to its terms."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="vocabularies", db_index=False)
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        ordering = ("position", "key")
        verbose_name_plural = "vocabularies"
        constraints = (models.UniqueConstraint(fields=("desk", "key"), name="vocabulary_key_once"),)

    def __str__(self) -> str:
        return self.name


class TermQuerySet(models.QuerySet["Term"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(desk__in=Desk.objects.visible_to(user).values("pk"))

    def current(self) -> Self:
        """Terms that may still be chosen."""
        return self.filter(retired_at=None)


class Term(Row):
    """One label. `key` is unique on the desk over all vocabularies, so that programs can name it alone.

    Terms of the verdict scale carry their ClaimReview rating (all three numbers or none: off-scale verdicts such as
    "not checkable" have none) and the AVeriTeC label they map to.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="terms", db_index=False)
    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.PROTECT, related_name="terms", db_constraint=False)
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    colour = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Number of the palette, 0 to 9.")
    rating_value = models.SmallIntegerField(null=True, blank=True)
    rating_best = models.SmallIntegerField(null=True, blank=True)
    rating_worst = models.SmallIntegerField(null=True, blank=True)
    averitec = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("vocabulary__position", "position", "key")
        constraints = (
            models.UniqueConstraint(fields=("desk", "key"), name="term_key_once"),
            models.CheckConstraint(condition=Q(colour=None) | Q(colour__lte=9), name="term_colour_in_palette"),
            models.CheckConstraint(
                condition=Q(rating_value=None, rating_best=None, rating_worst=None)
                | Q(
                    rating_value__isnull=False,
                    rating_value__gte=models.F("rating_worst"),
                    rating_value__lte=models.F("rating_best"),
                    rating_best__isnull=False,
                    rating_worst__isnull=False,
                ),
                name="term_rating_whole_or_none",
            ),
        )

    def __str__(self) -> str:
        return self.name

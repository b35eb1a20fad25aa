"""Saved filters: what somebody narrows a list by again and again, under a name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class FilteredPage(models.TextChoices):
    WORKLIST = "worklist", "Worklist"
    ARTICLES = "articles", "Articles"
    SEARCH = "search", "Search"


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own, and those that one's desks share; none that is deleted."""
        return self._within_reach_of(user).filter(deleted_at=None)

    def deleted_for(self, user: "User | AnonymousUser") -> Self:
        return self._within_reach_of(user).filter(deleted_at__isnull=False)

    def _within_reach_of(self, user: "User | AnonymousUser") -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(desk__in=Desk.objects.visible_to(user).values("pk")) | Q(desk=None, person=user))


class SavedFilter(Row):
    """The query parameters of one page, by their names, each a list of values.

    With a desk it is everybody's on that desk, and `person` only who made it; without one it is the person's own.
    `is_default`: opens by itself when the page is asked for without parameters.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_filters", db_index=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="saved_filters", null=True, db_index=False)
    page = models.CharField(max_length=20, choices=FilteredPage.choices)
    name = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=Q(page__in=FilteredPage.values), name="savedfilter_page_known"),
            models.CheckConstraint(condition=~Q(name=""), name="savedfilter_has_name"),
            models.UniqueConstraint(
                fields=("person", "page", "name"), condition=Q(desk=None, deleted_at=None), name="savedfilter_name_once"
            ),
            models.UniqueConstraint(
                fields=("desk", "page", "name"),
                condition=Q(desk__isnull=False, deleted_at=None),
                name="savedfilter_name_once_on_desk",
            ),
            models.UniqueConstraint(
                fields=("person", "page"),
                condition=Q(desk=None, deleted_at=None, is_default=True),
                name="savedfilter_one_default",
            ),
            models.UniqueConstraint(
                fields=("desk", "page"),
                condition=Q(desk__isnull=False, deleted_at=None, is_default=True),
                name="savedfilter_one_default_on_desk",
            ),
        )

    def __str__(self) -> str:
        return self.name

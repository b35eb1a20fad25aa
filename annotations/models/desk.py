"""Desks and who works on them. Nothing leaks between desks."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from annotations.core.states import Role
from annotations.models.base import Row
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class DeskQuerySet(models.QuerySet["Desk"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The desks on which the user holds a role."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(memberships__user=user, memberships__active=True)


class Desk(Row):
    """A team with its own articles, members, vocabularies and policies."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(
        max_length=35, blank=True, db_default="", help_text="BCP 47: what names and labels are written in, if known."
    )
    fetch_hosts = ArrayField(
        models.CharField(max_length=253),
        default=list,
        blank=True,
        help_text="Hosts (host or host:port) that may be fetched although their address is not public.",
    )
    approvals_needed = models.PositiveSmallIntegerField(default=1, help_text="Distinct people who must approve.")
    sources_needed = models.PositiveSmallIntegerField(
        default=1, help_text="Independent sources that a positive verdict needs."
    )
    unnamed_alone = models.BooleanField(
        default=False, help_text="May unnamed sources alone support a positive verdict?"
    )
    coverage_required = models.BooleanField(default=True, help_text="Must every sentence be seen before clearing?")
    idle_hours = models.PositiveIntegerField(default=72, help_text="Hours after which idle work returns to the pool.")
    created = models.DateTimeField(auto_now_add=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(slug=""), name="desk_slug_not_empty"),
            models.CheckConstraint(condition=Q(approvals_needed__gte=1), name="desk_approvals_at_least_one"),
            models.CheckConstraint(condition=Q(idle_hours__gte=1), name="desk_idle_hours_at_least_one"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(Row):
    """The roles one person holds on one desk. Ended by `active = False`, so that assignments keep their person."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships", db_index=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=30, choices=[(role.value, role.value) for role in Role]))
    active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("desk", "user"), name="membership_once_per_desk"),
            models.CheckConstraint(
                condition=Q(roles__len__gt=0) & Q(roles__contained_by=[role.value for role in Role]),
                name="membership_roles_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} on {self.desk}"

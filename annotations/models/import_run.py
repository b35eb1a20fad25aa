"""Imports that run in the background: the file, how far it has come, and what became of it."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.core.wording import told
from annotations.models.article import WORKING_ROLES
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class ImportState(models.TextChoices):
    """`FAILED` concerns the whole file; refused documents stand in the report of one that is done."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Imports of the desks a person works on; they name articles that readers do not see yet."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        works = user.memberships.filter(active=True, roles__overlap=[role.value for role in WORKING_ROLES])
        return self.filter(desk__in=works.values("desk")).select_related("desk", "created_by")

    def open(self) -> Self:
        return self.filter(state__in=(ImportState.WAITING, ImportState.RUNNING))


class ImportRun(Row):
    """One file on its way in. `content` is emptied at the end: what came in is kept by the articles.

    `documents` of `documents_total` were looked at; both are null until the file was gone through once.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300, blank=True)
    format = models.CharField(max_length=40)
    unit = models.CharField(max_length=20, blank=True, help_text="What offsets count; empty: told by the quotes.")
    keep_labels = models.BooleanField(default=False)
    dry_run = models.BooleanField(default=False)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING.value)
    documents = models.PositiveIntegerField(null=True)
    documents_total = models.PositiveIntegerField(null=True)
    report = models.JSONField(null=True)
    refusal = models.JSONField(
        null=True, help_text="Why the whole file was refused: what core.wording.kept makes of it."
    )
    error = models.TextField(blank=True, help_text="The same in English, of a run that has no more.")
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True, help_text="The last sign of life of whoever works on it.")
    ended = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("desk", "-id"), name="importrun_by_desk"),)
        constraints = (models.CheckConstraint(condition=Q(state__in=ImportState.values), name="importrun_state_known"),)

    def __str__(self) -> str:
        return self.name or self.format

    @property
    def is_open(self) -> bool:
        return self.state in (ImportState.WAITING, ImportState.RUNNING)

    @property
    def why_failed(self) -> str:
        """In the reader's language; empty unless the whole file was refused."""
        return self.error if self.refusal is None else told(self.refusal)

    @property
    def told_report(self) -> dict[str, Any] | None:
        """With names and reasons in the reader's language; those of old runs are English."""
        if self.report is None:
            return None
        rows = [{**row, **{name: told(row[name]) for name in ("document", "detail")}} for row in self.report["refused"]]
        documents = len({row["document"] for row in rows})  # of a report from before they were counted
        return {"refused_documents": documents, **self.report, "refused": rows}

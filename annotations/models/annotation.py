"""Annotations: exact ranges of a revision with claim, labels, note and state. The heart of the product."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy

from annotations.core.states import ANNOTATION_STATE_LABELS, EDITABLE, HIDDEN, AnnotationState, ArticleState
from annotations.models.article import Article, Revision
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.user import User
from annotations.models.vocabulary import Term

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Annotations of the articles the user may see."""
        return self.filter(article__in=Article.objects.visible_to(user).values("pk"))

    def live(self) -> Self:
        """What a reader of the article should see marked: neither withdrawn nor a machine's mere suggestion."""
        return self.exclude(state__in=HIDDEN)

    def idle(self, now: dt.datetime) -> Self:
        """Work that somebody holds and has not touched for longer than the desk allows, while its article is open."""
        allowed = ExpressionWrapper(F("desk__idle_hours") * dt.timedelta(hours=1), models.DurationField())
        return self.filter(
            assignee__isnull=False,
            state__in=EDITABLE,
            article__state__in=(ArticleState.DRAFT, ArticleState.CHECKING),
            updated__lt=now - allowed,
        )

    def in_text_order(self) -> Self:
        """Order of the text; of two that start together the longer first."""
        return self.order_by("start", "-end", "id")

    def matching(self, words: str) -> Self:
        """Quote, claim or note contain the words, whatever their case."""
        return self.filter(Q(exact__icontains=words) | Q(claim__icontains=words) | Q(note__icontains=words))


class Annotation(Row):
    """A range of one revision.

    `start`, `end`: code points into the revision's text, end exclusive; `exact` is that slice, which the database
    checks itself. `fragments` is empty, or the ordered, disjoint [start, end] parts of a discontinuous annotation whose
    envelope is `start`, `end`. `prefix` and `suffix` are the text that touches the range.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="annotations", db_constraint=False, db_index=False
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="annotations", db_constraint=False, db_index=False
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    fragments = ArrayField(ArrayField(models.IntegerField(), size=2), default=list, blank=True)
    claim = models.TextField(blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=20,
        choices=[(state.value, gettext_lazy(label)) for state, label in ANNOTATION_STATE_LABELS.items()],
        default=AnnotationState.OPEN.value,
    )
    version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="annotations", db_constraint=False)
    assignee = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="assigned",
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
    )
    terms = models.ManyToManyField(Term, through="AnnotationTerm", related_name="annotations")
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("article", "start", "-end", "id"), name="annotation_in_text_order"),
            models.Index(fields=("article", "id"), include=("updated",), name="annotation_by_article"),
            models.Index(fields=("desk", "state", "id"), name="annotation_by_desk_state"),
            models.Index(
                fields=("assignee", "state"), name="annotation_by_assignee", condition=Q(assignee__isnull=False)
            ),
            models.Index(
                fields=("desk", "author", "updated", "id"),
                name="annotation_unassigned",
                condition=Q(assignee=None, state__in=sorted(EDITABLE)),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="annotation_range_ordered"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in AnnotationState]), name="annotation_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.exact[:60]} ({self.start}-{self.end})"

    @property
    def etag(self) -> str:
        return f'"annotation-{self.pk}-v{self.version}"'

    def rows_of(self, name: str) -> Iterable[Any]:
        """Its labels, evidence and so on: what was read ahead, else read now."""
        known: Iterable[Any] | None = self.__dict__.get("_prefetched_objects_cache", {}).get(name)
        return getattr(self, name).all() if known is None else known

    @property
    def parts(self) -> list[tuple[int, int]]:
        """The ranges to highlight: the fragments, or the whole range."""
        return [(start, end) for start, end in self.fragments] or [(self.start, self.end)]


class AnnotationTerm(models.Model):
    """One label on one annotation, which has it once."""

    pk = models.CompositePrimaryKey("annotation_id", "term_id")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, related_name="labels", db_constraint=False, db_index=False
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="labels", db_constraint=False)

    def __str__(self) -> str:
        return str(self.term)

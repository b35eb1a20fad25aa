"""Articles, their frozen revisions, and the blocks of a revision."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, Q
from django.utils.translation import gettext_lazy

from annotations.core.blocks import BlockKind
from annotations.core.states import ARTICLE_STATE_LABELS, ArticleState, Role
from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.stored_file import StoredFile
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

SIGNED_STATES = (ArticleState.CLEARED, ArticleState.PUBLISHED, ArticleState.CORRECTING, ArticleState.RETRACTED)
WORKING_ROLES = tuple(role for role in Role if role is not Role.READER)


WAS_CLEARED = Q(state__in=SIGNED_STATES)


def article_is_visible_to(user: "User | AnonymousUser", was_cleared: "Q | Exists" = WAS_CLEARED) -> Q:
    """The condition on articles, or on other rows with their desk; `was_cleared` says it of the row's article."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    mine = user.memberships.filter(active=True)
    works = mine.filter(roles__overlap=[role.value for role in WORKING_ROLES])
    return Q(desk__in=works.values("desk")) | Q(was_cleared, desk__in=mine.values("desk"))


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Articles of the user's desks; a reader sees only those that were cleared."""
        return self.filter(article_is_visible_to(user))

    def published(self) -> Self:
        """What has a public page, which everybody may read."""
        return self.filter(state=ArticleState.PUBLISHED)

    def with_revision(self) -> Self:
        """The current revision's number, length and hash, without its text and source."""
        return self.select_related("revision", "desk").defer("revision__text")

    def matching(self, words: str) -> Self:
        """Title, byline, outlet or current text contain the words, whatever their case."""
        return self.filter(
            Q(title__icontains=words)
            | Q(byline__icontains=words)
            | Q(outlet__icontains=words)
            | Q(revision__text__icontains=words)
        )


class Article(Row):
    """The thing being checked. Its text lives in revisions; `revision` is the current one."""

    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, related_name="articles", db_constraint=False, db_index=False
    )
    title = models.CharField(max_length=500)
    byline = models.CharField(max_length=500, blank=True)
    outlet = models.CharField(max_length=300, blank=True)
    canonical_url = models.URLField(max_length=2000, blank=True)
    published_at = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, such as en or uk; empty when unknown.")
    state = models.CharField(
        max_length=20,
        choices=[(state.value, gettext_lazy(label)) for state, label in ARTICLE_STATE_LABELS.items()],
        default=ArticleState.DRAFT.value,
    )
    revision = models.OneToOneField(
        "Revision",
        on_delete=models.PROTECT,
        related_name="current_of",
        null=True,
        editable=False,
        db_constraint=False,
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("desk", "language"), name="article_by_language"),
            models.Index(fields=("desk", "state", "-id"), name="article_by_desk_state"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="article_title_not_empty"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ArticleState]), name="article_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def etag(self) -> str:
        return f'"article-{self.pk}-v{self.version}"'

    @property
    def current(self) -> "Revision":
        """The current revision, which every stored article has."""
        if self.revision is None:
            raise ValueError("An article without a revision was never stored whole")
        return self.revision


class Revision(Row):
    """One frozen text of an article. The database refuses every change to a stored row."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="revisions", db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField()
    text = models.TextField(help_text="Canonical text: offsets are code points into it.")
    sha256 = models.CharField(max_length=64, help_text="SHA-256 of the text in UTF-8, hexadecimal.")
    length = models.PositiveIntegerField(help_text="Code points.")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
        )
        indexes = (models.Index(fields=("sha256",), name="revision_by_sha256"),)

    def __str__(self) -> str:
        return f"Revision {self.number}"


class TextPiece(models.Model):
    """A revision's text cut into pieces of 250 code points by the database, which looks ranges up in them.

    A slice of a long text costs PostgreSQL time in proportion to the whole text; a slice of a piece does not.
    """

    pk = models.CompositePrimaryKey("revision_id", "number")
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    number = models.PositiveIntegerField(help_text="From 0.")
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.revision_id}: {self.number}"


class Block(Row):
    """A paragraph, headline and so on: `start`, `end` are code points of the revision's text, end exclusive."""

    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="blocks", db_constraint=False, db_index=False
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in BlockKind])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ("revision", "position")
        constraints = (
            models.UniqueConstraint(fields=("revision", "position"), name="block_position_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="block_range_ordered"),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in BlockKind]), name="block_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"

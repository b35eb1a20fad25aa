"""Search entries: every text that can be found, with where it stands. Written by the database beside what they repeat.

The confidential tier has no entries: migrations/sql/0013_search.sql reads no identity.
"""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, Now, Upper
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from annotations.models.article import WAS_CLEARED, Article, article_is_visible_to
from annotations.models.desk import Desk
from annotations.models.user import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class FoundKind(models.TextChoices):
    ARTICLE = "article", _("Articles")
    TEXT = "text", _("Article texts")
    ANNOTATION = "annotation", _("Annotations")
    EVIDENCE = "evidence", _("Evidence")
    COMMENT = "comment", _("Comments")
    OLDER_TEXT = "older_text", _("Replaced texts")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Entries of the articles the user may see."""
        cleared = Exists(Article.objects.filter(WAS_CLEARED, pk=OuterRef("article")))
        return self.filter(article_is_visible_to(user, cleared))

    def with_fragments(self) -> Self:
        """Each entry with `searched`: where fragments of words are looked for."""
        return self.alias(searched=Coalesce("fragments", "text"))

    def saying(self, words: str) -> Self:
        """The words stand there as they are, whatever their case. Three characters and more use an index."""
        return self.with_fragments().filter(searched__icontains=words)


class SearchEntry(models.Model):
    """One text of an article, annotation, piece of evidence or comment. Later entries have higher numbers.

    `text`: its fields, one a line; of an article's current text a paragraph, or a piece of a very long one, which
    begins at `start` (code points into the revision's text). `words` are its words by the rules of the article's
    language. `fragments` is where parts of words are looked for, null when that is `text`: of an annotation only claim
    and note, because its quote is a part of the article's text, and indexing it twice would make imports slow.
    """

    kind = models.CharField(max_length=20, choices=FoundKind.choices)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    annotation = models.ForeignKey(
        Annotation, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    object_id = models.UUIDField(help_text="Of the article, block, annotation, piece of evidence or comment.")
    start = models.PositiveIntegerField(null=True)
    text = models.TextField()
    fragments = models.TextField(null=True)  # noqa: DJ001 (null is "the text", empty is "nothing")
    words = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        indexes = (
            GinIndex(fields=("words",), name="searchentry_words"),
            GinIndex(OpClass(Upper(Coalesce("fragments", "text")), name="gin_trgm_ops"), name="searchentry_fragments"),
            models.Index(fields=("article", "object_id"), name="searchentry_by_object"),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"


class SearchBacklog(models.Model):
    """An article that came in with many others, and whose texts and annotations have no entries yet.

    The worker makes them seconds later; see migrations/sql/0014_imports.sql. An article may stand here more than once.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    created = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "search backlog"

    def __str__(self) -> str:
        return str(self.article_id)

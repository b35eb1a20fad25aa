"""The public page: the text of a published article with its signed-off annotations, nothing of the desk's inside.

Where it was taken back, that this happened: whose page it was and since when, and nothing of what stood there.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk, Event
from annotations.queries.article_page import BlockView, block_views
from annotations.queries.card_rows import cards
from annotations.queries.rows import with_parts


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`views` are the blocks with signed-off marks only, `checked` the annotations in text order."""

    article: Article
    views: list[BlockView]
    checked: list[Annotation]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article was published by this desk and is not any more; `is_final` when it was retracted."""

    desk: Desk
    since: datetime
    is_final: bool


def public_page(pk: UUID, database: str = DEFAULT_DB_ALIAS) -> PublicPage | None:
    """None unless the article is published; `database` is the alias of the one to read."""
    rows = Article.objects.using(database).published().select_related("revision", "desk")
    article = rows.filter(pk=pk).first()
    if article is None:
        return None
    checked = list(with_parts(cards(article).using(database).filter(state=AnnotationState.SIGNED_OFF)))
    views = [
        view._replace(marks=tuple(mark for mark in view.marks if mark.state == AnnotationState.SIGNED_OFF))
        for view in block_views(article.current)
    ]
    return PublicPage(article, views, checked)


def withdrawal(pk: UUID, database: str = DEFAULT_DB_ALIAS) -> Withdrawal | None:
    """None for what is published, and for what never was; `database` is the alias of the one to read."""
    ends = Event.objects.using(database).filter(article=pk, object_type="article", before__state=ArticleState.PUBLISHED)
    ends = ends.exclude(after__state=ArticleState.PUBLISHED).exclude(article__state=ArticleState.PUBLISHED)
    last = ends.select_related("article__desk").order_by("-number").first()
    if last is None or last.article is None:
        return None
    return Withdrawal(last.article.desk, last.created, last.article.state == ArticleState.RETRACTED)


def withdrawal_of_verdict(annotation: UUID) -> Withdrawal | None:
    """That of the article on which this annotation is signed off, where the article was retracted."""
    signed = Annotation.objects.filter(
        pk=annotation, state=AnnotationState.SIGNED_OFF, article__state=ArticleState.RETRACTED
    )
    article = signed.values_list("article", flat=True).first()
    return withdrawal(article) if article else None

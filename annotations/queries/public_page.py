"""The public page: the text of a published article with its signed-off annotations, nothing of the desk's inside."""

from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article
from annotations.queries.article_page import BlockView, block_views
from annotations.queries.card_rows import cards
from annotations.queries.rows import with_parts


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`views` are the blocks with signed-off marks only, `checked` the annotations in text order."""

    article: Article
    views: list[BlockView]
    checked: list[Annotation]


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

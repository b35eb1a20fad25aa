"""How tests make objects: through the real services, in one line."""

from typing import Any

from annotations import ingest
from annotations.core.drafts import AnnotationDraft, PlaceDraft
from annotations.models import Annotation, Article, Desk, User
from annotations.services.annotations import create_annotation
from annotations.services.articles import import_article


def import_text(desk: Desk, actor: User, text: str, **metadata: Any) -> Article:
    """An article with this very text."""
    article, _ = import_article(desk_id=desk.pk, actor=actor, incoming=ingest.read_text(text), metadata=metadata)
    return article


def annotate(article: Article, actor: User, quote: str, **draft: Any) -> Annotation:
    """An annotation of the first place that reads `quote`."""
    assert article.revision is not None
    start = article.revision.text.index(quote)
    place = PlaceDraft(start=start, end=start + len(quote), exact=quote)
    annotation, _ = create_annotation(article_id=article.pk, actor=actor, draft=AnnotationDraft(place=place, **draft))
    return annotation

"""Annotations as the resources of containers: which an article's container holds, and what came with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from annotations.models import Annotation, Article, Event
from annotations.models.annotation import AnnotationQuerySet
from annotations.queries.export_rows import rows_of
from annotations.queries.rows import annotation_row, timestamp, with_parts


@dataclass(frozen=True, slots=True)
class Found:
    """An annotation's row with the article's address, and what came with it when it was sent: canonical, via."""

    row: dict[str, Any]
    origin: dict[str, Any]


def contained(article: Article) -> AnnotationQuerySet:
    """What has its place in the current text and is neither withdrawn nor a mere suggestion, oldest first."""
    return Annotation.objects.filter(article=article, revision=article.revision_id).live().order_by("id")


def last_change(article: Article) -> str:
    """When anything in the container changed, withdrawals included."""
    changed = Annotation.objects.filter(article=article).aggregate(last=Max("updated"))["last"]
    return str(timestamp(changed or article.created))


def found_on_page(article: Article, ids: Sequence[UUID]) -> list[Found]:
    origins = _origins(article.pk, ids)
    rows = rows_of(ids)
    return [Found(_addressed(row, article), origins.get(UUID(row["id"]), {})) for row in rows]


def found_alone(annotation: Annotation) -> Found:
    """`annotation` is one of `with_articles`."""
    origin = _origins(annotation.article_id, [annotation.pk]).get(annotation.pk, {})
    return Found(_addressed(annotation_row(annotation), annotation.article), origin)


def with_articles(annotations: QuerySet[Annotation]) -> QuerySet[Annotation]:
    return with_parts(annotations).select_related("article")


def _addressed(row: dict[str, Any], article: Article) -> dict[str, Any]:
    return {**row, "canonical_url": article.canonical_url}


def _origins(article: UUID, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Event.objects.filter(article=article, annotation__in=list(ids), action="create")
    events = rows.filter(after__origin__isnull=False)
    return {id: origin for id, origin in events.values_list("annotation_id", "after__origin") if id is not None}

"""How a write gets hold of its rows: the article, then the annotation, always in this order: no deadlocks."""

from uuid import UUID

from annotations.core.errors import DomainError
from annotations.models import Annotation, Article, User


def locked_article(article_id: UUID, actor: User) -> Article:
    """The article with its desk and current revision (text included), locked until the transaction ends."""
    rows = Article.objects.visible_to(actor).select_related("desk", "revision")
    article = rows.select_for_update(of=("self",), no_key=True).filter(pk=article_id).first()
    if article is None:
        raise DomainError("not_found", "There is no such article, or it belongs to a desk you do not work on.")
    return article


def locked_annotation(annotation_id: UUID, actor: User, seen_version: int | None) -> Annotation:
    """The annotation as the actor saw it, its article locked before it. Raises "stale" when somebody was faster.

    `seen_version` None means the caller looked at nothing, as when it only adds something.
    """
    found = Annotation.objects.filter(pk=annotation_id).values_list("article_id", flat=True).first()
    if found is None:
        raise DomainError("not_found", "There is no such annotation, or it belongs to a desk you do not work on.")
    article = locked_article(found, actor)
    annotation = (
        Annotation.objects.select_related("author", "assignee")
        .select_for_update(of=("self",), no_key=True)
        .prefetch_related(
            "labels__term",
            "attributions__origin",
            "attributions__identification",
            "attributions__channel",
            "attributions__distance",
            "evidence",
            "verdicts__term",
            "links",
        )
        .get(pk=annotation_id)
    )
    annotation.article = article
    if seen_version is not None and annotation.version != seen_version:
        raise DomainError(
            "stale",
            f"Somebody changed this annotation in the meantime (you saw version {seen_version}, it is now version "
            f"{annotation.version}). Look at it again, then repeat your change.",
            extra={"version": annotation.version},
        )
    return annotation

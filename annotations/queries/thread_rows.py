"""What hangs on an annotation beside its parts, as plain data: links, comments, history. And an article's revisions."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from annotations.models import Annotation, Article, Attribution, Comment, Event, Evidence, Link, Revision
from annotations.queries.rows import ATTRIBUTION_AXES, revision_row, timestamp


def evidence_of(annotation: Annotation) -> QuerySet[Evidence]:
    """The current evidence of an annotation, with all that `evidence_row` needs."""
    current = Evidence.objects.filter(annotation=annotation, retired_at=None)
    return current.select_related("file", "author").defer("file__content")


def attributions_of(annotation: Annotation) -> QuerySet[Attribution]:
    current = Attribution.objects.filter(annotation=annotation, retired_at=None)
    return current.select_related(*ATTRIBUTION_AXES, "author")


def links_of(annotation: Annotation) -> QuerySet[Link]:
    """Links drawn from this annotation; those that point to it are found at the other one."""
    return Link.objects.filter(annotation=annotation, retired_at=None).select_related("author")


def comments_of(annotation: Annotation) -> QuerySet[Comment]:
    return (
        Comment.objects.filter(annotation=annotation)
        .select_related("author", "resolved_by")
        .prefetch_related("mentions")
    )


def in_threads(comments: Iterable[Comment]) -> list[Comment]:
    """Oldest thread first; each comment that replies to none, then all that was replied under it."""
    first: dict[UUID, UUID] = {}
    threads: dict[UUID, list[Comment]] = {}
    for row in comments:
        first[row.pk] = first.get(row.parent_id, row.pk) if row.parent_id else row.pk
        threads.setdefault(first[row.pk], []).append(row)
    return [row for thread in threads.values() for row in thread]


def events_of(annotation: Annotation) -> QuerySet[Event]:
    return Event.objects.of_annotation(annotation).select_related("actor")


def revisions_of(article: Article) -> QuerySet[Revision]:
    """Without the texts and the bytes they came from."""
    revisions = Revision.objects.filter(article=article).select_related("source", "created_by")
    return revisions.defer("text", "source__content")


def link_row(link: Link) -> dict[str, Any]:
    return {
        "id": str(link.pk),
        "annotation": str(link.annotation_id),
        "target": str(link.target_id),
        "kind": link.kind,
        "author": link.author.username,
        "created": timestamp(link.created),
    }


def comment_row(comment: Comment) -> dict[str, Any]:
    return {
        "id": str(comment.pk),
        "annotation": str(comment.annotation_id),
        "parent": str(comment.parent_id) if comment.parent_id else None,
        "kind": comment.kind,
        "text": comment.text,
        "blocking": comment.blocking,
        "due": comment.due.isoformat() if comment.due else None,
        "outcome": comment.outcome,
        "mentions": sorted(person.username for person in comment.mentions.all()),
        "author": comment.author.username,
        "created": timestamp(comment.created),
        "resolved_by": comment.resolved_by.username if comment.resolved_by else None,
        "resolved_at": timestamp(comment.resolved_at),
    }


def event_row(event: Event) -> dict[str, Any]:
    """One line of history. `before` and `after` are the object as it was and became; null when there was none."""
    return {
        "id": str(event.pk),
        "action": event.action,
        "actor": event.actor.username if event.actor else None,
        "object_type": event.object_type,
        "object_id": str(event.object_id),
        "reason": event.reason,
        "before": event.before,
        "after": event.after,
        "created": timestamp(event.created),
        "number": event.number,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def full_revision_row(revision: Revision) -> dict[str, Any]:
    """A revision with where it came from."""
    source = revision.source
    return {
        **revision_row(revision),
        "article": str(revision.article_id),
        "source": {
            "name": source.name,
            "media_type": source.media_type,
            "size": source.size,
            "sha256": source.sha256,
        },
        "author": revision.created_by.username,
        "created": timestamp(revision.created),
    }

"""The history: what an object looks like in an event, and the one function that appends an event."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from annotations.models import (
    Annotation,
    Article,
    Attribution,
    Desk,
    Event,
    Evidence,
    Link,
    User,
    Verdict,
)
from annotations.models.base import new_id
from annotations.models.part import Part
from annotations.services.rows import insert_last, made

_BULK: Final[ContextVar[UUID | None]] = ContextVar("bulk", default=None)


@contextmanager
def in_bulk(bulk: UUID) -> Iterator[None]:
    """Events of annotations that are recorded inside carry this id in `after`: several decisions, made at once."""
    token = _BULK.set(bulk)
    try:
        yield
    finally:
        _BULK.reset(token)


def record(
    owner: Desk | Article | Annotation,
    *,
    actor: User | None,
    action: str,
    obj: Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Append one event to the history of `owner`, about `obj` (the owner itself when None).

    Call it inside the transaction of the write it tells of.
    """
    event = event_row(owner, actor=actor, action=action, obj=obj, before=before, after=after, reason=reason)
    insert_last([event])
    return event


def event_row(
    owner: Desk | Article | Annotation,
    *,
    actor: User | None,
    action: str,
    obj: Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """The event that `record` would append, not stored yet."""
    subject = obj or owner
    annotation = owner if isinstance(owner, Annotation) else None
    article_id = annotation.article_id if annotation else owner.pk if isinstance(owner, Article) else None
    if annotation is not None and after is not None and (bulk := _BULK.get()):
        after = after | {"bulk": str(bulk)}
    return made(
        Event,
        id=new_id(),
        desk_id=owner.pk if isinstance(owner, Desk) else owner.desk_id,
        article_id=article_id,
        annotation_id=annotation.pk if annotation else None,
        actor_id=actor.pk if actor else None,
        action=action,
        object_type=subject._meta.model_name or "",
        object_id=subject.pk,
        reason=reason,
        before=before,
        after=after,
        created=None,
        number=0,
        previous_hash="",
        hash="",
    )


def article_state(article: Article) -> dict[str, Any]:
    """What of an article a person can change."""
    return {
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "canonical_url": article.canonical_url,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "state": article.state,
        "version": article.version,
    }


def annotation_state(annotation: Annotation) -> dict[str, Any]:
    """Everything of an annotation that an undo must bring back; parts by their id and in words."""
    parts = {name: current(annotation, name) for name in ("attributions", "evidence", "links", "verdicts")}
    return annotation_with(annotation, terms=[label.term.key for label in annotation.rows_of("labels")], **parts)


def annotation_with(
    annotation: Annotation,
    *,
    terms: Iterable[str],
    attributions: Iterable[Attribution],
    evidence: Iterable[Evidence],
    links: Iterable[Link],
    verdicts: Iterable[Verdict],
) -> dict[str, Any]:
    """The same of an annotation whose current parts are given."""
    return {
        "revision": str(annotation.revision_id),
        "start": annotation.start,
        "end": annotation.end,
        "exact": annotation.exact,
        "fragments": [list(part) for part in annotation.fragments],
        "claim": annotation.claim,
        "note": annotation.note,
        "state": annotation.state,
        "assignee": str(annotation.assignee_id) if annotation.assignee_id else None,
        "terms": sorted(terms),
        "attributions": [_attribution(row) for row in attributions],
        "evidence": [_evidence(row) for row in evidence],
        "links": [{"id": str(row.pk), "kind": row.kind, "target": str(row.target_id)} for row in links],
        "verdicts": [_verdict(row) for row in verdicts],
        "version": annotation.version,
    }


def current(annotation: Annotation, name: str) -> list[Any]:
    """The parts of one kind that are not retired, oldest first; uses what was prefetched."""
    rows: list[Part] = [row for row in annotation.rows_of(name) if row.retired_at is None]
    return sorted(rows, key=lambda row: row.pk)


def _attribution(row: Attribution) -> dict[str, Any]:
    terms = {
        name: getattr(row, name).key
        for name in ("origin", "identification", "channel", "distance")
        if getattr(row, name)
    }
    ranges = {"source_range": [row.source_start, row.source_end], "cue_range": [row.cue_start, row.cue_end]}
    placed = {name: bounds for name, bounds in ranges.items() if bounds[0] is not None}
    return {"id": str(row.pk), "source": row.source, **terms, **placed}


def _evidence(row: Evidence) -> dict[str, Any]:
    return {"id": str(row.pk), "url": row.url, "title": row.title, "stance": row.stance, "tier": row.tier}


def _verdict(row: Verdict) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "term": row.term.key,
        "rationale": row.rationale,
        "as_of": row.as_of.isoformat() if row.as_of else None,
    }

"""What leaves the house: one annotation or article as plain data, the same for the API and the exports."""

import datetime as dt
from typing import Any

from django.db.models import Prefetch, QuerySet

from annotations.models import Annotation, AnnotationTerm, Article, Attribution, Evidence, Review, Revision, Verdict

ATTRIBUTION_AXES = ("origin", "identification", "channel", "distance")


def with_parts(annotations: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """The annotations with everything `annotation_row` needs, in seven queries however many there are."""
    return annotations.select_related("author", "assignee").prefetch_related(
        Prefetch("labels", AnnotationTerm.objects.select_related("term").order_by("term__key")),
        Prefetch(
            "attributions",
            Attribution.objects.filter(retired_at=None).select_related(*ATTRIBUTION_AXES, "author").order_by("id"),
        ),
        Prefetch(
            "evidence",
            Evidence.objects.filter(retired_at=None)
            .select_related("file", "author")
            .order_by("id")
            .defer("file__content"),
        ),
        Prefetch("verdicts", Verdict.objects.filter(retired_at=None).select_related("term", "author")),
        Prefetch("reviews", Review.objects.filter(voided_at=None).select_related("person").order_by("id")),
    )


def annotation_row(annotation: Annotation) -> dict[str, Any]:
    """An annotation as DESIGN.md section 5 gives it. Offsets are code points, end exclusive."""
    verdicts = [verdict for verdict in annotation.rows_of("verdicts") if verdict.retired_at is None]
    return {
        "id": str(annotation.pk),
        "article": str(annotation.article_id),
        "revision": str(annotation.revision_id),
        "start": annotation.start,
        "end": annotation.end,
        "exact": annotation.exact,
        "prefix": annotation.prefix,
        "suffix": annotation.suffix,
        "fragments": [fragment_row(annotation, start, end) for start, end in annotation.fragments],
        "claim": annotation.claim,
        "note": annotation.note,
        "terms": sorted(label.term.key for label in annotation.rows_of("labels")),
        "attributions": [attribution_row(row) for row in annotation.rows_of("attributions") if row.retired_at is None],
        "evidence": [evidence_row(row) for row in annotation.rows_of("evidence") if row.retired_at is None],
        "verdict": verdict_row(verdicts[0]) if verdicts else None,
        "reviews": [review_row(row) for row in annotation.rows_of("reviews") if row.voided_at is None],
        "state": annotation.state,
        "version": annotation.version,
        "author": annotation.author.username,
        "assignee": annotation.assignee.username if annotation.assignee else None,
        "created": timestamp(annotation.created),
        "updated": timestamp(annotation.updated),
    }


def fragment_row(annotation: Annotation, start: int, end: int) -> dict[str, Any]:
    """One part of a discontinuous annotation, its quote cut from the envelope's."""
    return {"start": start, "end": end, "exact": annotation.exact[start - annotation.start : end - annotation.start]}


def attribution_row(row: Attribution) -> dict[str, Any]:
    terms = {axis: getattr(row, axis).key if getattr(row, axis) else None for axis in ATTRIBUTION_AXES}
    return {
        "id": str(row.pk),
        "source": row.source,
        **terms,
        "source_range": _range(row.source_start, row.source_end),
        "cue_range": _range(row.cue_start, row.cue_end),
        "author": row.author.username,
        "created": timestamp(row.created),
    }


def evidence_row(row: Evidence) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "url": row.url,
        "file": {"name": row.file.name, "size": row.file.size, "sha256": row.file.sha256} if row.file else None,
        "title": row.title,
        "publisher": row.publisher,
        "quote": row.quote,
        "locator": row.locator,
        "stance": row.stance,
        "tier": row.tier,
        "independence_group": row.independence_group,
        "unnamed": row.unnamed,
        "retrieved_at": timestamp(row.retrieved_at),
        "author": row.author.username,
        "created": timestamp(row.created),
    }


def verdict_row(row: Verdict) -> dict[str, Any]:
    return {
        "term": row.term.key,
        "rationale": row.rationale,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "author": row.author.username,
        "created": timestamp(row.created),
    }


def review_row(row: Review) -> dict[str, Any]:
    """A decision that stands; an emergency approval is one of them, so it shows wherever the verdict does."""
    return {
        "person": row.person.username,
        "decision": row.decision,
        "outcome": row.outcome,
        "reason": row.reason,
        "version": row.version,
        "created": timestamp(row.created),
    }


def article_row(article: Article) -> dict[str, Any]:
    """An article as DESIGN.md section 5 gives it; `desk` is the slug."""
    return {
        "id": str(article.pk),
        "desk": article.desk.slug,
        "title": article.title,
        "byline": article.byline,
        "outlet": article.outlet,
        "canonical_url": article.canonical_url,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "state": article.state,
        "revision": revision_row(article.revision) if article.revision else None,
        "version": article.version,
        "created": timestamp(article.created),
        "updated": timestamp(article.updated),
    }


def revision_row(revision: Revision) -> dict[str, Any]:
    return {
        "id": str(revision.pk),
        "number": revision.number,
        "length": revision.length,
        "sha256": revision.sha256,
    }


def timestamp(moment: dt.datetime | None) -> str | None:
    """RFC 3339 in UTC, ending in Z."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else None


def _range(start: int | None, end: int | None) -> dict[str, int] | None:
    return None if start is None or end is None else {"start": start, "end": end}

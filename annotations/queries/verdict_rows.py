"""Signed-off verdicts as flat rows: what most clients want, and nothing that is still being argued about."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from annotations.core.decisions import ReviewDecision
from annotations.core.states import AnnotationState
from annotations.models import Article, Attribution, Review, User, Verdict
from annotations.queries.export_rows import Export
from annotations.queries.rows import timestamp

NEEDED = (
    "rationale",
    "as_of",
    "created",
    "author__username",
    "term__key",
    "term__name",
    "term__rating_value",
    "term__rating_best",
    "term__rating_worst",
    "term__averitec",
    "annotation__revision_id",
    "annotation__start",
    "annotation__end",
    "annotation__exact",
    "annotation__claim",
    "annotation__updated",
    "annotation__article__title",
    "annotation__article__canonical_url",
    "annotation__article__desk__slug",
)


def signed_off_verdicts(user: User) -> QuerySet[Verdict]:
    """The current verdicts of signed-off annotations of the articles the user may see."""
    return _signed_off(Article.objects.visible_to(user))


def _signed_off(articles: QuerySet[Article]) -> QuerySet[Any]:
    return flat_verdicts().filter(
        retired_at=None,
        annotation__state=AnnotationState.SIGNED_OFF,
        annotation__article__in=articles.order_by().values("pk"),
    )


def flat_verdicts() -> QuerySet[Any]:
    """All verdicts there are, with what a `flat_verdict_row` says."""
    alone = Review.objects.filter(
        annotation=OuterRef("annotation"), decision=ReviewDecision.APPROVE_IN_EMERGENCY, voided_at=None
    )
    rows = Verdict.objects.select_related("author", "term", "annotation__article__desk").only(*NEEDED)
    return rows.annotate(emergency=Exists(alone))


def reviewed_verdicts(user: User) -> QuerySet[Any]:
    """The same verdicts, with what a `reviewed_row` says beside a flat one."""
    return _with_surroundings(signed_off_verdicts(user))


def readable_verdicts(user: User | AnonymousUser) -> QuerySet[Any]:
    """What `reviewed_verdicts` has for the user, and what the public pages show to everybody."""
    return _with_surroundings(_signed_off(Article.objects.visible_to(user) | Article.objects.published()))


def exported_verdicts(export: Export) -> Iterator[dict[str, Any]]:
    """Reviewed rows of an export's signed-off verdicts, oldest first."""
    rows = _with_surroundings(_signed_off(export.articles)).using(export.database)
    if export.since:
        rows = rows.filter(annotation__updated__gte=export.since)
    for row in rows.order_by("id").iterator(chunk_size=2_000):
        yield reviewed_row(row)


def _with_surroundings(verdicts: QuerySet[Any]) -> QuerySet[Any]:
    sources = Attribution.objects.filter(annotation=OuterRef("annotation"), retired_at=None).order_by("id")
    return verdicts.annotate(
        desk_name=F("annotation__article__desk__name"),
        published_at=F("annotation__article__published_at"),
        language=F("annotation__article__language"),
        said_by=Subquery(sources.values("source")[:1]),
    )


def reviewed_row(verdict: Any) -> dict[str, Any]:
    """A flat row with what a ClaimReview says beside it; `verdict` is one of `reviewed_verdicts`."""
    return flat_verdict_row(verdict) | {
        "desk_name": verdict.desk_name,
        "published_at": verdict.published_at.isoformat() if verdict.published_at else None,
        "language": verdict.language,
        "said_by": verdict.said_by,
    }


def flat_verdict_row(verdict: Verdict) -> dict[str, Any]:
    """One verdict with its statement and article. Offsets are code points of the revision's text, end exclusive."""
    annotation, term = verdict.annotation, verdict.term
    return {
        "id": str(verdict.pk),
        "annotation": str(annotation.pk),
        "article": str(annotation.article_id),
        "article_title": annotation.article.title,
        "canonical_url": annotation.article.canonical_url,
        "desk": annotation.article.desk.slug,
        "revision": str(annotation.revision_id),
        "start": annotation.start,
        "end": annotation.end,
        "exact": annotation.exact,
        "claim": annotation.claim,
        "verdict": term.key,
        "verdict_name": term.name,
        "rating_value": term.rating_value,
        "rating_best": term.rating_best,
        "rating_worst": term.rating_worst,
        "averitec": term.averitec or None,
        "rationale": verdict.rationale,
        "as_of": verdict.as_of.isoformat() if verdict.as_of else None,
        "emergency": verdict.emergency,  # type: ignore[attr-defined]  # annotated above
        "author": verdict.author.username,
        "created": timestamp(verdict.created),
        "updated": timestamp(annotation.updated),
    }

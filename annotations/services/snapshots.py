"""What a sign-off signs, as plain data: text hash, ranges, evidence, verdicts, reviews, coverage, vocabularies."""

from typing import Any

from annotations.core.states import AnnotationState
from annotations.models import (
    Annotation,
    AnnotationTerm,
    Article,
    Attribution,
    CoverageMark,
    Evidence,
    Review,
    Verdict,
    Vocabulary,
)

FORMAT = "factcheck-signoff-1"
AXES = ("origin", "identification", "channel", "distance")


def content_of(article: Article) -> dict[str, Any]:
    """Everything of the article that a signature covers, in a fixed order; JSON without floating point numbers."""
    revision = article.current
    annotations = Annotation.objects.filter(article=article).exclude(state=AnnotationState.SUGGESTED)
    parts = _parts(article)
    return {
        "format": FORMAT,
        "article": {
            "id": str(article.pk),
            "desk": article.desk.slug,
            "title": article.title,
            "byline": article.byline,
            "outlet": article.outlet,
            "canonical_url": article.canonical_url,
            "published_at": article.published_at.isoformat() if article.published_at else None,
            "language": article.language,
        },
        "revision": {
            "id": str(revision.pk),
            "number": revision.number,
            "length": revision.length,
            "sha256": revision.sha256,
        },
        "vocabularies": {
            row.key: row.version for row in Vocabulary.objects.filter(desk_id=article.desk_id).order_by("key")
        },
        "coverage": [
            [start, end]
            for start, end in CoverageMark.objects.filter(revision=revision, retired_at=None)
            .order_by("start", "end")
            .values_list("start", "end")
        ],
        "annotations": [
            _annotation(row) | {name: rows.get(str(row.pk), []) for name, rows in parts.items()}
            for row in annotations.order_by("start", "end", "id")
        ],
    }


def _annotation(row: Annotation) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "revision": str(row.revision_id),
        "start": row.start,
        "end": row.end,
        "exact": row.exact,
        "fragments": [list(part) for part in row.fragments],
        "claim": row.claim,
        "state": row.state,
    }


def _parts(article: Article) -> dict[str, dict[str, list[Any]]]:
    """By kind and annotation id, each list in order of creation; labels by key."""
    mine = {"annotation__article": article}
    current = {**mine, "retired_at": None}
    labels = AnnotationTerm.objects.filter(**mine).select_related("term").order_by("term__key")
    attributions = Attribution.objects.filter(**current).select_related(*AXES).order_by("id")
    evidence = Evidence.objects.filter(**current).select_related("file", "archive").order_by("id")
    verdicts = Verdict.objects.filter(**current).select_related("term", "author").order_by("id")
    reviews = Review.objects.filter(annotation__article=article, voided_at=None).select_related("person").order_by("id")
    return {
        "terms": _grouped((row.annotation_id, row.term.key) for row in labels),
        "attributions": _grouped((row.annotation_id, _attribution(row)) for row in attributions),
        "evidence": _grouped(
            (row.annotation_id, _evidence(row)) for row in evidence.defer("file__content", "archive__content")
        ),
        "verdicts": _grouped((row.annotation_id, _verdict(row)) for row in verdicts),
        "reviews": _grouped((row.annotation_id, _review(row)) for row in reviews),
    }


def _grouped(pairs: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for owner, value in pairs:
        found.setdefault(str(owner), []).append(value)
    return found


def _attribution(row: Attribution) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "source": row.source,
        **{axis: getattr(row, axis).key if getattr(row, axis) else None for axis in AXES},
        "source_range": [row.source_start, row.source_end],
        "cue_range": [row.cue_start, row.cue_end],
    }


def _evidence(row: Evidence) -> dict[str, Any]:
    names = ("url", "title", "publisher", "quote", "locator", "stance", "tier", "independence_group", "unnamed")
    return {
        "id": str(row.pk),
        **{name: getattr(row, name) for name in names},
        "retrieved_at": row.retrieved_at.isoformat() if row.retrieved_at else None,
        "file": row.file.sha256 if row.file else None,
        "archive": row.archive.sha256 if row.archive else None,
    }


def _verdict(row: Verdict) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "term": row.term.key,
        "rationale": row.rationale,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "author": row.author.username,
    }


def _review(row: Review) -> dict[str, Any]:
    return {"person": row.person.username, "decision": row.decision, "reason": row.reason, "version": row.version}

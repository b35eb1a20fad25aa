"""One document of an import: its article, new or known, and its spans as annotations, written through COPY."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from annotations import ingest
from annotations.core.anchors import anchor_at
from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.core.text import canonical_field, sha256_of
from annotations.formats.documents import BadSpan, IncomingDocument, IncomingSpan, bad_document
from annotations.models import (
    Annotation,
    AnnotationTerm,
    Article,
    Attribution,
    Desk,
    Event,
    Evidence,
    Link,
    Term,
    User,
    Verdict,
)
from annotations.models.base import new_id
from annotations.permissions import require
from annotations.services.annotations import remember, start_checking
from annotations.services.articles import import_article
from annotations.services.history import annotation_state
from annotations.services.imported_relations import tied
from annotations.services.locks import locked_article
from annotations.services.parts import attribution_row, evidence_row, label_rows, verdict_row
from annotations.services.rows import copied
from annotations.services.terms import ATTRIBUTION_AXES, terms_by_key

Terms = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Found:
    """How many spans became annotations now, and how many were there already."""

    created: int
    existing: int


@dataclass(slots=True)
class Rows:
    """What is to be written, by table."""

    annotations: list[Annotation]
    labels: list[AnnotationTerm]
    attributions: list[Attribution]
    evidence: list[Evidence]
    verdicts: list[Verdict]
    links: list[Link]


def imported(desk: Desk, actor: User, document: IncomingDocument, *, keep_labels: bool) -> Found:
    """Inside a transaction. `document` is in code points. Raises "bad_spans", "bad_document" and what services raise.

    The same text on the same desk is the same article, and a span with the same range, labels and claim is the same
    annotation, so that a repeated import adds nothing.
    """
    article = locked_article(_article(desk, actor, document).pk, actor)
    require(actor, "annotate", article)
    terms = terms_by_key(desk.pk, {key for span in document.spans for key in _keys(span)})
    known = _known(article)
    fresh: dict[int, Annotation] = {}
    rows, bad, existing = Rows([], [], [], [], [], []), [], 0
    for span in document.spans:
        try:
            mark = _mark(span, terms)
            if mark in known:
                existing += 1
                continue
            fresh[span.number] = _add(rows, article, actor, span, terms, keep_labels=keep_labels)
            known.add(mark)
        except DomainError as error:
            bad.append(BadSpan(span.number, error.code, error.message))
    if bad:
        raise bad_document(document.key, f"{len(bad)} spans are refused.", code="bad_spans", spans=bad)
    rows.links += tied(document, fresh, actor, keep_unknown=keep_labels)
    _write(rows, article, actor)
    return Found(len(rows.annotations), existing)


def _article(desk: Desk, actor: User, document: IncomingDocument) -> Article:
    """The one that is named, or has this text already, or a new one."""
    incoming = ingest.read_text(document.text)
    mine = Article.objects.visible_to(actor).filter(desk=desk)
    same = mine.filter(revision__sha256=sha256_of(document.text))
    if document.article:
        try:
            found = same.filter(pk=document.article).first()
        except (ValueError, TypeError):
            found = None
        if found is None:
            reason = f"No article {document.article} on this desk has this text."
            raise bad_document(document.key, reason, code="bad_document")
        return found
    if known := same.order_by("id").first():
        return known
    metadata: dict[str, Any] = {"title": document.key, **document.metadata}
    metadata["published_at"] = parse_date(str(metadata.get("published_at") or "")[:10])
    return import_article(desk_id=desk.pk, actor=actor, incoming=incoming, metadata=metadata)[0]


def _keys(span: IncomingSpan) -> Iterable[str]:
    yield from span.labels
    for row in span.attributions:
        yield from (str(row.get(axis) or "") for axis in ATTRIBUTION_AXES)
    if span.verdict:
        yield str(span.verdict.get("term") or "")


def _known(article: Article) -> set[tuple[Any, ...]]:
    rows = Annotation.objects.filter(article=article, revision=article.current).prefetch_related("labels__term")
    return {
        (
            row.start,
            row.end,
            tuple(map(tuple, row.fragments)),
            row.claim,
            tuple(sorted(label.term.key for label in row.labels.all())),
        )
        for row in rows
    }


def _mark(span: IncomingSpan, terms: Terms) -> tuple[Any, ...]:
    labels = tuple(sorted({key for key in span.labels if key in terms}))
    return (span.start, span.end, span.fragments, canonical_field(span.claim), labels)


def _add(
    rows: Rows, article: Article, actor: User, span: IncomingSpan, terms: Terms, *, keep_labels: bool
) -> Annotation:
    anchor = anchor_at(article.current.text, span.start, span.end)
    foreign = [key for key in span.labels if key not in terms] if keep_labels else []
    annotation = Annotation(
        id=new_id(),
        desk_id=article.desk_id,
        article=article,
        revision=article.current,
        author=actor,
        start=anchor.start,
        end=anchor.end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        fragments=[list(part) for part in span.fragments],
        claim=canonical_field(span.claim),
        note=canonical_field(_note(span, foreign)),
        state=AnnotationState.OPEN.value,
        created=timezone.now(),
        updated=timezone.now(),
    )
    _add_parts(rows, annotation, actor, span, terms, [key for key in span.labels if key not in foreign])
    rows.annotations.append(annotation)
    return annotation


def _add_parts(
    rows: Rows, annotation: Annotation, actor: User, span: IncomingSpan, terms: Terms, keys: Sequence[str]
) -> None:
    text = annotation.article.current.text
    labels = label_rows(annotation, list(keys), terms)
    attributions = [attribution_row(annotation, _attribution(row), actor, terms, text) for row in span.attributions]
    evidence = [evidence_row(annotation, _evidence(row), actor) for row in span.evidence]
    verdicts = [verdict_row(annotation, _verdict(span.verdict), actor, terms)] if span.verdict else []
    rows.labels += labels
    rows.attributions += attributions
    rows.evidence += evidence
    rows.verdicts += verdicts
    remember(
        annotation, labels=labels, attributions=attributions, evidence=evidence, verdicts=verdicts, links=[], reviews=[]
    )


def _note(span: IncomingSpan, foreign: Sequence[str]) -> str:
    """The note, and below it what has no place of its own."""
    more = [f"{name}: {value}" for name, value in span.attributes.items()]
    if foreign:
        more.insert(0, f"labels: {', '.join(foreign)}")
    return "\n".join([*([span.note] if span.note else []), *more])


def _attribution(row: Mapping[str, Any]) -> AttributionDraft:
    given: dict[str, Any] = {axis: str(row.get(axis) or "") for axis in ATTRIBUTION_AXES}
    for name in ("source_range", "cue_range"):
        if row.get(name):
            given[name] = (row[name]["start"], row[name]["end"])
    return AttributionDraft(str(row.get("source") or ""), **given)


def _evidence(row: Mapping[str, Any]) -> EvidenceDraft:
    names = ("url", "title", "publisher", "quote", "locator", "stance", "tier", "independence_group")
    given: dict[str, Any] = {name: str(row[name]) for name in names if row.get(name)}
    moment = parse_datetime(str(row["retrieved_at"])) if row.get("retrieved_at") else None
    return EvidenceDraft(**given, unnamed=bool(row.get("unnamed")), retrieved_at=moment)


def _verdict(row: Mapping[str, Any]) -> VerdictDraft:
    as_of = parse_date(str(row["as_of"])) if row.get("as_of") else None
    return VerdictDraft(str(row.get("term") or ""), str(row.get("rationale") or ""), as_of)


def _write(rows: Rows, article: Article, actor: User) -> None:
    if not rows.annotations:
        return
    now = timezone.now()
    copied(Annotation, rows.annotations)
    copied(AnnotationTerm, rows.labels)
    Attribution.objects.bulk_create(rows.attributions)
    Evidence.objects.bulk_create(rows.evidence)
    Verdict.objects.bulk_create(rows.verdicts)
    Link.objects.bulk_create(rows.links)
    start_checking(article, actor)
    copied(
        Event,
        [
            Event(
                desk_id=article.desk_id,
                article_id=article.pk,
                annotation_id=row.pk,
                actor=actor,
                action="create",
                object_type="annotation",
                object_id=row.pk,
                after=annotation_state(row),
                created=now,
            )
            for row in rows.annotations
        ],
    )

"""A batch of documents: their spans as annotations of their articles, written together through COPY."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.utils import timezone

from annotations.core.anchors import anchor_at
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, ArticleState
from annotations.core.text import canonical_field
from annotations.core.wording import _
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
from annotations.services.history import annotation_with, article_state, event_row
from annotations.services.imported_articles import articles_of
from annotations.services.imported_drafts import attribution_draft, evidence_draft, verdict_draft
from annotations.services.imported_relations import tied
from annotations.services.parts import attribution_row, evidence_row, labels_picked, verdict_row
from annotations.services.rows import copied, copy_in, made
from annotations.services.terms import ATTRIBUTION_AXES, terms_by_key

Terms = Mapping[str, Term]
Mark = tuple[Any, ...]
"""What makes two spans of one text the same annotation: range, fragments, claim, labels."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many spans of a document became annotations now, and how many were there already."""

    created: int
    existing: int


@dataclass(slots=True)
class New:
    """An annotation to be written, with its labels and parts."""

    annotation: Annotation
    labels: Sequence[Term]
    attributions: list[Attribution] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def state(self) -> dict[str, Any]:
        return annotation_with(
            self.annotation,
            terms=[term.key for term in self.labels],
            attributions=self.attributions,
            evidence=self.evidence,
            links=self.links,
            verdicts=self.verdicts,
        )


@dataclass(frozen=True, slots=True)
class Importer:
    """What is the same for every span of a batch."""

    actor: User
    terms: Terms
    keep_labels: bool
    now: dt.datetime
    known_labels: dict[tuple[str, ...], list[Term]] = field(default_factory=dict)

    def labels_of(self, keys: tuple[str, ...]) -> list[Term]:
        """Raises what `pick` raises. Spans share their labels, so each set of them is looked at once."""
        if keys not in self.known_labels:
            self.known_labels[keys] = labels_picked(keys, self.terms)
        return self.known_labels[keys]


def imported(desk: Desk, actor: User, documents: Sequence[IncomingDocument], *, keep_labels: bool) -> list[Found]:
    """All of them or none; inside a transaction. `documents` are in code points, no two with the same text.

    Raises "bad_spans", "bad_document" and what services raise. The same text on the same desk is the same article, and
    a span with the same range, labels and claim is the same annotation, so that a repeated import adds nothing.
    """
    articles = articles_of(desk, actor, documents)
    keys = {key for document in documents for span in document.spans for key in _keys(span)}
    importer = Importer(actor, terms_by_key(desk.pk, keys), keep_labels, timezone.now())
    known = _known(articles)
    found, fresh, started = [], [], []
    for document, article in zip(documents, articles, strict=True):
        require(actor, "annotate", article)
        new = _of_document(importer, document, article, known.get(article.pk, set()))
        found.append(Found(len(new), len(document.spans) - len(new)))
        fresh += new
        if new and article.state == ArticleState.DRAFT:
            started.append(article)
    _write(fresh, started, actor)
    return found


def _of_document(importer: Importer, document: IncomingDocument, article: Article, known: set[Mark]) -> list[New]:
    """What is new of a document. Raises "bad_spans", "unknown_relation"."""
    fresh: dict[int, New] = {}
    bad = []
    for span in document.spans:
        mark = _mark(span, importer.terms)
        if mark in known:
            continue
        try:
            fresh[span.number] = _new(importer, article, span)
        except DomainError as error:
            bad.append(BadSpan(span.number, error.code, error.message))
        known.add(mark)
    if bad:
        raise bad_document(
            document.key, _("{count} spans are refused.").format(count=len(bad)), code="bad_spans", spans=bad
        )
    links = tied(
        document, {number: new.annotation for number, new in fresh.items()}, importer.actor, importer.keep_labels
    )
    by_id = {new.annotation.pk: new for new in fresh.values()}
    for link in links:
        by_id[link.annotation_id].links.append(link)
    return list(fresh.values())


def _keys(span: IncomingSpan) -> Iterable[str]:
    yield from span.labels
    for row in span.attributions:
        yield from (str(row.get(axis) or "") for axis in ATTRIBUTION_AXES)
    if span.verdict:
        yield str(span.verdict.get("term") or "")


def _known(articles: Sequence[Article]) -> dict[Any, set[Mark]]:
    """The annotations of current texts that were there before, by article."""
    found: dict[Any, set[Mark]] = {}
    revisions = [article.revision_id for article in articles]
    rows = Annotation.objects.filter(revision__in=revisions, article__in=articles)
    for row in rows.prefetch_related("labels__term"):
        labels = tuple(sorted(label.term.key for label in row.labels.all()))
        mark = (row.start, row.end, tuple(map(tuple, row.fragments)), row.claim, labels)
        found.setdefault(row.article_id, set()).add(mark)
    return found


def _mark(span: IncomingSpan, terms: Terms) -> Mark:
    labels = tuple(sorted({key for key in span.labels if key in terms}))
    return (span.start, span.end, span.fragments, canonical_field(span.claim), labels)


def _new(importer: Importer, article: Article, span: IncomingSpan) -> New:
    text, terms, actor = article.current.text, importer.terms, importer.actor
    anchor = anchor_at(text, span.start, span.end)
    foreign = [key for key in span.labels if key not in terms] if importer.keep_labels else []
    annotation = made(
        Annotation,
        id=new_id(),
        desk_id=article.desk_id,
        article_id=article.pk,
        revision_id=article.revision_id,
        start=anchor.start,
        end=anchor.end,
        exact=anchor.exact,
        prefix=anchor.prefix,
        suffix=anchor.suffix,
        fragments=[list(part) for part in span.fragments],
        claim=canonical_field(span.claim),
        note=canonical_field(_note(span, foreign)),
        state=AnnotationState.OPEN.value,
        version=1,
        author_id=actor.pk,
        assignee_id=None,
        created=importer.now,
        updated=importer.now,
    )
    return New(
        annotation,
        importer.labels_of(tuple(key for key in span.labels if key not in foreign)),
        [attribution_row(annotation, attribution_draft(row), actor, terms, text) for row in span.attributions],
        [evidence_row(annotation, evidence_draft(row), actor) for row in span.evidence],
        [verdict_row(annotation, verdict_draft(span.verdict), actor, terms)] if span.verdict else [],
    )


def _note(span: IncomingSpan, foreign: Sequence[str]) -> str:
    """The note, and below it what has no place of its own."""
    more = [f"{name}: {value}" for name, value in span.attributes.items()]
    if foreign:
        more.insert(0, f"labels: {', '.join(foreign)}")
    return "\n".join([*([span.note] if span.note else []), *more])


def _write(fresh: Sequence[New], started: Sequence[Article], actor: User) -> None:
    if not fresh:
        return
    copied(Annotation, [new.annotation for new in fresh])
    labels = ((new.annotation.desk_id, new.annotation.pk, term.pk) for new in fresh for term in new.labels)
    copy_in(AnnotationTerm, ("desk", "annotation", "term"), labels)
    copied(Attribution, _all(fresh, lambda new: new.attributions))
    copied(Evidence, _all(fresh, lambda new: new.evidence))
    copied(Verdict, _all(fresh, lambda new: new.verdicts))
    copied(Link, _all(fresh, lambda new: new.links))
    events = [event_row(new.annotation, actor=actor, action="create", after=new.state()) for new in fresh]
    copied(Event, [*_start(started, actor), *events])


def _all(fresh: Sequence[New], parts: Callable[[New], list[Any]]) -> list[Any]:
    return [row for new in fresh for row in parts(new)]


def _start(articles: Sequence[Article], actor: User) -> Iterator[Event]:
    """The first annotations turn drafts into articles that are being checked."""
    before = [article_state(article) for article in articles]
    rows = Article.objects.filter(pk__in=[article.pk for article in articles])
    rows.update(state=ArticleState.CHECKING.value, version=F("version") + 1, updated=timezone.now())
    for article, earlier in zip(articles, before, strict=True):
        article.state = ArticleState.CHECKING.value
        article.version += 1
        yield event_row(article, actor=actor, action="start", before=earlier, after=article_state(article))

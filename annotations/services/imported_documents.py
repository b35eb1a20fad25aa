"""A batch of documents: their spans as annotations of their articles, written together through COPY."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, Value
from django.utils import timezone

from annotations.core.errors import DomainError
from annotations.core.states import ArticleState
from annotations.core.text import canonical_field
from annotations.core.wording import _
from annotations.formats.documents import BadSpan, IncomingDocument, IncomingSpan, bad_document
from annotations.formats.plain_spans import PlainSpans
from annotations.models import Annotation, Article, Desk, Event, Term, User
from annotations.permissions import require
from annotations.services.binary_rows import Ids
from annotations.services.imported_articles import Texts, articles_of, start
from annotations.services.imported_drafts import attribution_draft, evidence_draft, verdict_draft
from annotations.services.imported_relations import tie
from annotations.services.imported_rows import New, Rows
from annotations.services.parts import attribution_row, evidence_row, labels_picked, verdict_row
from annotations.services.plain_rows import Labels, Place
from annotations.services.terms import ATTRIBUTION_AXES, terms_by_key

Terms = Mapping[str, Term]
Mark = tuple[Any, ...]
"""What makes two spans of one text the same annotation: range, fragments, claim, labels."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many spans of a document became annotations now, and how many were there already."""

    created: int
    existing: int


@dataclass(frozen=True, slots=True)
class Importer:
    """What is the same for every span of a batch."""

    actor: User
    terms: Terms
    keep_labels: bool
    now: dt.datetime
    ids: Ids
    known_labels: dict[tuple[str, ...], Labels] = field(default_factory=dict)

    def labels_of(self, keys: tuple[str, ...]) -> Labels:
        """Raises what `pick` raises. Spans share their labels, so each set of them is looked at once."""
        if found := self.known_labels.get(keys):
            return found
        made = self.known_labels[keys] = Labels.of(labels_picked(keys, self.terms))
        return made

    def knows(self, keys: tuple[str, ...]) -> bool:
        """Whether `known_labels` has them now."""
        with suppress(DomainError):
            self.labels_of(keys)
        return keys in self.known_labels


def no_hold(*, is_wanted: bool = False) -> None:
    """For whoever may store at once."""


def imported(
    desk: Desk,
    actor: User,
    documents: Sequence[IncomingDocument],
    texts: Texts,
    *,
    keep_labels: bool,
    hold: Callable[..., None] = no_hold,
) -> list[Found]:
    """All of them or none; inside a transaction. `documents` are in code points, no two with the same text.

    Raises "bad_spans", "bad_document" and what services raise. The same text on the same desk is the same article, and
    a span with the same range, labels and claim is the same annotation, so that a repeated import adds nothing. What a
    file has twice comes in twice: each of the two may say something of its own.

    `hold` is called before the history is locked, and with `is_wanted` as soon as articles are locked that were there
    before; what it raises ends the transaction.
    """
    now = timezone.now()
    articles = articles_of(desk, actor, documents, texts, now)
    if articles.earlier:
        hold(is_wanted=True)
    keys = set(chain.from_iterable(_keys(document.spans) for document in documents))
    rows, found, started = Rows(desk, actor, now), [], []
    importer = Importer(actor, terms_by_key(desk.pk, keys), keep_labels, now, rows.ids)
    known = _known(articles.earlier) if articles.earlier else {}
    for document, article in zip(documents, articles.of_documents, strict=True):
        require(actor, "annotate", article)
        new = _of_document(importer, document, article, known.get(article.pk, Counter()), rows)
        found.append(Found(new, len(document.spans) - new))
        if new and article.state == ArticleState.DRAFT:
            started.append(article)
    events = articles.events + _start(started, actor)
    rows.write()
    hold()
    rows.tell(events)
    return found


def _of_document(
    importer: Importer, document: IncomingDocument, article: Article, known: Counter[Mark], rows: Rows
) -> int:
    """How many spans are new, which `rows` get; each of the known stands for one of the others.

    Raises "bad_spans", "unknown_relation".
    """
    tied: dict[int, New] | None = {} if document.relations else None
    place, bad = Place.of(article), []
    spans = _unknown(document.spans, known, importer.terms) if known else document.spans
    if isinstance(spans, PlainSpans) and all(map(importer.knows, set(spans.labels))):
        _add_plain(importer, place, spans, rows)
        return len(spans)
    for span in spans:
        try:
            if tied is not None:
                tied[span.number] = _new(importer, place, span)
            else:
                rows.add(_new(importer, place, span))
        except DomainError as error:
            bad.append(BadSpan(span.number, error.code, error.message))
    if bad:
        raise bad_document(
            document.key, _("{count} spans are refused.").format(count=len(bad)), code="bad_spans", spans=bad
        )
    if tied is not None:
        tie(document, tied, importer.actor, importer.keep_labels)
        for new in tied.values():
            rows.add(new)
    return len(spans)


def _add_plain(importer: Importer, place: Place, spans: PlainSpans, rows: Rows) -> None:
    """All of them, whose labels are known."""
    add, labels = rows.plain(place), importer.known_labels
    for first, last, keys in spans.places():
        add(first, last, labels[keys])


def _unknown(spans: Sequence[IncomingSpan], known: Counter[Mark], terms: Terms) -> list[IncomingSpan]:
    found = []
    for span in spans:
        if known[mark := _mark(span, terms)]:
            known[mark] -= 1
        else:
            found.append(span)
    return found


def _keys(spans: Sequence[IncomingSpan]) -> Iterable[str]:
    if isinstance(spans, PlainSpans):
        yield from chain.from_iterable(set(spans.labels))
        return
    yield from chain.from_iterable({span.labels for span in spans})
    for row in chain.from_iterable([span.attributions for span in spans if span.attributions]):
        yield from (str(row.get(axis) or "") for axis in ATTRIBUTION_AXES)
    for verdict in [span.verdict for span in spans if span.verdict]:
        yield str(verdict.get("term") or "")


def _known(articles: Sequence[Article]) -> dict[Any, Counter[Mark]]:
    """How many annotations of each mark there were before on current texts, by article."""
    found: dict[Any, Counter[Mark]] = {}
    revisions = [article.revision_id for article in articles]
    rows = Annotation.objects.filter(revision__in=revisions, article__in=articles)
    labelled = rows.annotate(keys=ArrayAgg("labels__term__key", filter=Q(labels__isnull=False), default=Value([])))
    for article, first, last, fragments, claim, keys in labelled.values_list(
        "article_id", "start", "end", "fragments", "claim", "keys"
    ):
        mark = (first, last, tuple(map(tuple, fragments)), claim, tuple(sorted(keys)))
        found.setdefault(article, Counter())[mark] += 1
    return found


def _mark(span: IncomingSpan, terms: Terms) -> Mark:
    labels = span.labels
    if len(labels) > 1 or not all(key in terms for key in labels):
        labels = tuple(sorted({key for key in labels if key in terms}))
    return (span.start, span.end, span.fragments, canonical_field(span.claim), labels)


def _new(importer: Importer, place: Place, span: IncomingSpan) -> New:
    start, end, claim, note, keys = span.start, span.end, span.claim, span.note, span.labels
    foreign = [key for key in keys if key not in importer.terms] if importer.keep_labels else ()
    if claim or note or foreign or span.attributes:
        claim, note = canonical_field(claim), canonical_field(_note(span, foreign))
        keys = tuple(key for key in keys if key not in foreign)
    new = New(importer.ids.new(), place, start, end, span.fragments, claim, note, importer.labels_of(keys))
    if span.attributions or span.evidence or span.verdict:
        _add_parts(new, span, importer)
    return new


def _add_parts(new: New, span: IncomingSpan, importer: Importer) -> None:
    row, text, terms, actor = (
        new.row(importer.actor, importer.now),
        new.place.text,
        importer.terms,
        importer.actor,
    )
    new.attributions = [attribution_row(row, attribution_draft(each), actor, terms, text) for each in span.attributions]
    new.evidence = [evidence_row(row, evidence_draft(each), actor) for each in span.evidence]
    if span.verdict:
        new.verdicts = [verdict_row(row, verdict_draft(span.verdict), actor, terms)]


def _note(span: IncomingSpan, foreign: Sequence[str]) -> str:
    """The note, and below it what has no place of its own."""
    more = [f"{name}: {value}" for name, value in span.attributes.items()]
    if foreign:
        more.insert(0, f"labels: {', '.join(foreign)}")
    return "\n".join([*([span.note] if span.note else []), *more])


def _start(articles: Sequence[Article], actor: User) -> list[Event]:
    """Of earlier articles that get their first annotations. The events are not stored yet."""
    if articles:
        rows = Article.objects.filter(pk__in=[article.pk for article in articles])
        rows.update(state=ArticleState.CHECKING.value, version=F("version") + 1, updated=timezone.now())
    return [start(article, actor) for article in articles]

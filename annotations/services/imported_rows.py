"""What an imported annotation becomes, written as COPY's text: no model objects and no queries for each span."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from json.encoder import encode_basestring as quoted
from typing import Any, Final
from uuid import UUID

from annotations.core.anchors import Anchor
from annotations.core.states import AnnotationState
from annotations.formats.documents import Fragments
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
from annotations.services.chained_events import COLUMNS, Chain, jsonb
from annotations.services.history import annotation_with
from annotations.services.rows import copied, copied_text, escaped, made

ANNOTATION: Final = (
    "id", "desk", "article", "revision", "start", "end", "exact", "prefix", "suffix", "fragments", "claim", "note",
    "state", "version", "author", "created", "updated",
)  # fmt: skip
OPEN: Final = AnnotationState.OPEN.value
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a span, which many spans have: ids of their terms, their keys, and these as JSON lists them."""

    terms: Sequence[str]
    keys: Sequence[str]
    listed: str

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Labels":
        keys = sorted(term.key for term in terms)
        return cls([str(term.pk) for term in terms], keys, ", ".join(map(quoted, keys)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the spans of a document go: the article and its text, with the ids that every row repeats."""

    article: Article
    text: str
    desk_id: str
    article_id: str
    revision_id: str

    @classmethod
    def of(cls, article: Article) -> "Place":
        ids = (str(article.desk_id), str(article.pk), str(article.revision_id))
        return cls(article, article.current.text, *ids)


@dataclass(slots=True)
class New:
    """An annotation to be written, with its labels and parts. `id` and `event` are UUIDv7 as text."""

    id: str
    event: str
    place: Place
    anchor: Anchor
    fragments: Fragments
    claim: str
    note: str
    labels: Labels
    attributions: list[Attribution] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def row(self, actor: User, now: dt.datetime) -> Annotation:
        """As a model object, for what hangs on it."""
        anchor, article = self.anchor, self.place.article
        return annotation_row(
            id=UUID(self.id),
            desk_id=article.desk_id,
            article_id=article.pk,
            revision_id=article.revision_id,
            start=anchor.start,
            end=anchor.end,
            exact=anchor.exact,
            prefix=anchor.prefix,
            suffix=anchor.suffix,
            fragments=[list(part) for part in self.fragments],
            claim=self.claim,
            note=self.note,
            author_id=actor.pk,
            created=now,
            updated=now,
        )


def annotation_row(**values: Any) -> Annotation:
    """As every imported annotation begins."""
    return made(Annotation, state=OPEN, version=VERSION, assignee_id=None, **values)


def write(desk: Desk, fresh: Sequence[New], events: Sequence[Event], actor: User, now: dt.datetime) -> None:
    """The annotations with their labels and parts, each table through one COPY; `events`, and after them theirs."""
    if fresh:
        _write_rows(fresh, actor, now)
    if fresh or events:
        chain = Chain(desk.pk, actor, now)
        copied_text(Event, COLUMNS, itertools.chain(map(chain.line_of, events), _events(chain, fresh, actor, now)))


def _write_rows(fresh: Sequence[New], actor: User, now: dt.datetime) -> None:
    copied_text(Annotation, ANNOTATION, _annotations(fresh, actor, now))
    copied_text(AnnotationTerm, ("desk", "annotation", "term"), _labels(fresh))
    copied(Attribution, _all(fresh, lambda new: new.attributions))
    copied(Evidence, _all(fresh, lambda new: new.evidence))
    copied(Verdict, _all(fresh, lambda new: new.verdicts))
    copied(Link, _all(fresh, lambda new: new.links))


def _annotations(fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[str]:
    end = f"{OPEN}\t{VERSION}\t{actor.pk}\t{now}\t{now}\n"
    for new in fresh:
        place, anchor = new.place, new.anchor
        parts = ",".join(f"{{{start},{end}}}" for start, end in new.fragments)
        yield (
            f"{new.id}\t{place.desk_id}\t{place.article_id}\t{place.revision_id}\t{anchor.start}\t{anchor.end}\t"
            f"{escaped(anchor.exact)}\t{escaped(anchor.prefix)}\t{escaped(anchor.suffix)}\t{{{parts}}}\t"
            f"{escaped(new.claim)}\t{escaped(new.note)}\t{end}"
        )


def _labels(fresh: Sequence[New]) -> Iterable[str]:
    return (f"{new.place.desk_id}\t{new.id}\t{term}\n" for new in fresh for term in new.labels.terms)


def _events(chain: Chain, fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[str]:
    for new in fresh:
        what = ("create", "annotation", new.id)
        yield chain.line(new.event, new.place.article_id, new.id, what, _state(new, actor, now))


def _state(new: New, actor: User, now: dt.datetime) -> str:
    """What the event says of the annotation: `annotation_with` as `jsonb` writes it."""
    if new.fragments or new.attributions or new.evidence or new.verdicts or new.links:
        row = new.row(actor, now)
        parts = {name: getattr(new, name) for name in ("attributions", "evidence", "links", "verdicts")}
        return jsonb(annotation_with(row, terms=new.labels.keys, **parts))
    anchor = new.anchor
    return _plain_state() % {
        "revision_id": f'"{new.place.revision_id}"',
        "start": anchor.start,
        "end": anchor.end,
        "exact": quoted(anchor.exact),
        "claim": quoted(new.claim),
        "note": quoted(new.note),
        "terms": new.labels.listed,
    }


@cache
def _plain_state() -> str:
    """The same for an annotation without fragments and parts, with a named place for each value: written out once."""
    sample = annotation_row(
        **dict.fromkeys(("id", "desk_id", "article_id", "prefix", "suffix", "author_id", "created", "updated")),
        **{name: f"%({name})s" for name in ("revision_id", "start", "end", "exact", "claim", "note")},
        fragments=[],
    )
    nothing: dict[str, Any] = dict.fromkeys(("attributions", "evidence", "links", "verdicts"), ())
    return jsonb(annotation_with(sample, terms=["%(terms)s"], **nothing)).replace('"%(', "%(").replace(')s"', ")s")


def _all(fresh: Sequence[New], parts: Callable[[New], list[Any]]) -> list[Any]:
    return [row for new in fresh for row in parts(new)]

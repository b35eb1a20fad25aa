"""What an imported annotation becomes, as rows for COPY: no model objects and no queries for each span."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring as quoted
from struct import Struct
from typing import Any, Final
from uuid import UUID

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
from annotations.services.binary_rows import (
    EMPTY,
    begin,
    copied,
    copied_binary,
    integer,
    moment,
    ranges,
    same_uuid,
    text,
    uuid,
)
from annotations.services.chained_events import COLUMNS, Chain, jsonb
from annotations.services.history import annotation_with
from annotations.services.rows import made

ANNOTATION: Final = (
    "id", "desk", "article", "revision", "start", "end", "exact", "prefix", "suffix", "claim", "note", "fragments",
    "state", "version", "author", "created", "updated",
)  # fmt: skip
OPEN: Final = AnnotationState.OPEN.value
VERSION: Final = 1
PLACE: Final = Struct("!iiii").pack
NO_RANGES: Final = ranges(())


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
    """Where the spans of a document go: article and text, with the ids that every row repeats, `ids` as columns."""

    article: Article
    text: str
    desk_id: str
    article_id: str
    revision_id: str
    ids: bytes

    @classmethod
    def of(cls, article: Article) -> "Place":
        ids = (str(article.desk_id), str(article.pk), str(article.revision_id))
        return cls(article, article.current.text, *ids, b"".join(map(uuid, ids)))


@dataclass(slots=True)
class New:
    """An annotation to be written, with its labels and parts. `id` and `event` are UUIDv7 as text.

    `start`, `end`: code points, end exclusive; `exact`, `prefix`, `suffix` are slices of the text at `place`.
    """

    id: str
    event: str
    place: Place
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    fragments: Fragments
    claim: str
    note: str
    labels: Labels
    attributions: Sequence[Attribution] = ()
    evidence: Sequence[Evidence] = ()
    verdicts: Sequence[Verdict] = ()
    links: Sequence[Link] = ()

    def row(self, actor: User, now: dt.datetime) -> Annotation:
        """As a model object, for what hangs on it."""
        article = self.place.article
        return annotation_row(
            id=UUID(self.id),
            desk_id=article.desk_id,
            article_id=article.pk,
            revision_id=article.revision_id,
            start=self.start,
            end=self.end,
            exact=self.exact,
            prefix=self.prefix,
            suffix=self.suffix,
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
        copied_binary(Event, COLUMNS, itertools.chain(map(chain.row_of, events), _events(chain, fresh, actor, now)))


def _write_rows(fresh: Sequence[New], actor: User, now: dt.datetime) -> None:
    copied_binary(Annotation, ANNOTATION, _annotations(fresh, actor, now))
    copied_binary(AnnotationTerm, ("desk", "annotation", "term"), _labels(fresh))
    copied(_all(fresh, lambda new: new.attributions))
    copied(_all(fresh, lambda new: new.evidence))
    copied(_all(fresh, lambda new: new.verdicts))
    copied(_all(fresh, lambda new: new.links))


def _annotations(fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[bytes]:
    clock = moment(now)
    begins, end = begin(len(ANNOTATION)), b"".join((text(OPEN), integer(4, VERSION), uuid(str(actor.pk)), clock, clock))
    for new in fresh:
        yield b"".join(
            (
                begins, same_uuid(new.id), new.place.ids, PLACE(4, new.start, 4, new.end), text(new.exact),
                text(new.prefix), text(new.suffix), text(new.claim) if new.claim else EMPTY,
                text(new.note) if new.note else EMPTY, ranges(new.fragments) if new.fragments else NO_RANGES, end,
            )
        )  # fmt: skip


def _labels(fresh: Sequence[New]) -> Iterable[bytes]:
    begins = begin(3)
    return (
        b"".join((begins, same_uuid(new.place.desk_id), same_uuid(new.id), same_uuid(term)))
        for new in fresh
        for term in new.labels.terms
    )


def _events(chain: Chain, fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[bytes]:
    for new in fresh:
        what = ("create", "annotation", new.id)
        yield chain.row(new.event, new.place.article_id, new.id, what, _state(new, actor, now))


def _state(new: New, actor: User, now: dt.datetime) -> str:
    """What the event says of the annotation: `annotation_with` as `jsonb` writes it."""
    if new.fragments or new.attributions or new.evidence or new.verdicts or new.links:
        row = new.row(actor, now)
        parts = {name: getattr(new, name) for name in ("attributions", "evidence", "links", "verdicts")}
        return jsonb(annotation_with(row, terms=new.labels.keys, **parts))
    values = {
        "revision_id": f'"{new.place.revision_id}"',
        "start": new.start,
        "end": new.end,
        "exact": quoted(new.exact),
        "claim": quoted(new.claim) if new.claim else NO_TEXT,
        "note": quoted(new.note) if new.note else NO_TEXT,
        "terms": new.labels.listed,
    }
    return _plain_state() % values


NO_TEXT: Final = '""'


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


def _all(fresh: Sequence[New], parts: Callable[[New], Sequence[Any]]) -> list[Any]:
    return [row for new in fresh for row in parts(new)]

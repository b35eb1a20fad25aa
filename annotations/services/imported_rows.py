"""What an imported annotation becomes, written as COPY's text: no model objects and no queries for each span."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring as quoted
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
from annotations.services.chained_events import COLUMNS, Chain, Chained, chained, jsonb
from annotations.services.history import annotation_with
from annotations.services.rows import copied, copied_text, escaped, made

ANNOTATION: Final = (
    "id", "desk", "article", "revision", "start", "end", "exact", "prefix", "suffix", "claim", "note", "fragments",
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
    """Where the spans of a document go: article and text, with the ids that every row repeats, `ids` as columns."""

    article: Article
    text: str
    desk_id: str
    article_id: str
    revision_id: str
    ids: str

    @classmethod
    def of(cls, article: Article) -> "Place":
        ids = (str(article.desk_id), str(article.pk), str(article.revision_id))
        return cls(article, article.current.text, *ids, "\t".join(ids))


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
        copied_text(Event, COLUMNS, chain.lines(itertools.chain(map(chained, events), _events(fresh, actor, now))))


def _write_rows(fresh: Sequence[New], actor: User, now: dt.datetime) -> None:
    copied_text(Annotation, ANNOTATION, _annotations(fresh, actor, now))
    copied_text(AnnotationTerm, ("desk", "annotation", "term"), _labels(fresh))
    copied(Attribution, _all(fresh, lambda new: new.attributions))
    copied(Evidence, _all(fresh, lambda new: new.evidence))
    copied(Verdict, _all(fresh, lambda new: new.verdicts))
    copied(Link, _all(fresh, lambda new: new.links))


def _annotations(fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[bytes]:
    """The texts of a row are escaped together: no text has the NUL that holds them apart."""
    end = f"{OPEN}\t{VERSION}\t{actor.pk}\t{now}\t{now}\n"
    for new in fresh:
        place, said = new.place, f"{new.exact}\0{new.prefix}\0{new.suffix}\0{new.claim}\0{new.note}"
        texts = escaped(said.encode()).replace(b"\0", b"\t")
        parts = ",".join(f"{{{start},{end}}}" for start, end in new.fragments) if new.fragments else ""
        begin = f"{new.id}\t{place.ids}\t{new.start}\t{new.end}\t"
        yield b"".join((begin.encode(), texts, f"\t{{{parts}}}\t{end}".encode()))


def _labels(fresh: Sequence[New]) -> Iterable[bytes]:
    return (f"{new.place.desk_id}\t{new.id}\t{term}\n".encode() for new in fresh for term in new.labels.terms)


def _events(fresh: Sequence[New], actor: User, now: dt.datetime) -> Iterable[Chained]:
    for new in fresh:
        id, after = new.id, _state(new, actor, now)
        yield new.event, new.place.article_id, id, "create", "annotation", id, after, None


def _state(new: New, actor: User, now: dt.datetime) -> bytes:
    """What the event says of the annotation: `annotation_with` as `jsonb` writes it."""
    if new.fragments or new.attributions or new.evidence or new.verdicts or new.links:
        row = new.row(actor, now)
        parts = {name: getattr(new, name) for name in ("attributions", "evidence", "links", "verdicts")}
        return jsonb(annotation_with(row, terms=new.labels.keys, **parts)).encode()
    end, note, claim, exact, start, terms, revision, rest = _plain_state()
    return (
        f"{end}{new.end}{note}{quoted(new.note) if new.note else NO_TEXT}{claim}"
        f"{quoted(new.claim) if new.claim else NO_TEXT}{exact}{quoted(new.exact)}{start}{new.start}{terms}"
        f'{new.labels.listed}{revision}"{new.place.revision_id}"{rest}'
    ).encode()


NO_TEXT: Final = '""'
VALUES: Final = ("end", "note", "claim", "exact", "start", "terms", "revision_id")
"""Of an annotation without fragments and parts, in the order in which `jsonb` writes them."""


@cache
def _plain_state() -> list[str]:
    """What stands before each of these values in the state, and behind the last one: written out once."""
    sample = annotation_row(
        **dict.fromkeys(("id", "desk_id", "article_id", "prefix", "suffix", "author_id", "created", "updated")),
        **{name: f"<{name}>" for name in VALUES if name != "terms"},
        fragments=[],
    )
    nothing: dict[str, Any] = dict.fromkeys(("attributions", "evidence", "links", "verdicts"), ())
    state = jsonb(annotation_with(sample, terms=["<terms>"], **nothing))
    pieces, order = re.split(r'"<\w+>"', state), tuple(re.findall(r'"<(\w+)>"', state))
    assert order == VALUES, order  # noqa: S101 (the line that puts them together has this order)
    return pieces


def _all(fresh: Sequence[New], parts: Callable[[New], Sequence[Any]]) -> list[Any]:
    return [row for new in fresh for row in parts(new)]

"""What an imported annotation becomes, as rows for COPY: no model objects and no queries for each span."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from json.encoder import encode_basestring as quoted
from struct import Struct
from typing import Any, Final
from uuid import UUID

from annotations.core.anchors import slices_at
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
    Id,
    begin,
    copied,
    copied_binary,
    id_of,
    integer,
    length,
    moment,
    new_id,
    ranges,
    text,
    uuid,
)
from annotations.services.chained_events import COLUMNS, Chain, Teller, Told, jsonb
from annotations.services.history import annotation_with
from annotations.services.rows import made

ANNOTATION: Final = (
    "id", "desk", "article", "revision", "start", "end", "exact", "prefix", "suffix", "claim", "note", "fragments",
    "state", "version", "author", "created", "updated",
)  # fmt: skip
OPEN: Final = AnnotationState.OPEN.value
VERSION: Final = 1
BEGIN: Final = begin(len(ANNOTATION))
BEGIN_LABEL: Final = begin(3)
PLACE: Final = Struct("!iiiii").pack
NOTHING: Final = EMPTY + EMPTY + ranges(())
"""Neither claim nor note nor fragments."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a span, which many spans have: columns of their terms, their keys, and these as JSON lists them."""

    terms: Sequence[bytes]
    keys: Sequence[str]
    listed: str

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "Labels":
        keys = sorted(term.key for term in terms)
        return cls([uuid(term.pk) for term in terms], keys, ", ".join(map(quoted, keys)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where the spans of a document go: article and text, with the ids that every row repeats, `ids` as columns.

    `behind`: by labels, how what events say of its annotations ends.
    """

    article: Article
    text: str
    article_id: Id
    revision_id: str
    ids: bytes
    behind: dict[str, bytes]

    @classmethod
    def of(cls, article: Article) -> "Place":
        revision = article.current
        ids = b"".join(map(uuid, (article.desk_id, article.pk, revision.pk)))
        return cls(article, revision.text, id_of(article.pk), str(revision.pk), ids, {})


@dataclass(slots=True)
class New:
    """An annotation to be written, with its labels and parts.

    `start`, `end`: code points, end exclusive.
    """

    id: Id
    place: Place
    start: int
    end: int
    fragments: Fragments
    claim: str
    note: str
    labels: Labels
    attributions: Sequence[Attribution] = ()
    evidence: Sequence[Evidence] = ()
    verdicts: Sequence[Verdict] = ()
    links: Sequence[Link] = ()

    @property
    def exact(self) -> str:
        return self.place.text[self.start : self.end]

    def row(self, actor: User, now: dt.datetime) -> Annotation:
        """As a model object, for what hangs on it."""
        article = self.place.article
        exact, prefix, suffix = slices_at(self.place.text, self.start, self.end)
        return annotation_row(
            id=UUID(self.id[0]),
            desk_id=article.desk_id,
            article_id=article.pk,
            revision_id=article.revision_id,
            start=self.start,
            end=self.end,
            exact=exact,
            prefix=prefix,
            suffix=suffix,
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


class Rows:
    """What a batch adds to each table, in the order in which it is added here."""

    def __init__(self, desk: Desk, actor: User, now: dt.datetime) -> None:
        self.desk, self.actor, self.now = desk, actor, now
        self.annotations: list[bytes] = []
        self.labels: list[bytes] = []
        self.told: list[Told] = []
        self.parts: dict[str, list[Any]] = {name: [] for name in PARTS}
        self._teller, self._desk, clock = Teller(desk.pk, actor), uuid(desk.pk), moment(now)
        self._created = self._teller.what("create", "annotation")
        self._end = b"".join((text(OPEN), integer(4, VERSION), uuid(actor.pk), clock, clock))
        self._plain_end = NOTHING + self._end

    def add_plain(self, place: Place, start: int, end: int, labels: Labels) -> None:
        """An annotation with labels and nothing else, as most are."""
        id = new_id()
        exact = self._add_place(id, place, start, end, self._plain_end)
        self._add_labelled(id, place, labels, _plain_state(place, start, end, exact, labels))

    def add(self, new: New) -> None:
        rest = b"".join((text(new.claim), text(new.note), ranges(new.fragments), self._end))
        exact = self._add_place(new.id, new.place, new.start, new.end, rest)
        parts = {name: getattr(new, name) for name in PARTS}
        for name, rows in parts.items():
            self.parts[name] += rows
        if new.fragments or any(parts.values()):
            row = new.row(self.actor, self.now)
            state = jsonb(annotation_with(row, terms=new.labels.keys, **parts)).encode()
        else:
            state = _plain_state(new.place, new.start, new.end, exact, new.labels, new.claim, new.note)
        self._add_labelled(new.id, new.place, new.labels, state)

    def write(self) -> None:
        """Each table through one COPY."""
        if self.annotations:
            copied_binary(Annotation, ANNOTATION, self.annotations)
            copied_binary(AnnotationTerm, ("desk", "annotation", "term"), self.labels)
        for name in PARTS:
            copied(self.parts[name])

    def tell(self, events: Sequence[Event]) -> None:
        """Store `events`, and after them those of the annotations. The history of the desk is locked from now on."""
        if self.told or events:
            told = chain(map(self._teller.of_event, events), self.told)
            copied_binary(Event, COLUMNS, Chain(self.desk.pk, self.now).rows(told))

    def _add_place(self, id: Id, place: Place, start: int, end: int, rest: bytes) -> str:
        """Its row up to what it quotes, and the `rest`. Gives the quote."""
        exact, prefix, suffix = slices_at(place.text, start, end)
        quote, before, behind = exact.encode(), prefix.encode(), suffix.encode()
        placed = PLACE(4, start, 4, end, len(quote))
        context = length(len(before)), before, length(len(behind)), behind
        self.annotations.append(b"".join((BEGIN, id[1], place.ids, placed, quote, *context, rest)))
        return exact

    def _add_labelled(self, id: Id, place: Place, labels: Labels, state: bytes) -> None:
        self.labels += [b"".join((BEGIN_LABEL, self._desk, id[1], term)) for term in labels.terms]
        self.told.append(self._teller.of(new_id(), place.article_id, id, self._created, id, state))


PARTS: Final = ("attributions", "evidence", "verdicts", "links")
VALUES: Final = ("end", "note", "claim", "exact", "start", "terms", "revision_id")
"""Of an annotation without fragments and parts, in the order in which `jsonb` writes them."""


def _plain_state(
    place: Place, start: int, end: int, exact: str, labels: Labels, claim: str = "", note: str = ""
) -> bytes:
    """What the event says of an annotation without fragments and parts: `annotation_with` as `jsonb` writes it.

    Only what is quoted is put into UTF-8 character by character; the rest is ASCII, and most of it the same in a text.
    """
    at_end, at_note, at_claim, at_exact, at_start, at_terms, at_revision, rest = _between_values()
    if claim or note:
        said = f"{at_note}{quoted(note)}{at_claim}{quoted(claim)}{at_exact}"
    else:
        said = f'{at_note}""{at_claim}""{at_exact}'
    if (behind := place.behind.get(labels.listed)) is None:
        behind = f'{at_terms}{labels.listed}{at_revision}"{place.revision_id}"{rest}'.encode()
        place.behind[labels.listed] = behind
    begin = f"{at_end}{end}{said}".encode()
    return b"".join((begin, quoted(exact).encode(), f"{at_start}{start}".encode(), behind))


@cache
def _between_values() -> list[str]:
    """What stands before each of the values in the state, and behind the last one: written out once."""
    sample = annotation_row(
        **dict.fromkeys(("id", "desk_id", "article_id", "prefix", "suffix", "author_id", "created", "updated")),
        **{name: f"<{name}>" for name in VALUES if name != "terms"},
        fragments=[],
    )
    state = jsonb(annotation_with(sample, terms=["<terms>"], **dict.fromkeys(PARTS, ())))
    order = tuple(re.findall(r'"<(\w+)>"', state))
    assert order == VALUES, order  # noqa: S101 (the line that puts them together has this order)
    return re.split(r'"<\w+>"', state)

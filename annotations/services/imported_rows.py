"""What an imported annotation becomes, as rows for COPY: no model objects and no queries for each span."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from annotations.core.anchors import slices_at
from annotations.formats.documents import Fragments
from annotations.models import (
    Annotation,
    AnnotationTerm,
    Attribution,
    Desk,
    Event,
    Evidence,
    Link,
    User,
    Verdict,
)
from annotations.services.binary_rows import Id, Ids, copied, copied_binary, integer, moment, ranges, text, uuid
from annotations.services.chained_events import COLUMNS, Chain, Teller, jsonb
from annotations.services.history import annotation_with
from annotations.services.plain_rows import (
    ANNOTATION,
    BEGIN,
    BEGIN_LABEL,
    LABEL,
    NOTHING,
    OPEN,
    PARTS,
    VERSION,
    Labels,
    Lists,
    Place,
    adder,
    annotation_row,
    plain_state,
)


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


class Rows:
    """What a batch adds to each table, in the order in which it is added here."""

    def __init__(self, desk: Desk, actor: User, now: dt.datetime) -> None:
        self.desk, self.actor, self.now = desk, actor, now
        self.parts: dict[str, list[Any]] = {name: [] for name in PARTS}
        self.ids, teller, clock = Ids(), Teller(desk.pk, actor), moment(now)
        self._end = b"".join((text(OPEN), integer(4, VERSION), uuid(actor.pk), clock, clock))
        created = teller.what("create", "annotation")
        self._lists = Lists(self.ids, teller, created, uuid(desk.pk), NOTHING + self._end)

    def plain(self, place: Place) -> Callable[[int, int, Labels], None]:
        """Adds annotations of this text with labels and nothing else, as most are."""
        return adder(self._lists, place)

    def add(self, new: New) -> None:
        self._lists.annotations.append(self._annotation(new))
        self._lists.labels.extend(
            b"".join((BEGIN_LABEL, self._lists.desk, new.id[1], term)) for term in new.labels.terms
        )
        parts = {name: getattr(new, name) for name in PARTS}
        for name, rows in parts.items():
            self.parts[name] += rows
        if new.fragments or any(parts.values()):
            state = jsonb(annotation_with(new.row(self.actor, self.now), terms=new.labels.keys, **parts))
        else:
            state = plain_state(new.place, new.start, new.end, new.labels, new.claim, new.note)
        of, created = self._lists.teller.of, self._lists.created
        self._lists.told.append(of(self.ids.new(), new.place.article_id, new.id, created, new.id, state.encode()))

    def write(self) -> None:
        """Each table through one COPY."""
        if self._lists.annotations:
            copied_binary(Annotation, ANNOTATION, self._lists.annotations)
            copied_binary(AnnotationTerm, LABEL, self._lists.labels)
        for name in PARTS:
            copied(self.parts[name])

    def tell(self, events: Sequence[Event]) -> None:
        """Store `events`, and after them those of the annotations. The history of the desk is locked from now on."""
        if self._lists.told or events:
            told = chain(map(self._lists.teller.of_event, events), self._lists.told)
            copied_binary(Event, COLUMNS, Chain(self.desk.pk, self.now).rows(told))

    def _annotation(self, new: New) -> bytes:
        exact, prefix, suffix = slices_at(new.place.text, new.start, new.end)
        place = integer(4, new.start), integer(4, new.end), text(exact), text(prefix), text(suffix)
        said = text(new.claim), text(new.note), ranges(new.fragments)
        return b"".join((BEGIN, new.id[1], new.place.ids, *place, *said, self._end))

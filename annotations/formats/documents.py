"""What every reader yields: a text with the spans somebody drew on it, as the file says it. Nothing is checked yet.
And what writers of documents are given.

A reader is `read(file) -> Iterator[IncomingDocument]`, one document in memory at a time. Offsets keep the file's unit
until `spans.resolved` has turned them into code points and compared the quotes. Field names match the API's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.units import Unit

Fragments = tuple[tuple[int, int], ...]


@dataclass(slots=True)  # never changed; but to be frozen costs more than all else about a span
class IncomingSpan:
    """One span. `number` is its place in the document, counted from 1; `ref` what relations of the file call it.

    `start`, `end`, `fragments`: in the document's unit, end exclusive. `flat`: `exact` is on one line, with a space
    for each line break and between fragments. `labels` are term keys or the names of a foreign scheme.
    `attributions`, `evidence` and `verdict` have the API's nested shapes. `attributes` is what has no place else.
    `broken`: a sentence why the file does not say where the span is; it is refused then.
    """

    number: int
    start: int
    end: int
    exact: str | None = None
    fragments: Fragments = ()
    flat: bool = False
    ref: str = ""
    id: str | None = None
    labels: tuple[str, ...] = ()
    claim: str = ""
    note: str = ""
    attributions: tuple[Mapping[str, Any], ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    verdict: Mapping[str, Any] | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)
    broken: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process; most spans say nothing beyond their labels."""
        values = VALUES(self)
        return IncomingSpan, values if any(values[LABELS:]) else values[:LABELS]


VALUES: Final = attrgetter(*(each.name for each in fields(IncomingSpan)))
LABELS: Final = 9
"""So many values of a span are its place, what names it, and its labels."""


@dataclass(frozen=True, slots=True)
class IncomingRelation:
    """A tie between two spans, named by their `ref`."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class IncomingDocument:
    """`key` names the document within its file, for reports. `article` is the id of one we already have, if said.

    `metadata`: title, byline, outlet, canonical_url, published_at (ISO date), language; absent when unknown.
    `skipped`: what the file has on the text that is no annotation to us, such as its tokens.
    `broken`: a sentence why nobody can read it; it is refused then, and the others of the file are not.
    """

    key: str
    text: str
    unit: Unit = Unit.CODE_POINTS
    spans: Sequence[IncomingSpan] = ()
    relations: Sequence[IncomingRelation] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    article: str | None = None
    skipped: int = 0
    broken: str = ""

    @property
    def needs_text(self) -> bool:
        """It names an article instead of bringing its text."""
        return not self.text and bool(self.article)


@dataclass(frozen=True, slots=True)
class OutgoingDocument:
    """One revision on its way out. `rows` are what export_rows gives, oldest first; `published_at` is an ISO date.

    `links` {annotation, target, kind}: those between two of its rows. One to another document is not among them.
    """

    article: str
    desk: str
    title: str
    byline: str
    outlet: str
    canonical_url: str
    published_at: str | None
    language: str
    revision: str
    number: int
    text: str
    rows: list[dict[str, Any]]
    links: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BadSpan:
    """Why one span cannot be taken: a code for programs and a sentence."""

    number: int
    code: str
    reason: str


def broken(key: str, error: DomainError, unit: Unit = Unit.CODE_POINTS) -> IncomingDocument:
    """Stands for one that cannot be read. Raises what concerns more than this document: all but "malformed"."""
    if error.code != "malformed":
        raise error
    return IncomingDocument(key, "", unit, broken=error.message)


def bad_document(
    key: str, reason: str, *, code: str = "malformed", spans: Sequence[BadSpan] = (), count: int = 1
) -> DomainError:
    """The refusal of a whole document; in `extra` the spans that caused it, or the first of them, and their number."""
    rows = [{"number": each.number, "code": each.code, "reason": each.reason} for each in spans]
    return DomainError(
        code,
        _("{key}: {reason}").format(key=key, reason=reason),
        extra={"document": key, "spans": rows, "count": max(count, len(rows))},
    )

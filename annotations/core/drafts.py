"""The shapes in which a page, the API, a file or a command hands over what shall be written. No rule, no database."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Stance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"


class Tier(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"


class LinkKind(StrEnum):
    SAME_FACT = "same_fact"
    CONTRADICTS = "contradicts"
    DEPENDS_ON = "depends_on"


@dataclass(frozen=True, slots=True)
class VerdictDraft:
    """A verdict to propose: the key of a term of the verdict scale, why, and as of when."""

    term: str
    rationale: str = ""
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """One piece of evidence: `url` or `file` (name, media type, bytes) or both."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    quote: str = ""
    locator: str = ""
    stance: str = Stance.CONTEXT
    tier: str = Tier.SECONDARY
    independence_group: str = ""
    unnamed: bool = False
    retrieved_at: dt.datetime | None = None
    file: tuple[str, str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class AttributionDraft:
    """Who says it. Terms by key; ranges are (start, end) in code points of the revision's text, end exclusive."""

    source: str
    origin: str = ""
    identification: str = ""
    channel: str = ""
    distance: str = ""
    source_range: tuple[int, int] | None = None
    cue_range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """Where an annotation goes: `start`, `end` (code points, end exclusive), or `exact` with optional context.

    With `start` and `end`, a given `exact` must be the slice. With `exact` alone the quote is looked up: it must be
    unique, or `prefix`, `suffix` or `occurrence` (counted from 1) must make it so. `fragments` are the parts of a
    discontinuous annotation, [] makes it continuous.
    """

    start: int | None = None
    end: int | None = None
    exact: str | None = None
    prefix: str = ""
    suffix: str = ""
    occurrence: int | None = None
    fragments: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class AnnotationDraft:
    """A new annotation. `revision` is the one the client looked at; None means the article's current one.

    `origin` is what it was elsewhere (canonical, via), JSON-ready; the history keeps it with the annotation's creation.
    """

    place: PlaceDraft
    revision: UUID | None = None
    claim: str = ""
    note: str = ""
    terms: Sequence[str] = ()
    attributions: Sequence[AttributionDraft] = ()
    evidence: Sequence[EvidenceDraft] = ()
    verdict: VerdictDraft | None = None
    assignee: str | None = None
    id: UUID | None = None
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotationChanges:
    """What to change on an annotation; None leaves a field as it is, `clear_verdict` and `unassign` empty one."""

    place: PlaceDraft | None = None
    claim: str | None = None
    note: str | None = None
    terms: Sequence[str] | None = None
    verdict: VerdictDraft | None = None
    clear_verdict: bool = False
    assignee: str | None = None
    unassign: bool = False

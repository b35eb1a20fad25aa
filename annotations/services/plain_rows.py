"""Imported annotations that have a place and labels and nothing else, as most are: their rows in one go."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from json.encoder import encode_basestring as quoted
from struct import Struct
from typing import Any, Final

from annotations.core.anchors import CONTEXT, slices_at
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Term
from annotations.services.binary_rows import EMPTY, Id, Ids, begin, id_of, length, ranges, uuid
from annotations.services.chained_events import Teller, Told, What, jsonb
from annotations.services.history import annotation_with
from annotations.services.rows import made

ANNOTATION: Final = (
    "id", "desk", "article", "revision", "start", "end", "exact", "prefix", "suffix", "claim", "note", "fragments",
    "state", "version", "author", "created", "updated",
)  # fmt: skip
LABEL: Final = ("desk", "annotation", "term")
PARTS: Final = ("attributions", "evidence", "verdicts", "links")
OPEN: Final = AnnotationState.OPEN.value
VERSION: Final = 1
BEGIN: Final = begin(len(ANNOTATION))
BEGIN_LABEL: Final = begin(len(LABEL))
PLACE: Final = Struct("!iiiii").pack
NOTHING: Final = EMPTY + EMPTY + ranges(())
"""Neither claim nor note nor fragments."""
CONTEXTS: Final = [length(size) for size in range(4 * CONTEXT + 1)]
"""What stands before a prefix or suffix, by its bytes."""
VALUES: Final = ("end", "note", "claim", "exact", "start", "terms", "revision_id")
"""Of an annotation without fragments and parts, in the order in which `jsonb` writes them."""


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
    behind: dict[str, str]

    @classmethod
    def of(cls, article: Article) -> "Place":
        revision = article.current
        ids = b"".join(map(uuid, (article.desk_id, article.pk, revision.pk)))
        return cls(article, revision.text, id_of(article.pk), str(revision.pk), ids, {})

    def ending(self, labels: Labels) -> str:
        """How the state of an annotation with these labels ends."""
        if (known := self.behind.get(labels.listed)) is None:
            *_, at_terms, at_revision, rest = between_values()
            known = f'{at_terms}{labels.listed}{at_revision}"{self.revision_id}"{rest}'
            self.behind[labels.listed] = known
        return known


@dataclass(frozen=True, slots=True)
class Lists:
    """What a batch adds, and what its rows have in common.

    `created`: what was done; `desk` as a column; `end`: how rows of annotations end, behind what they quote.
    """

    ids: Ids
    teller: Teller
    created: What
    desk: bytes
    end: bytes
    annotations: list[bytes] = field(default_factory=list)
    labels: list[bytes] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def adder(lists: Lists, place: Place) -> Callable[[int, int, Labels], None]:
    """Adds an annotation with labels and nothing else, given its start and end in code points, end exclusive.

    The same as `Rows.add`, but what all of a text have in common is written once.
    """
    new, text, ids, end_row, join = lists.ids.following, place.text, place.ids, lists.end, b"".join
    add_row, add_label, tell = lists.annotations.append, lists.labels.append, lists.told.append
    begin, begin_label = BEGIN + lists.ids.begin[1], BEGIN_LABEL + lists.desk + lists.ids.begin[1]
    (said1, said2, said3, said4), (row1, row2, row3, row4) = lists.teller.around(
        place.article_id, lists.created, lists.ids
    )
    at_end, at_note, at_claim, at_exact, at_start, *_ = between_values()
    unsaid = f'{at_note}""{at_claim}""{at_exact}'
    state_at = len(said1 + said2 + said3 + said4) + 3 * lists.ids.DIGITS

    def add(start: int, end: int, labels: Labels) -> None:
        (text_id, id), (text_event, event) = new(), new()
        exact, prefix, suffix = slices_at(text, start, end)
        quote, before, behind = exact.encode(), prefix.encode(), suffix.encode()
        placed = PLACE(4, start, 4, end, len(quote))
        context = CONTEXTS[len(before)], before, CONTEXTS[len(behind)], behind
        add_row(join((begin, id, ids, placed, quote, *context, end_row)))
        for term in labels.terms:
            add_label(join((begin_label, id, term)))
        # What is quoted alone is put into UTF-8 character by character; the rest is ASCII.
        said = f"{said1}{text_event}{said2}{text_id}{said3}{text_id}{said4}{at_end}{end}{unsaid}".encode()
        hashed = join((said, quoted(exact).encode(), f"{at_start}{start}{place.ending(labels)}".encode()))
        after = hashed[state_at:]
        tell((hashed, join((row1, event, row2, id, row3, id, row4, length(len(after)), after))))

    return add


def plain_state(place: Place, start: int, end: int, labels: Labels, claim: str, note: str) -> str:
    """What the event says of an annotation without fragments and parts: `annotation_with` as `jsonb` writes it."""
    at_end, at_note, at_claim, at_exact, at_start, *_ = between_values()
    said = f"{at_end}{end}{at_note}{quoted(note)}{at_claim}{quoted(claim)}{at_exact}"
    return f"{said}{quoted(place.text[start:end])}{at_start}{start}{place.ending(labels)}"


def annotation_row(**values: Any) -> Annotation:
    """As every imported annotation begins."""
    return made(Annotation, state=OPEN, version=VERSION, assignee_id=None, **values)


@cache
def between_values() -> list[str]:
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

"""What the colours of an article's marks and cards stand for: the reader's choice, kept in a cookie for each desk."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from annotations.core.colouring import LABELS, NO_COLOUR, STATE, STATE_COLOURS, VERDICT
from annotations.core.ruler import TRACKS
from annotations.core.states import ANNOTATION_STATE_LABELS
from annotations.models import Desk, Term
from annotations.web.lazy import _

COOKIE: Final = "colours-{}"
A_YEAR: Final = 31_536_000
"""Seconds."""
STATES: Final = [(state, _(ANNOTATION_STATE_LABELS[state])) for track in TRACKS for state in track]
"""What the text shows, as the legend lists it: from work to do to what is settled."""
NAMES: Final = {LABELS: _("First label"), STATE: _("State")}


class Choice(NamedTuple):
    """What colours may stand for; `name` is a word of the desk's where `is_of_desk`."""

    value: str
    name: str
    is_of_desk: bool
    is_chosen: bool


class Entry(NamedTuple):
    """One colour of the legend: its number in the palette or NO_COLOUR, the terms that have it, and whether the text
    has it not yet: it is shown from its first mark on."""

    colour: str
    terms: list[Term]
    is_absent: bool


class Legend(NamedTuple):
    """`by` is what colours stand for now; `states` as (state, name, number of its colour or ""); `entries` are the
    colours that the text has or may come to have, unless they stand for states."""

    by: str
    states: list[tuple[str, str, str]]
    choices: list[Choice]
    entries: list[Entry]


def colouring_of(request: HttpRequest, desk: Desk) -> str:
    """A value of core/colouring.py. Whatever else a cookie says gives nothing a colour."""
    return request.COOKIES.get(COOKIE.format(desk.slug), LABELS)


def remember(response: HttpResponse, desk: Desk, by: str) -> None:
    response.set_cookie(COOKIE.format(desk.slug), by, max_age=A_YEAR, httponly=True, samesite="Lax")


def axes_of(terms: Iterable[Term]) -> dict[str, str]:
    """The names of the vocabularies that have colours, by key."""
    return {term.vocabulary.key: term.vocabulary.name for term in terms if term.colour is not None}


def legend_of(by: str, terms: Sequence[Term], found: Iterable[int | None]) -> Legend:
    """`terms`: the desk's, in order; `found`: the colours of the marks."""
    choices = [Choice(key, str(name), False, key == by) for key, name in NAMES.items()]
    choices += [Choice(key, name, True, key == by) for key, name in axes_of(terms).items()]
    states = [(state.value, name, str(STATE_COLOURS[state]) if by == STATE else "") for state, name in STATES]
    return Legend(by, states, choices, [] if by == STATE else _entries(by, terms, set(found)))


def _entries(by: str, terms: Sequence[Term], found: set[int | None]) -> list[Entry]:
    axis = [term for term in terms if (term.vocabulary.key == by if by else term.vocabulary.key != VERDICT)]
    known = found | {term.colour for term in axis}
    entries = [
        Entry(str(colour), [term for term in axis if term.colour == colour], colour not in found)
        for colour in sorted(each for each in known if each is not None)
    ]
    return [*entries, Entry(NO_COLOUR, [], None not in found)]

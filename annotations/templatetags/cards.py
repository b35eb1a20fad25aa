"""Cards: one annotation beside the text, in two or three lines. Written as functions because a page holds hundreds."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Final, NamedTuple, Protocol, TypeVar
from uuid import UUID

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annotations.core.colouring import LABELS, NO_COLOUR, STATE, VERDICT, state_colour
from annotations.core.keeping import Kept
from annotations.models import Annotation, Article, Attribution, Term
from annotations.queries.card_rows import CardRow
from annotations.templatetags.words import EMPTY, Languaged, lang_of

register = template.Library()

ORIGIN = "origin"
AXES = ("origin", "identification", "channel", "distance")
NOBODY: Final = str(UUID(int=0))
SHOWN = 160
"""Characters of a quote that a quiet card carries; the style sheet clips it to two lines."""
KEPT: Final = 16_000_000
"""Bytes that cards take which are kept as they were drawn; one takes some 4,000."""


class Axis(Protocol):
    """A Vocabulary, or the row of one."""

    @property
    def key(self) -> str: ...
    @property
    def position(self) -> int: ...


class Labelling(Protocol):
    """A Term, or the row of one."""

    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def colour(self) -> int | None: ...
    @property
    def position(self) -> int: ...
    @property
    def vocabulary(self) -> Axis: ...


L = TypeVar("L", bound=Labelling)


class Spoken(NamedTuple):
    """Whose words are in a language; "" where it is unknown."""

    language: str


class Quiet(NamedTuple):
    """All that a card shows as long as it is not the current one; `reader` is the language of whoever reads it."""

    row: CardRow
    article: Spoken
    desk: Spoken
    by: str
    reader: str | None
    prefix: str


def card(row: CardRow, article: Article, more: SafeString = EMPTY, by: str = LABELS) -> SafeString:
    """The card's element, for words of `article`. `more` is what only the current card shows; `by` what its colour
    stands for (core/colouring.py)."""
    spoken_in = Spoken(article.language), Spoken(article.desk.language)
    html = _kept(Quiet(row, *spoken_in, by, get_language(), get_script_prefix()))
    return mark_safe(f"{html}{more}</article>")  # noqa: S308  # every text was escaped


def _draw(quiet: Quiet) -> str:
    """The element but for its end."""
    row, desk = quiet.row, quiet.desk
    first = first_of(row.labels)
    said = escape(spoken(row, first))
    head = (label(first, desk) if first else f'<span class="label quiet">{_("No origin")}</span>') + _state(
        row.state, row.state_label
    )
    return (
        f'<article class="card k{_number(_colour(row, first, quiet.by))}" id="card-{row.id}" data-id="{row.id}" '
        f'data-parts="{part_words(row)}" '
        f'data-url="{_address(quiet.prefix).replace(NOBODY, str(row.id))}" aria-label="{said}">'
        f"<header>{_tick(row)}{head}</header>{_said(row, lang_of(quiet.article))}{_facts(row, desk)}"
    )


def _size(quiet: Quiet, html: str) -> int:
    row = quiet.row
    return 2 * (len(html) + len(row.exact) + len(row.claim)) + 1_000


_kept: Final = Kept(_draw, size=_size, most=KEPT)


def _tick(row: CardRow) -> str:
    """The box that chooses this version of it; an answer with the same version leaves the tick as it is."""
    return (
        f'<label class="pick"><input type="checkbox" name="chosen" value="{row.id}:{row.version}" form="several" '
        f'id="t{row.version}-{row.id}" hx-preserve aria-labelledby="choose a-{row.id}"></label>'
    )


@cache
def _address(_prefix: str) -> str:
    """Where NOBODY's card is found: addresses of hundreds of cards differ in nothing but the id."""
    return reverse("annotations:card", args=(NOBODY,))


def first_of(labels: Iterable[L]) -> L | None:
    """The label that gives the annotation its colour: the first that has one, in the order of the vocabularies."""
    ordered = sorted(labels, key=lambda term: (term.vocabulary.position, term.position))
    coloured = [term for term in ordered if term.colour is not None]
    origins = [term for term in ordered if term.vocabulary.key == ORIGIN]
    return next(iter(coloured or origins), None)


@register.filter
def leading(annotation: Annotation) -> Term | None:
    return first_of(_terms(annotation))


@register.filter
def plain_labels(annotation: Annotation) -> list[Term]:
    """The labels beside the leading one, by their keys."""
    first = leading(annotation)
    return sorted((term for term in _terms(annotation) if term != first), key=lambda term: term.key)


@register.filter
def part_words(row: Annotation | CardRow) -> str:
    """Its parts as scripts read them, "3-9 12-20" in code points, end exclusive."""
    return " ".join(f"{start}-{end}" for start, end in row.parts)


@register.filter
def axes(row: Attribution) -> list[Term]:
    """What is known about a source, in words."""
    return [term for name in AXES if (term := getattr(row, name)) is not None]


def _terms(annotation: Annotation) -> list[Term]:
    return [row.term for row in annotation.labels.all()]


def colour_name(term: Labelling | None) -> str:
    return _number(term.colour if term else None)


def _number(colour: int | None) -> str:
    return NO_COLOUR if colour is None else str(colour)


def _colour(row: CardRow, first: Labelling | None, by: str) -> int | None:
    """The same as its mark has; `first` is the label that leads."""
    if by == STATE:
        return state_colour(row.state)
    if by == VERDICT:
        return row.verdict.colour if row.verdict else None
    if by != LABELS:
        first = first_of(term for term in row.labels if term.vocabulary.key == by)
    return first.colour if first else None


@register.simple_tag
def label(term: Labelling, desk: Languaged) -> SafeString:
    return _badge(f"label dot k{colour_name(term)}", term, desk)


@register.simple_tag
def verdict_badge(term: Labelling, desk: Languaged) -> SafeString:
    return _badge(f"verdict k{colour_name(term)}", term, desk)


@register.simple_tag
def state(row: Annotation | Article) -> SafeString:
    return _state(row.state, row.get_state_display())


def spoken(row: CardRow, first: Labelling | None) -> str:
    """The card's name for people who hear it."""
    words = row.claim.strip() or row.exact
    return ". ".join([first.name if first else _("No origin"), _(row.state_label), words[:SHOWN]])


def _badge(look: str, term: Labelling, desk: Languaged) -> SafeString:
    said = f'title="{escape(term.description)}" dir="auto"{lang_of(desk)}'
    html = f'<span class="{look}" {said}>{escape(term.name)}</span>'
    return mark_safe(html)  # noqa: S308  # every text was escaped


def _state(key: str, name: str) -> SafeString:
    return mark_safe(f'<span class="state {key}">{_(name)}</span>')  # noqa: S308  # words of the code


def _said(row: CardRow, lang: SafeString) -> str:
    link = f'<a id="a-{row.id}" href="#s{row.start}">{escape(shortened(row.exact))}</a>'
    quote = f'<p class="said clip" dir="auto"{lang}>{link}</p>'
    if not row.claim.strip():
        return quote
    return f'{quote}<p class="claim clip" dir="auto">{escape(shortened(row.claim))}</p>'


def _facts(row: CardRow, desk: Languaged) -> str:
    facts: list[str] = [verdict_badge(row.verdict, desk)] if row.verdict else []
    if row.source is not None:
        facts.append(f'<span dir="auto">{escape(row.source)}</span>')
    if row.evidence:
        facts.append(f"<span>{_pieces(row.evidence)}</span>")
    if row.assignee:
        facts.append(f"<span>{escape(_('for %(person)s') % {'person': row.assignee})}</span>")
    return f'<div class="facts">{"".join(facts)}</div>'


def _pieces(number: int) -> str:
    return ngettext("%(number)s piece of evidence", "%(number)s pieces of evidence", number) % {"number": number}


def shortened(words: str) -> str:
    """The beginning of a long quote, cut between words where there are any."""
    if len(words) <= SHOWN:
        return words
    cut = words[:SHOWN]
    return cut[: cut.rfind(" ")] + " …" if " " in cut[SHOWN // 2 :] else cut + "…"

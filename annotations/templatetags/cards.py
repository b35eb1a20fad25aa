"""Cards: one annotation beside the text, in two or three lines. Written as functions because a page holds hundreds."""

from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Annotation, Article, Attribution, Term
from annotations.templatetags.words import EMPTY, counted

register = template.Library()

ORIGIN = "origin"
NO_ORIGIN: Final = SafeString('<span class="label quiet">No origin</span>')
AXES = ("origin", "identification", "channel", "distance")
SHOWN = 160
"""Characters of a quote that a quiet card carries; the style sheet clips it to two lines."""


@register.simple_tag
def card(annotation: Annotation, more: SafeString = EMPTY) -> SafeString:
    """The card's element. `more` is what only the current card shows."""
    first = leading(annotation)
    return format_html(
        '<article class="card k{}" id="card-{}" data-id="{}" data-parts="{}" data-url="{}" aria-label="{}">'
        "<header>{}{}</header>{}{}{}</article>",
        colour_name(first),
        annotation.pk,
        annotation.pk,
        " ".join(f"{start}-{end}" for start, end in annotation.parts),
        reverse("annotations:card", args=(annotation.pk,)),
        spoken(annotation, first),
        label(first) if first else NO_ORIGIN,
        state(annotation),
        _said(annotation),
        _facts(annotation),
        more,
    )


@register.filter
def leading(annotation: Annotation) -> Term | None:
    """The label that gives the annotation its colour: the first that has one, in the order of the vocabularies."""
    terms = sorted(_terms(annotation), key=lambda term: (term.vocabulary.position, term.position))
    coloured = [term for term in terms if term.colour is not None]
    origins = [term for term in terms if term.vocabulary.key == ORIGIN]
    return next(iter(coloured or origins), None)


@register.filter
def plain_labels(annotation: Annotation) -> list[Term]:
    """The labels beside the leading one."""
    first = leading(annotation)
    return [term for term in _terms(annotation) if term != first]


@register.filter
def axes(row: Attribution) -> list[Term]:
    """What is known about a source, in words."""
    return [term for name in AXES if (term := getattr(row, name)) is not None]


def _terms(annotation: Annotation) -> list[Term]:
    return [row.term for row in annotation.labels.all()]


def colour_name(term: Term | None) -> str:
    return "n" if term is None or term.colour is None else str(term.colour)


@register.simple_tag
def label(term: Term) -> SafeString:
    return format_html(
        '<span class="label dot k{}" title="{}">{}</span>', colour_name(term), term.description, term.name
    )


@register.simple_tag
def verdict_badge(term: Term) -> SafeString:
    return format_html('<span class="verdict k{}" title="{}">{}</span>', colour_name(term), term.description, term.name)


@register.simple_tag
def state(row: Annotation | Article) -> SafeString:
    return format_html('<span class="state {}">{}</span>', row.state, row.get_state_display())


def spoken(annotation: Annotation, first: Term | None) -> str:
    """The card's name for people who hear it."""
    words = annotation.claim.strip() or annotation.exact
    return ". ".join([first.name if first else "No origin", annotation.get_state_display(), words[:SHOWN]])


def _said(annotation: Annotation) -> SafeString:
    claim = annotation.claim
    return format_html(
        '<p class="said clip" dir="auto"><a id="a-{}" href="#s{}">{}</a></p>{}',
        annotation.pk,
        annotation.start,
        shortened(annotation.exact),
        format_html('<p class="claim clip" dir="auto">{}</p>', shortened(claim)) if claim.strip() else EMPTY,
    )


def _facts(annotation: Annotation) -> SafeString:
    facts = [verdict_badge(row.term) for row in annotation.verdicts.all()]
    facts += [format_html('<span dir="auto">{}</span>', row.source) for row in list(annotation.attributions.all())[:1]]
    if number := len(annotation.evidence.all()):
        facts.append(format_html("<span>{} of evidence</span>", counted(number, "piece", "pieces")))
    if annotation.assignee:
        facts.append(format_html("<span>for {}</span>", annotation.assignee))
    return format_html('<div class="facts">{}</div>', format_html_join("", "{}", ((fact,) for fact in facts)))


def shortened(words: str) -> str:
    """The beginning of a long quote, cut between words where there are any."""
    if len(words) <= SHOWN:
        return words
    cut = words[:SHOWN]
    return cut[: cut.rfind(" ")] + " …" if " " in cut[SHOWN // 2 :] else cut + "…"


def full_card(annotation: Annotation, context: dict[str, Any], request: HttpRequest) -> SafeString:
    """The card with evidence, rationale and what one may do."""
    return card(annotation, render_to_string("annotations/annotations/_more.html", context, request=request))

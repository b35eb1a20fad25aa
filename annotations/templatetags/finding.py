"""What was found: the excerpt with its marks, and the address of the place."""

from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.core.finding import Excerpt
from annotations.models.search import FoundKind
from annotations.queries.search import Hit

register = template.Library()

NAMES: Final = {
    FoundKind.ARTICLE: gettext_noop("Article"),
    FoundKind.TEXT: gettext_noop("Text"),
    FoundKind.ANNOTATION: gettext_noop("Annotation"),
    FoundKind.EVIDENCE: gettext_noop("Evidence"),
    FoundKind.COMMENT: gettext_noop("Comment"),
}


@register.filter
def found_as(kind: str) -> str:
    return _(NAMES[FoundKind(kind)])


@register.simple_tag
def excerpt_html(excerpt: Excerpt) -> SafeString:
    """Escaped text, in a <mark> where it was asked for."""
    shown = ((("mark" if is_mark else "span"), words) for words, is_mark in excerpt.pieces)
    return format_html_join("", "<{0}>{1}</{0}>", shown)


@register.simple_tag
def place_of(hit: Hit) -> str:
    """Where the article shows it; the annotation's own page when the article's does not show the annotation."""
    entry = hit.entry
    page = reverse("annotations:article", args=(entry.article_id,))
    if hit.place:
        return f"{page}#range={hit.place[0]}-{hit.place[1]}"
    if entry.annotation_id is None:
        return page
    if not hit.is_on_page:
        return reverse("annotations:annotation", args=(entry.annotation_id,))
    return f"{page}?around={entry.annotation_id}#card-{entry.annotation_id}"

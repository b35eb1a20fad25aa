"""The ruler's stretches as SVG. Written as functions: forty of them in a loop of a template take ten times as long."""

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.core.ruler import Bin

register = template.Library()

KEPT: Final = 4_096
"""Stretches, of some hundred rulers; less than half a kilobyte each."""


@register.simple_tag
def stretches(bins: Iterable[Bin]) -> SafeString:
    """Each a link to where its first annotation begins."""
    language = get_language()
    return mark_safe("\n".join(_stretch(each, language) for each in bins))  # noqa: S308  # numbers, and a name that was escaped


@lru_cache(KEPT)
def _stretch(each: Bin, _language: str | None) -> str:
    """From what is shown, and the language it is shown in, so that nothing stale is ever found here."""
    name = escape(each.name)
    tracks = "".join(
        f'<rect class="track{track}" x="{4 * track}" y="{each.number}" width="3" height="0.8"/>'
        for track in each.tracks
    )
    return (
        f'<a href="#s{each.first}" aria-label="{name}"><title>{name}</title>'
        f'<rect class="stretch" y="{each.number}" width="12" height="1"/>{tracks}</a>'
    )

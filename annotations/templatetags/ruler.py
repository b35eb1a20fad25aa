"""The ruler's stretches as SVG. Written as functions: forty of them in a loop of a template take ten times as long."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from annotations.core.ruler import Bin

register = template.Library()


@register.simple_tag
def stretches(bins: Iterable[Bin]) -> SafeString:
    """Each a link to where its first annotation begins."""
    return mark_safe("\n".join(_stretch(each) for each in bins))  # noqa: S308  # numbers, and a name that was escaped


def _stretch(each: Bin) -> str:
    name = escape(each.name)
    tracks = "".join(
        f'<rect class="track{track}" x="{4 * track}" y="{each.number}" width="3" height="0.8"/>'
        for track in each.tracks
    )
    return (
        f'<a href="#s{each.first}" aria-label="{name}"><title>{name}</title>'
        f'<rect class="stretch" y="{each.number}" width="12" height="1"/>{tracks}</a>'
    )

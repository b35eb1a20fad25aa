"""Charts as SVG: they scale with their column, take their colours from the style sheet and name everything in words."""

from collections.abc import Iterator
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from annotations.core.charts import Bar, Chart
from annotations.templatetags.words import lang_of

register = template.Library()

ROW: Final = 34
"""Pixels for one bar with its label above it."""

TALL: Final = 150
TOP, BOTTOM = 18, 20
LABELS: Final = 4
"""Of the columns over time every fourth has its label, so that they do not run into each other."""


@register.simple_tag
def drawn(chart: Chart) -> SafeString:
    """The chart as an image with a name and a description."""
    name = f"chart-{slugify(chart.title, allow_unicode=True)}"
    shapes = _columns(chart) if chart.over_time else _bars(chart)
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{0}-title {0}-desc" width="100%" height="{1}">'
        '<title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>{4}</svg>',
        name,
        TALL if chart.over_time else ROW * len(chart.bars),
        chart.title,
        chart.sentence,
        format_html_join("", "{}", ((shape,) for shape in shapes)),
    )


def _bars(chart: Chart) -> Iterator[SafeString]:
    for number, bar in enumerate(chart.bars):
        top = number * ROW
        yield format_html('<text x="0" y="{}"{}>{}</text>', top + 13, lang_of(bar), bar.label)
        yield format_html('<text class="value" x="100%" y="{}">{}</text>', top + 13, bar.shown)
        yield format_html('<rect class="ground" x="0" y="{}" width="100%" height="8" rx="1"/>', top + 18)
        yield format_html(
            '<rect class="bar-of k{}" x="0" y="{}" width="{}%" height="8" rx="1"/>',
            _colour(bar),
            top + 18,
            f"{chart.share(bar) * 100:.2f}",
        )


def _columns(chart: Chart) -> Iterator[SafeString]:
    room = TALL - TOP - BOTTOM
    wide = 100 / len(chart.bars)
    yield format_html('<rect class="ground" x="0" y="{}" width="100%" height="1"/>', TALL - BOTTOM)
    for number, bar in enumerate(chart.bars):
        middle = f"{(number + 0.5) * wide:.2f}%"
        tall = max(2.0, chart.share(bar) * room) if bar.value is not None else 0.0
        if tall:
            yield format_html(
                '<rect class="bar-of k{}" x="{}%" y="{}" width="{}%" height="{}" rx="1"/>',
                _colour(bar),
                f"{(number + 0.2) * wide:.2f}",
                f"{TALL - BOTTOM - tall:.1f}",
                f"{0.6 * wide:.2f}",
                f"{tall:.1f}",
            )
            yield format_html(
                '<text class="over" x="{}" y="{}">{}</text>', middle, f"{TALL - BOTTOM - tall - 4:.1f}", bar.shown
            )
        if number % LABELS == LABELS - 1:
            yield format_html('<text class="under" x="{}" y="{}">{}</text>', middle, TALL - 5, bar.label)


def _colour(bar: Bar) -> str:
    return "a" if bar.colour is None else str(bar.colour)

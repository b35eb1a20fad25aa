"""Parts of the article page that are the same on every article: drawn once for each language, since each of their texts
is looked up in a catalogue."""

from functools import cache
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.models import Article
from annotations.queries.export_files import FORMATS

ARTICLE: Final = UUID(int=0)
"""Stands for the article where its id goes."""


def common_parts(article: Article) -> dict[str, Any]:
    """The menu of exports, and the sheet of keys."""
    of_reader = get_language(), get_script_prefix()
    exports = _drawn("annotations/articles/_exports.html", *of_reader).replace(str(ARTICLE), str(article.pk))
    return {
        "exports": mark_safe(exports),  # noqa: S308  # rendered by a template
        "shortcuts": _drawn("annotations/articles/_shortcuts.html", *of_reader),
    }


@cache
def _drawn(name: str, _language: str | None, _prefix: str) -> SafeString:
    return render_to_string(name, {"article": ARTICLE, "exports": FORMATS})

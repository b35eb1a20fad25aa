"""The fields of an empty form for a new annotation. They are the same for everybody until the desk's labels or people
change, and making them takes longer than everything else on the page, so the HTML is kept."""

from functools import lru_cache
from typing import Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.models import Article, Term, User, Vocabulary
from annotations.models.base import new_id
from annotations.web.forms.annotations import NewAnnotationForm
from annotations.web.requests import members_of

KEPT: Final = 64
"""Desks, each in every language that is read there; some 20 kB each."""

ID, REVISION = UUID(int=1), UUID(int=2)
"""Stand for the values that differ from page to page."""

Words = tuple[tuple[str, ...], ...]


def empty_fields(article: Article) -> SafeString:
    """The fields, with an id of their own: sending the same form twice makes one annotation."""
    terms = article.desk.terms.current().values_list(
        "key", "name", "description", "vocabulary__key", "vocabulary__name"
    )
    people = members_of(article).values_list("username", "display_name")
    html = _html(tuple(terms), tuple(people), get_language())
    html = html.replace(str(ID), str(new_id())).replace(str(REVISION), str(article.revision_id))
    return mark_safe(html)  # noqa: S308  # rendered by a template


@lru_cache(KEPT)
def _html(terms: Words, people: Words, _language: str | None) -> str:
    """From what is shown, and the language it is shown in, so that nothing stale is ever found here."""
    form = NewAnnotationForm(
        initial={"id": ID, "revision": REVISION},
        terms=[
            Term(key=key, name=name, description=description, vocabulary=Vocabulary(key=axis, name=axis_name))
            for key, name, description, axis, axis_name in terms
        ],
        people=[User(username=username, display_name=name) for username, name in people],
    )
    return render_to_string("annotations/annotations/_new_fields.html", {"form": form})

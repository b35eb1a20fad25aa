"""The article page's forms: for a new annotation, and for several that are ticked.

Their empty fields are the same for everybody until the desk's labels or people change, and making them takes longer
than everything else on the page, so their HTML is kept.
"""

from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID
from zlib import crc32

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.models import Article, Desk, Term, User, Vocabulary
from annotations.models.base import new_id
from annotations.models.compiled import Compiled, together
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.permissions.roles import asked_roles, remember_roles
from annotations.web.forms.annotations import NewAnnotationForm
from annotations.web.forms.several import SeveralForm
from annotations.web.htmx import Region
from annotations.web.requests import members_of

KEPT: Final = 64
"""Desks; some 20 kB each."""

ID, REVISION, DESK = UUID(int=1), UUID(int=2), UUID(int=3)
"""Stand for the values that differ from page to page."""

SHOWN_OF_TERM: Final = ("key", "name", "description", "colour", "vocabulary__key", "vocabulary__name", "desk__language")

Words = tuple[tuple[Any, ...], ...]


class Choices(NamedTuple):
    """What the forms let people choose: terms as (key, name, description, colour, key and name of the vocabulary,
    language of the desk), people as (username, display name)."""

    terms: Words
    people: Words

    @lru_cache(KEPT)  # noqa: B019 (values, of which few differ)
    def as_terms(self) -> tuple[Term, ...]:
        return tuple(
            Term(
                key=key,
                name=name,
                description=description,
                colour=colour,
                vocabulary=Vocabulary(key=axis, name=axis_name),
                desk=Desk(language=language),
            )
            for key, name, description, colour, axis, axis_name, language in self.terms
        )

    def as_people(self) -> list[User]:
        return [User(username=username, display_name=name) for username, name in self.people]


_TERMS: Final[Compiled[Any]] = Compiled(
    lambda desk: Desk(pk=desk).terms.current().values_list(*SHOWN_OF_TERM),
    desk=DESK,
)
_PEOPLE: Final[Compiled[Any]] = Compiled(
    lambda desk: members_of(Article(desk_id=desk)).values_list("username", "display_name"), desk=DESK
)


def choices_for(user: User, article: Article) -> Choices:
    """The roles of the person, by which they may annotate or not, are asked for on the same way to the database."""
    desk = article.desk_id
    terms, people, roles = together(_TERMS.asked(desk=desk), _PEOPLE.asked(desk=desk), asked_roles(user))
    remember_roles(user, roles)
    return Choices(tuple(terms), tuple(people))


def new_form(
    kind: type[NewAnnotationForm], choices: Choices, data: Any = None, **initial: UUID | None
) -> NewAnnotationForm:
    """An empty form, or the one that was sent."""
    return kind(data, initial=initial, terms=choices.as_terms(), people=choices.as_people())


def empty_fields(article: Article, choices: Choices) -> SafeString:
    """The fields, with an id of their own: sending the same form twice makes one annotation."""
    html = _html(choices, get_language())
    html = html.replace(str(ID), str(new_id())).replace(str(REVISION), str(article.revision_id))
    return mark_safe(html)  # noqa: S308  # rendered by a template


def emptied(article: Article, choices: Choices, sent: str | None) -> list[Region]:
    """The fields after saving, when others were sent: with sentences in them, or with what could be chosen once.

    What is like the empty fields but for what was typed, the browser empties by itself. `sent`: the form's `choices`.
    "innerHTML" would give the focus to a field of the form that closes now, for which the browser lays the page out
    again and again.
    """
    html = '<div class="composer-body" id="composer-fields">{}</div>'
    if sent == _name_of(choices):
        return []
    return [Region("#composer-fields", format_html(html, empty_fields(article, choices)), "outerSync")]


@lru_cache(KEPT)
def _name_of(choices: Choices) -> str:
    """The same in all processes."""
    return f"{crc32(repr(choices).encode()):x}"


@lru_cache(KEPT)
def _html(choices: Choices, _language: str | None) -> str:
    """From what is shown, and the language it is shown in, so that nothing stale is ever found here."""
    form = new_form(NewAnnotationForm, choices, id=ID, revision=REVISION)
    form.give_keys()
    return render_to_string("annotations/annotations/_new_fields.html", {"form": form, "choices": _name_of(choices)})


def several_actions(choices: Choices) -> SafeString:
    """What can be done with the ticked cards."""
    return _actions_html(choices, get_language())


@lru_cache(KEPT)
def _actions_html(choices: Choices, _language: str | None) -> SafeString:
    labels = [term for term in choices.as_terms() if term.vocabulary.key != VERDICT_SCALE]
    form = SeveralForm(terms=labels, people=choices.as_people())
    return render_to_string("annotations/several/_actions.html", {"several_form": form})

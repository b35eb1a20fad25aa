"""A desk's words are marked with its language wherever they stand in a page that may be in another."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from annotations.models import Annotation, Article, Desk, Event, User
from annotations.services.articles import import_article
from annotations.services.desks import describe_desk
from annotations.services.incoming import text_of
from tests.people import People

ABOUT = "/desks/demo/about/"


@pytest.fixture
def foreign(desk: Desk, people: People) -> Desk:
    return describe_desk(desk_id=desk.pk, actor=people.admin, name="Відділ перевірки", language="uk")


def test_administrator_names_the_desk_and_its_language(
    desk: Desk, people: People, as_user: Callable[[User], Client]
) -> None:
    response = as_user(people.admin).post(ABOUT, {"name": "Відділ перевірки", "language": "uk"})

    desk.refresh_from_db()
    assert response["Location"] == "/desks/demo/settings/"
    assert (desk.name, desk.language) == ("Відділ перевірки", "uk")
    event = Event.objects.filter(object_type="desk", action="describe").get()
    assert (event.before["language"], event.after["language"]) == ("", "uk")


def test_what_is_no_code_is_refused_with_what_to_write(
    desk: Desk, people: People, as_user: Callable[[User], Client]
) -> None:
    response = as_user(people.admin).post(ABOUT, {"name": "Demo desk", "language": "ukrainian"})

    desk.refresh_from_db()
    assert response.status_code == 422
    assert "&quot;ukrainian&quot; is no code of a language. Write one such as" in response.content.decode()
    assert desk.language == ""


def test_others_cannot_rename_the_desk(desk: Desk, checker: Client) -> None:
    response = checker.post(ABOUT, {"name": "Mine", "language": ""})

    desk.refresh_from_db()
    assert response.status_code == 403
    assert desk.name == "Demo desk"


def test_labels_of_cards_and_choices_are_in_the_language_of_the_desk(
    foreign: Desk, article: Article, annotation: Annotation, checker: Client
) -> None:
    page = checker.get(f"/articles/{article.pk}/").content.decode()

    assert re.search(r'<span class="label dot k\d" title="[^"]*" dir="auto" lang="uk">Intelligence-sourced<', page)
    assert re.search(r'<option value="state-media" title="[^"]+" lang="uk">', page)
    assert re.search(r'<label lang="uk"><input type="checkbox" name="labels_claim_type"', page)
    assert '<span dir="auto" lang="uk">Claim type</span>' in page
    assert '<option value="" selected>Not said</option>' in page


@pytest.mark.parametrize("path", ["/desks/demo/settings/", "/articles/", "/", "/desks/demo/overview/"])
def test_name_of_the_desk_is_in_its_language(path: str, foreign: Desk, article: Article, checker: Client) -> None:
    assert ' lang="uk">Відділ перевірки<' in checker.get(path).content.decode()


def test_desk_of_no_known_language_marks_nothing(article: Article, annotation: Annotation, checker: Client) -> None:
    page = checker.get(f"/articles/{article.pk}/").content.decode()

    assert re.search(r'<span class="label dot k\d" title="[^"]*" dir="auto">Intelligence-sourced<', page)


def test_text_of_no_known_language_is_taken_to_be_in_that_of_the_desk(foreign: Desk, people: People) -> None:
    unknown, _ = import_article(desk_id=foreign.pk, actor=people.checker, incoming=text_of("1. 22:33\n\n4. 55:66"))
    english, _ = import_article(
        desk_id=foreign.pk,
        actor=people.checker,
        incoming=text_of("The agencies have said that it was the work of the troops, which were there for a year."),
    )

    assert (unknown.language, english.language) == ("uk", "en")


def test_preview_offers_the_language_of_the_desk(foreign: Desk, checker: Client) -> None:
    kept = checker.post("/articles/new/", {"desk": "demo", "text": "1. 22:33\n\n4. 55:66"})
    preview = checker.get(kept["Location"]).content.decode()

    assert re.search(r'name="language" value="uk"[^>]* list="metadata-language-known"', preview)
    assert '<option value="uk">Ukrainian</option>' in preview


@pytest.mark.parametrize("path", ["/articles/", "/articles/new/", "/search/", "/annotations/several/"])
def test_desks_to_choose_from_are_in_their_own_language(path: str, foreign: Desk, checker: Client) -> None:
    page = checker.get(path).content.decode()

    assert re.search(r'<option value="demo" lang="uk"( selected)?>Відділ перевірки</option>', page)

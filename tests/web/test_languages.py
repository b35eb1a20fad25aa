"""The language of pages: asked for by the browser, chosen by the person, written on the page and told to caches."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Article
from tests.people import People

LOGIN = "/accounts/login/"
CHOOSE = "/language/"


def language_of(page: str) -> str:
    found = re.search(r'<html lang="([a-z]+)" dir="ltr">', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("uk", "uk"), ("de-AT,de;q=0.9", "de"), ("fr, uk;q=0.5", "uk"), ("fr", "en"), ("", "en")],
)
def test_page_comes_in_the_language_the_browser_asks_for(db: None, client: Client, asked: str, answered: str) -> None:
    page = client.get(LOGIN, headers={"Accept-Language": asked})

    assert language_of(page.content.decode()) == answered
    assert page.headers["Content-Language"] == answered


def test_choice_of_the_person_outweighs_the_browsers(checker: Client) -> None:
    answer = checker.post(CHOOSE, {"language": "uk", "next": "/articles/"})

    assert (answer.status_code, answer["Location"]) == (302, "/articles/")
    page = checker.get("/articles/", headers={"Accept-Language": "de"})
    assert language_of(page.content.decode()) == "uk"


def test_language_that_there_is_not_changes_nothing(checker: Client) -> None:
    checker.post(CHOOSE, {"language": "xx"})

    assert language_of(checker.get("/").content.decode()) == "en"


def test_choice_does_not_lead_to_another_site(client: Client, db: None) -> None:
    answer = client.post(CHOOSE, {"language": "de", "next": "https://elsewhere.example/"})

    assert answer["Location"] == "/"


@pytest.mark.parametrize("path", [LOGIN, "/"])
def test_page_offers_every_language_by_its_own_name(checker: Client, client: Client, path: str) -> None:
    page = (client if path == LOGIN else checker).get(path).content.decode()

    for code, name in (("en", "English"), ("uk", "Українська"), ("de", "Deutsch")):
        assert re.search(
            rf'<button type="submit" name="language" value="{code}" lang="{code}"[^>]*>{name}</button>', page
        )


def test_answers_say_that_they_depend_on_language_and_cookie(article: Article, checker: Client, people: People) -> None:
    for path in ("/", reverse("annotations:article", args=(article.pk,)), "/p/no-such-page/", LOGIN):
        assert {"Accept-Language", "Cookie"} <= set(checker.get(path).headers["Vary"].split(", "))

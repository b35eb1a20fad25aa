"""The language of pages: asked for by the browser, chosen by the person, written on the page and told to caches."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from lxml import html

from annotations.core.states import ArticleState
from annotations.models import Article
from tests.people import People
from tests.states import article_at

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
@pytest.mark.parametrize("asked", ["en", "uk", "de"])
def test_page_offers_every_language_by_its_own_name(checker: Client, client: Client, path: str, asked: str) -> None:
    page = (client if path == LOGIN else checker).get(path, headers={"Accept-Language": asked}).content.decode()

    offered = re.findall(r'name="language" value="(\w+)" lang="(\w+)"( aria-current="true")?>(\w+)</button>', page)
    assert [(value, name) for value, _, _, name in offered] == [
        ("en", "English"),
        ("uk", "Українська"),
        ("de", "Deutsch"),
    ]
    assert all(value == lang for value, lang, _, _ in offered)
    assert [value for value, _, current, _ in offered if current] == [asked]


def test_ukrainian_page_has_ukrainian_buttons(checker: Client, article: Article) -> None:
    path = reverse("annotations:article", args=(article.pk,))

    page = checker.get(path, headers={"Accept-Language": "uk"}).content.decode()

    assert '<html lang="uk" dir="ltr">' in page
    for words in (">Завдання</a>", ">Зберегти позначку</button>", ">Позначки</h2>", ">Вийти</button>"):
        assert words in page


@pytest.mark.parametrize(("asked", "words"), [("en", "1 article"), ("uk", "1 стаття"), ("de", "1 Artikel")])
def test_counts_have_the_plural_of_the_language(checker: Client, article: Article, asked: str, words: str) -> None:
    page = checker.get("/articles/", headers={"Accept-Language": asked}).content.decode()

    assert f">{words}<" in page


def test_fields_that_are_kept_are_kept_for_each_language(checker: Client, article: Article) -> None:
    path = reverse("annotations:article", args=(article.pk,))

    pages = [checker.get(path, headers={"Accept-Language": asked}).content.decode() for asked in ("uk", "de", "uk")]

    assert [("Твердження</label>" in page, "Behauptung</label>" in page) for page in pages] == [
        (True, False),
        (False, True),
        (True, False),
    ]


def test_refusals_come_in_the_language_of_the_reader(checker: Client) -> None:
    page = checker.get("/no-such-page/", headers={"Accept-Language": "de"}).content.decode()

    assert "Hier ist nichts" in page


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_page_of_a_language_that_is_written_from_the_right_says_so(
    client: Client, db: None, code: str, direction: str
) -> None:
    with override_settings(LANGUAGES=[("en", "English"), ("ar", "العربية")]):
        page = client.get(LOGIN, headers={"Accept-Language": code}).content.decode()

    assert f'<html lang="{code}" dir="{direction}">' in page


def test_answers_say_that_they_depend_on_language_and_cookie(article: Article, checker: Client, people: People) -> None:
    for path in ("/", reverse("annotations:article", args=(article.pk,)), "/p/no-such-page/", LOGIN):
        assert {"Accept-Language", "Cookie"} <= set(checker.get(path).headers["Vary"].split(", "))


@pytest.fixture
def published(article: Article, people: People) -> str:
    return f"/p/{article_at(ArticleState.PUBLISHED, article, people).pk}/"


@pytest.mark.parametrize(
    ("code", "words"), [("en", "What was checked"), ("uk", "Що перевірено"), ("de", "Was geprüft wurde")]
)
def test_public_page_comes_in_the_language_that_its_address_names(
    code: str, words: str, published: str, client: Client, checker: Client
) -> None:
    checker.post(CHOOSE, {"language": "uk"})

    asked = [each.get(f"{published}?lang={code}", headers={"Accept-Language": "de"}) for each in (client, checker)]

    for response in asked:
        page = response.content.decode()
        assert (language_of(page), response["Content-Language"]) == (code, code)
        assert f">{words}</h2>" in page
        assert not {"Cookie", "Accept-Language"} & set(response.headers.get("Vary", "").split(", "))
    assert asked[0].content == asked[1].content


@pytest.mark.parametrize("query", ["", "?lang=xx", "?lang=", "?lang=..%2Fuk"])
def test_public_page_without_a_language_in_its_address_is_the_readers_own(
    query: str, published: str, client: Client
) -> None:
    response = client.get(published + query, headers={"Accept-Language": "de"})

    assert language_of(response.content.decode()) == "de"
    assert {"Cookie", "Accept-Language"} <= set(response["Vary"].split(", "))


def test_public_page_offers_every_language_without_a_script(published: str, client: Client) -> None:
    tree = html.fromstring(client.get(f"{published}?lang=uk").content)

    links = tree.xpath("//nav[@class='languages']/a")
    assert [(each.get("href"), each.get("lang"), each.get("hreflang"), each.text) for each in links] == [
        ("?lang=en", "en", "en", "English"),
        ("?lang=uk", "uk", "uk", "Українська"),
        ("?lang=de", "de", "de", "Deutsch"),
    ]
    assert [each.text for each in links if each.get("aria-current")] == ["Українська"]
    assert [(each.get("hreflang"), each.get("href")) for each in tree.xpath("//link[@rel='alternate']")] == [
        ("x-default", f"http://testserver{published}"),
        *((code, f"http://testserver{published}?lang={code}") for code in ("en", "uk", "de")),
    ]

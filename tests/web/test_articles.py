"""The list of articles, their details, their revisions and the downloads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.models import Article, Desk
from tests.factories import import_text
from tests.people import TEXT, People


def titles(client: Client, **query: str) -> list[str]:
    response = client.get(reverse("annotations:articles"), query)
    assert response.status_code == 200
    return [link.text for link in html.fromstring(response.content).xpath("//a[contains(@class, 'row-title')]")]


@pytest.fixture
def three(desk: Desk, people: People) -> list[Article]:
    return [
        import_text(desk, people.checker, "Alpha\n\nVaccines work.", title="Alpha", byline="Ana Ruiz", language="en"),
        import_text(desk, people.checker, "Beta\n\nImpfstoffe.", title="Beta", outlet="Morgenpost", language="de"),
        import_text(desk, people.checker, "Gamma\n\n100% of_it", title="Gamma", language="en"),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Gamma", "Beta", "Alpha"]),
        ({"q": "vaccines"}, ["Alpha"]),
        ({"q": "RUIZ"}, ["Alpha"]),
        ({"q": "morgenpost"}, ["Beta"]),
        ({"q": "100%"}, ["Gamma"]),
        ({"q": "of_it"}, ["Gamma"]),
        ({"q": "nothing like it"}, []),
        ({"language": "de"}, ["Beta"]),
        ({"state": "checking"}, []),
        ({"state": "draft", "language": "en"}, ["Gamma", "Alpha"]),
        ({"desk": "demo"}, ["Gamma", "Beta", "Alpha"]),
        ({"desk": "other"}, ["Gamma", "Beta", "Alpha"]),
        ({"page": "nonsense"}, ["Gamma", "Beta", "Alpha"]),
        ({"page": "99"}, ["Gamma", "Beta", "Alpha"]),
    ],
)
def test_search_and_filters_find(
    query: dict[str, str], found: list[str], three: list[Article], foreign_article: Article, checker: Client
) -> None:
    """A filter value that is not offered (somebody else's desk) narrows nothing and reveals nothing."""
    assert titles(checker, **query) == found


def test_list_has_pages(desk: Desk, people: People, checker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.web.views.articles.A_PAGE", 2)
    for name in "abc":
        import_text(desk, people.checker, f"{name}\n\ntext", title=name, language="en")

    first = checker.get(reverse("annotations:articles"), {"language": "en"}).content.decode()

    assert titles(checker) == ["c", "b"]
    assert titles(checker, page="2") == ["a"]
    assert "1–2 of 3" in first
    assert 'href="?language=en&amp;page=2"' in first


def test_empty_lists_say_what_to_do(desk: Desk, people: People, checker: Client) -> None:
    url = reverse("annotations:articles")

    assert "No articles yet" in checker.get(url).content.decode()
    assert "No article matches" in checker.get(url, {"q": "x"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_article_as_for_three(
    count: int, desk: Desk, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        import_text(desk, people.checker, f"Title {number}\n\nText.", title=f"Title {number}")

    with django_assert_num_queries(8):
        checker.get(reverse("annotations:articles"))


def details(article: Article, **changes: Any) -> dict[str, Any]:
    return {"title": article.title, "seen_version": article.version, **changes}


def test_details_are_corrected_to_the_letter(article: Article, checker: Client) -> None:
    url = reverse("annotations:edit-article", args=(article.pk,))
    data = details(article, title="  New title ", byline="A & B", published_at="2025-12-13", language="uk")

    response = checker.post(url, data)

    article.refresh_from_db()
    assert response["Location"] == f"/articles/{article.pk}/"
    assert (article.title, article.byline, article.language) == ("  New title ", "A & B", "uk")
    assert str(article.published_at) == "2025-12-13"


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"title": ""}, 422, "Fill this in."),
        ({"title": "   "}, 422, "An article needs a title."),
        ({"canonical_url": "not an address"}, 422, "Enter a valid URL."),
        ({"published_at": "yesterday"}, 422, "Enter a valid date."),
        ({"seen_version": 0}, 412, "Somebody changed this article in the meantime"),
    ],
)
def test_wrong_details_come_back_with_a_sentence(
    wrong: dict[str, Any], status: int, sentence: str, article: Article, checker: Client
) -> None:
    url = reverse("annotations:edit-article", args=(article.pk,))

    response = checker.post(url, details(article, byline="Typed") | wrong)

    source = response.content.decode()
    article.refresh_from_db()
    assert response.status_code == status
    assert sentence in source
    assert 'value="Typed"' in source
    assert article.version == 1


def test_text_download_is_the_canonical_text(article: Article, checker: Client) -> None:
    response = checker.get(reverse("annotations:article-text", args=(article.pk,)))

    assert response.content.decode() == TEXT
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="troops-cleared-mines-r1.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_source_download_is_the_bytes_that_came_in(article: Article, checker: Client) -> None:
    response = checker.get(reverse("annotations:article-source", args=(article.pk,)))

    assert response.content == TEXT.encode()
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_revisions_show_number_length_and_hash(article: Article, checker: Client) -> None:
    assert article.revision is not None

    source = checker.get(reverse("annotations:revisions", args=(article.pk,))).content.decode()

    assert article.revision.sha256 in source
    assert f'<td class="number">{len(TEXT)}</td>' in source

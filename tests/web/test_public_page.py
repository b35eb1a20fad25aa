"""The public page: what it shows, what it keeps to itself, and what is said once it was taken back."""

import pytest
from django.test import Client
from lxml import html

from annotations.core.states import ArticleState
from annotations.models import Article, Desk, Event
from annotations.services.comments import add_comment
from annotations.services.signoff import move_article
from tests.factories import annotate, import_text
from tests.people import People
from tests.states import article_at, move


@pytest.mark.parametrize("state", [ArticleState.CHECKING, ArticleState.CLEARED])
def test_public_page_is_not_there_before_it_is_published(state: ArticleState, article: Article, people: People) -> None:
    article = article_at(state, article, people)

    response = Client().get(f"/p/{article.pk}/")

    assert response.status_code == 404
    assert article.desk.name not in response.content.decode()


@pytest.mark.parametrize(
    ("action", "status", "heading"),
    [("retract", 410, "This fact check was withdrawn"), ("reopen", 404, "This article is being checked again")],
)
def test_who_follows_a_link_to_a_withdrawn_page_is_told_by_whom_and_when(
    action: str, status: int, heading: str, article: Article, people: People, checker: Client
) -> None:
    article = article_at(ArticleState.PUBLISHED, article, people)
    move_article(
        article_id=article.pk, actor=people.head, action=action, seen_version=None, reason="The agency took it back."
    )
    since = Event.objects.get(action=action, object_id=article.pk).created

    response = Client().get(f"/p/{article.pk}/?lang=en")

    page = " ".join(html.fromstring(response.content).xpath("//main")[0].text_content().split())
    assert response.status_code == status
    assert page.startswith(f"{heading} {article.desk.name} ")
    assert f"{since.day} {since:%b %Y}" in page
    source = response.content.decode()
    inside = (article.title, "nine", "Nine died", "Accurate", "The agency took it back", "Head")
    assert [words for words in inside if words in source] == []
    assert checker.get(f"/p/{article.pk}/?lang=en").content == response.content


def test_title_that_the_text_begins_with_is_shown_once(desk: Desk, people: People) -> None:
    text = "Report on the mines\n\nBy Ann Bee\n\nThe report says that nine died in May. It is long."
    titles = ("Report on the mines", "What the report says")
    articles = [import_text(desk, people.checker, text, title=title) for title in titles]
    for article in articles:
        article_at(ArticleState.PUBLISHED, article, people)

    pages = [html.fromstring(Client().get(f"/p/{article.pk}/").content) for article in articles]

    assert [page.xpath("//h1/@class") for page in pages] == [["heard"], []]
    assert [page.xpath("//h2[@class='headline']/text()") for page in pages] == [["Report on the mines"]] * 2


def test_page_that_is_published_again_is_as_before(article: Article, people: People) -> None:
    article = article_at(ArticleState.PUBLISHED, article, people)
    for action in ("reopen", "clear", "publish"):
        move_article(article_id=article.pk, actor=people.head, action=action, seen_version=None, reason="A new figure.")

    response = Client().get(f"/p/{article.pk}/")

    assert response.status_code == 200
    assert "Nine died." in response.content.decode()


def test_public_page_shows_verdicts_and_nothing_of_the_desks_inside(article: Article, people: People) -> None:
    inside = annotate(article, people.checker2, "families", note="Secret note")
    add_comment(annotation_id=inside.pk, actor=people.checker, text="Secret remark")
    move(inside, people.checker2, "withdraw", reason="Twice.")
    article = article_at(ArticleState.PUBLISHED, article, people)

    response = Client().get(f"/p/{article.pk}/")

    source = response.content.decode()
    assert response.status_code == 200
    assert html.fromstring(source).xpath("//mark//text()") == ["nine"]
    assert all(words in source for words in ("Nine died.", "Accurate", "The report says so.", "www.example.org/a"))
    assert [name for name in ("Secret", "Checker", "Reviewer", "Head") if name in source] == []

"""The worklist: mine, the unassigned of others, the articles being checked; what an empty one says."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.models import Annotation, Article, User
from tests.factories import annotate
from tests.people import TEXT, People


def lists(client: Client) -> dict[str, list[str]]:
    tree = html.fromstring(client.get("/").content)
    return {
        section.xpath(".//h2")[0].text: [link.text for link in section.xpath(".//a[contains(@class, 'row-title')]")]
        for section in tree.xpath("//section")
    }


def test_open_annotations_are_mine_or_nobodys(
    article: Article, foreign_article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    annotate(article, people.checker, "thousands of troops", claim="My claim")
    annotate(article, people.checker2, "Thousands of families")
    annotate(article, people.checker2, "Troops cleared mines", assignee="checker")
    annotate(foreign_article, people.stranger, "Thousands of families")

    found = lists(as_user(people.checker))

    assert found == {
        "Mine": ["Troops cleared mines", "My claim"],
        "Open and unassigned": ["Thousands of families"],
        "Articles being checked": ["Troops cleared mines"],
    }


def test_rows_lead_to_the_card_in_the_article(annotation: Annotation, checker: Client) -> None:
    source = checker.get("/").content.decode()

    assert f'href="/articles/{annotation.article_id}/#card-{annotation.pk}"' in source
    assert "1 open annotation<" in source


def test_person_without_a_desk_is_told_who_can_help(people: People, as_user: Callable[[User], Client]) -> None:
    source = as_user(people.nobody).get("/").content.decode()

    assert "You are not on a desk yet" in source
    assert "An administrator puts people on desks." in source


def test_empty_worklist_says_what_to_do(checker: Client) -> None:
    source = checker.get("/").content.decode()

    assert "Nothing waits for you" in source
    assert 'href="/articles/new/"' in source


@pytest.mark.parametrize("count", [1, 3])
def test_worklist_takes_the_same_queries_for_one_row_as_for_three(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5])
        annotate(article, people.checker2, TEXT[at * 6 : at * 6 + 5])

    with django_assert_num_queries(15):
        checker.get("/")


def test_long_section_shows_all_on_demand(article: Article, people: People, checker: Client) -> None:
    for number in range(51):
        annotate(article, people.checker2, "Thousands of families", claim=f"Claim {number}")

    short = html.fromstring(checker.get("/").content)
    [link] = [each for each in short.xpath("//a") if each.text == "Show all 51"]
    alone = html.fromstring(checker.get(f"/{link.get('href')}").content)

    assert len(short.xpath("//a[contains(@class, 'row-title')][starts-with(text(), 'Claim')]")) == 50
    assert len(alone.xpath("//a[contains(@class, 'row-title')][starts-with(text(), 'Claim')]")) == 51
    assert alone.xpath("string(//title)") == "Open and unassigned · Worklist · Factcheck"
    assert "The whole worklist" in [each.text for each in alone.xpath("//a")]
    assert [each.text for each in alone.xpath("//main//h2")][:1] == ["Open and unassigned"]
    assert not [each for each in alone.xpath("//a") if (each.text or "").startswith("Show all")]

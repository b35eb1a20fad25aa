"""The overviews: right numbers, in the chart and in its table; empty states; queries that do not grow; no leaks."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from annotations.core.drafts import AttributionDraft, EvidenceDraft
from annotations.core.states import AnnotationState
from annotations.models import Article, Desk, User
from annotations.queries.desk_overview import desk_overview
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at

As = Callable[[User], Client]


def charts(client: Client, url: str) -> dict[str, Any]:
    """By title: the rows of the table behind the chart, or the sentence where there is nothing to draw."""
    tree = html.fromstring(client.get(url).content)
    found: dict[str, Any] = {}
    for figure in tree.xpath("//section[contains(@class, 'figure')]"):
        title = figure.xpath(".//h2")[0].text.strip()
        rows = [(row.xpath("th")[0].text, row.xpath("td")[0].text) for row in figure.xpath(".//tbody/tr")]
        found[title] = rows or figure.xpath("p")[0].text
        if rows:
            [drawing] = figure.xpath(".//svg")
            assert drawing.get("role") == "img"
            assert drawing.xpath("*[local-name()='desc']")[0].text == "; ".join(": ".join(row) for row in rows)
    return found


def test_article_in_numbers(article: Article, people: People, checker: Client) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    two = [EvidenceDraft(url=f"https://{host}.org/", stance="supports") for host in ("one", "two")]
    source = AttributionDraft(source="Agencies", origin="intelligence-sourced")
    annotate(article, people.checker, "thousands of troops", evidence=two, attributions=[source])

    url = f"/articles/{article.pk}/overview/"
    found = charts(checker, url)

    assert found == {
        "Annotations by state": [("Open", "1"), ("Signed off", "1")],
        "Coverage": [("Annotated", "2"), ("Nothing to check", "0"), ("Not seen yet", "3")],
        "Verdicts": [("Accurate", "1")],
        "Sources by origin": [("Intelligence-sourced", "1")],
    }
    page = html.fromstring(checker.get(url).content)
    assert [link.text for link in page.xpath("//a[contains(@class, 'row-title')]")] == ["Nine died."]


def test_article_without_work_says_so(article: Article, checker: Client) -> None:
    found = charts(checker, f"/articles/{article.pk}/overview/")

    assert found["Annotations by state"] == "Nothing is annotated yet."
    assert found["Verdicts"] == "No verdict has been proposed yet."
    assert found["Sources by origin"] == "No source is named yet."


def test_desk_over_time(article: Article, desk: Desk, people: People, as_user: As) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    annotation_at(AnnotationState.RETURNED, article, people, "families")
    annotation_at(AnnotationState.PROPOSED, article, people, "country")

    found = charts(as_user(people.reviewer), "/desks/demo/overview/")

    assert found["Open work"] == [("Proposed", "1"), ("Returned", "1")]
    assert found["Days from created to signed off"][-1][1] == "0.0"
    assert found["Proposals approved as they were"][-1][1] == "50"
    assert found["Signed off"][-1][1] == "1"
    assert [shown for _, shown in found["Open at the end of the week"]] == ["0"] * 11 + ["2"]
    assert [shown for _, shown in found["Signed off"][:-1]] == ["–"] * 11
    page = as_user(people.reviewer).get("/desks/demo/overview/").content.decode()
    assert "Reviewers approved 1 of 2 proposals as they were." in page


def test_desk_without_work_says_so_and_readers_see_only_what_was_cleared(
    article: Article, people: People, as_user: As
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)

    assert charts(as_user(people.reader), "/desks/demo/overview/") == {
        "Days from created to signed off": "Nothing was signed off in these weeks.",
        "Proposals approved as they were": "No proposal was reviewed in these weeks.",
        "Signed off": "Nothing was signed off in these weeks.",
        "Open at the end of the week": "Nothing was open in these weeks.",
        "Open work": "Everything is signed off or withdrawn.",
    }
    assert as_user(people.stranger).get("/desks/demo/overview/").status_code == 404


def test_weeks_are_named_by_their_mondays(desk: Desk, people: People) -> None:
    overview = desk_overview(people.checker, desk, dt.date(2026, 11, 26))

    labels = [bar.label for bar in overview.charts[0].bars]
    assert (labels[0], labels[-1], len(labels)) == ("7 Sep", "23 Nov", 12)


def test_open_work_is_counted_back_from_today(article: Article, desk: Desk, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    annotation_at(AnnotationState.OPEN, article, people, "families")
    later = timezone.now().date() + dt.timedelta(weeks=2)

    [found] = [each for each in desk_overview(people.checker, desk, later).charts if each.title.startswith("Open at")]

    assert [bar.shown for bar in found.bars] == ["0"] * 9 + ["1"] * 3


def test_days_are_written_as_the_language_writes_numbers(article: Article, people: People, checker: Client) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)

    found = html.fromstring(checker.get("/desks/demo/overview/", headers={"Accept-Language": "uk"}).content)

    assert "0,0" in [cell.text for cell in found.xpath("//td")]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/articles/{}/overview/", 12), ("/desks/demo/overview/", 8)])
def test_overviews_take_the_same_queries_for_one_annotation_as_for_three(
    path: str,
    queries: int,
    count: int,
    article: Article,
    people: People,
    checker: Client,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for at in range(count):
        annotation_at(AnnotationState.SIGNED_OFF, article, people, TEXT[at * 6 : at * 6 + 5])
    checker.get(path.format(article.pk))

    with django_assert_num_queries(queries):
        checker.get(path.format(article.pk))


@pytest.mark.parametrize(
    ("language", "week"), [("en", r"\d+ [A-Z]\w+"), ("de", r"\d+\. [A-Z]\w+"), ("uk", r"\d+ [а-яії]+")]
)
def test_weeks_are_named_as_the_language_writes_days(
    language: str, week: str, article: Article, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "thousands of troops")
    checker.cookies["django_language"] = language

    tree = html.fromstring(checker.get("/desks/demo/overview/").content)
    named = [row.text for row in tree.xpath("//tbody/tr/th") if row.text[0].isdecimal()]

    assert named
    assert [name for name in named if not re.fullmatch(week, name)] == []

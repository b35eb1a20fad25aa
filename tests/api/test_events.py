"""The change feed: everything that happened, in an order in which nothing is missed, and nothing confidential."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.drafts import AttributionDraft
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk, Event
from annotations.queries.event_feed import cursor_of, position_of
from annotations.services.evidence import add_attribution
from annotations.services.identities import keep_identity, read_identity
from tests.api.client import Api, problem
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at, article_at


def feed(api: Api, **params: Any) -> dict[str, Any]:
    response = api.show("events/", params)
    assert response.status_code == 200, response.content
    return dict(json.loads(response.content))


def told(api: Api, **params: Any) -> list[tuple[str, str]]:
    return [(row["action"], row["object_type"]) for row in feed(api, **params)["results"]]


def numbers(page: dict[str, Any]) -> list[int]:
    return [row["number"] for row in page["results"]]


def test_withdrawals_are_told_with_what_was_withdrawn(checker: Api, article: Article, people: People) -> None:
    start = feed(checker)["after"]
    withdrawn = annotation_at(AnnotationState.WITHDRAWN, article, people)

    rows = feed(checker, after=start)["results"]

    assert [row["action"] for row in rows] == ["start", "create", "withdraw"]
    last = rows[-1]
    assert (last["annotation"], last["article"], last["desk"]) == (str(withdrawn.pk), str(article.pk), "demo")
    assert (last["before"]["state"], last["after"]["state"], last["reason"]) == ("open", "withdrawn", "Twice.")
    assert last["actor"] == "checker"


def test_pages_follow_one_another_without_gap_or_repetition(checker: Api, article: Article, people: People) -> None:
    annotate(article, people.checker, "nine")
    annotate(article, people.checker, "leader")
    whole = numbers(feed(checker))
    seen: list[int] = []
    page = feed(checker, page_size=2)
    while page["next"]:
        seen += numbers(page)
        page = json.loads(checker.send("GET", page["next"]).content)
    seen += numbers(page)

    assert seen == whole == sorted(whole)
    assert (feed(checker, after=page["after"])["results"], page["next"]) == ([], None)


def test_an_event_with_an_older_id_that_commits_late_is_not_missed(
    checker: Api, article: Article, people: People, desk: Desk
) -> None:
    after = feed(checker)["after"]
    earlier = Event.objects.order_by("id").first()
    assert earlier is not None
    late = Event.objects.create(
        id=f"00000000-0000-7000-8000-{earlier.pk.hex[:12]}", desk=desk, action="edit", object_type="desk",
        object_id=desk.pk,
    )  # fmt: skip

    assert [row["id"] for row in feed(checker, after=after)["results"]] == [str(late.pk)]


def test_nobody_is_told_about_other_desks(
    checker: Api, article: Article, foreign_article: Article, people: People
) -> None:
    assert {row["desk"] for row in feed(checker)["results"]} == {"demo"}
    assert {row["desk"] for row in feed(Api(people.stranger))["results"]} == {"other"}
    assert told(Api(people.nobody)) == []
    problem(checker.show("events/", {"desk": "other"}), 404, "not_found")


def test_readers_are_told_about_articles_that_they_may_see(
    article: Article, people: People, foreign_article: Article
) -> None:
    reader = Api(people.reader)
    assert told(reader) == []

    article_at(ArticleState.PUBLISHED, article, people)

    assert ("publish", "article") in told(reader)
    assert {row["article"] for row in feed(reader)["results"]} == {str(article.pk)}


def test_nothing_confidential_leaves(checker: Api, article: Article, annotation: Annotation, people: People) -> None:
    source, _ = add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft("A clerk"))
    after = feed(checker)["after"]
    keep_identity(attribution_id=source.pk, actor=people.checker, content="Jane Roe", readers=["checker2"])
    read_identity(attribution_id=source.pk, actor=people.checker2)
    annotate(article, people.checker, "nine")

    assert told(checker, after=after) == [("create", "annotation")]
    assert b"Jane Roe" not in checker.show("events/").content


@pytest.mark.parametrize("after", ["x", "Zm9v", "W10", "e30=e30", cursor_of({}) + "x", "eyJhIjoxfQ", "\u00e9"])
def test_a_cursor_that_is_not_ours_is_refused(after: str, checker: Api) -> None:
    problem(checker.show("events/", {"after": after}), 400, "invalid_cursor")


def test_a_cursor_says_where_one_stands(desk: Desk) -> None:
    assert position_of(cursor_of({desk.pk: 7})) == {desk.pk: 7}
    assert position_of(cursor_of({})) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_asks_as_often_for_many_as_for_one(count: int, checker: Api, article: Article, people: People) -> None:
    for words in ("nine", "leader", "agencies")[:count]:
        annotate(article, people.checker, words)
    feed(checker)

    with CaptureQueriesContext(connection) as captured:
        feed(checker)

    # The token, the memberships, the ids, the events.
    assert len(captured) == 4

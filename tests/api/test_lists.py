"""Lists over the API: filters, pages, links; desks, vocabularies and terms; signed-off verdicts."""

from typing import Any

import pytest
from django.test import override_settings

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk, Term
from tests.api.client import Api
from tests.factories import annotate, import_text
from tests.people import People
from tests.states import annotation_at


def ids(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["results"]]


@pytest.fixture
def three(article: Article, people: People) -> list[str]:
    """Ids of three annotations, oldest first."""
    made = [annotate(article, people.checker, words) for words in ("Troops", "mines", "leader")]
    return [str(each.pk) for each in made]


def test_pages_lead_forth_and_back(checker: Api, three: list[str]) -> None:
    first = checker.show("annotations/", {"page_size": 2})
    second = checker.send("GET", first.json()["next"])
    back = checker.send("GET", second.json()["previous"])

    assert (ids(first), ids(second), ids(back)) == (three[:0:-1], three[:1], three[:0:-1])
    assert (first.json()["previous"], second.json()["next"]) == (None, None)


def test_a_new_row_does_not_shift_the_next_page(
    checker: Api, three: list[str], article: Article, people: People
) -> None:
    first = checker.show("annotations/", {"page_size": 2}).json()
    annotate(article, people.checker, "nine")

    assert ids(checker.send("GET", first["next"])) == three[:1]


def test_links_keep_the_filters_and_the_address_the_client_used(checker: Api, three: list[str]) -> None:
    with override_settings(
        ALLOWED_HOSTS=["facts.example.org"], SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
    ):
        answer = checker.show(
            "annotations/",
            {"page_size": 1, "q": "s o&=", "state": ["open", "proposed"]},
            Host="facts.example.org",
            X_Forwarded_Proto="https",
        )
        page = checker.show("annotations/", {"page_size": 1}, Host="facts.example.org", X_Forwarded_Proto="https")

    assert answer.json() == {"next": None, "previous": None, "results": []}
    assert page.json()["next"].startswith("https://facts.example.org/api/v1/annotations/?cursor=")
    assert page.json()["next"].endswith("&page_size=1")


def test_two_hundred_rows_are_a_page(checker: Api, three: list[str]) -> None:
    assert len(ids(checker.show("annotations/", {"page_size": 200}))) == 3


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"term": "quantity"}, ["nine"]),
        ({"verdict": "accurate"}, ["nine"]),
        ({"verdict": "quantity"}, []),
        ({"author": "checker2"}, ["mines"]),
        ({"author": "checker2 "}, []),
        ({"assignee": "reviewer"}, ["mines"]),
        ({"q": "THOUSANDS"}, ["thousands of troops"]),
        ({"q": "100%"}, []),
        ({"q": "note_"}, ["mines"]),
        ({"state": ["withdrawn", "open"], "author": "checker2"}, ["mines"]),
        ({"state": "proposed"}, []),
        ({"desk": "demo", "term": "quantity"}, ["nine"]),
        ({"desk": "other"}, []),
        ({"updated_after": "2000-01-01T00:00:00Z", "term": "quantity"}, ["nine"]),
        ({"updated_after": "2999-01-01T00:00:00+02:00"}, []),
    ],
)
def test_filters_find_exactly_what_they_name(
    params: dict[str, Any],
    found: list[str],
    checker: Api,
    article: Article,
    annotation: Annotation,
    foreign_article: Article,
    people: People,
) -> None:
    annotation_at(AnnotationState.OPEN, article, people)
    annotate(article, people.checker2, "mines", assignee="reviewer", note="A note_.")
    annotate(foreign_article, people.stranger, "thousands of troops", claim="Thousands.")

    rows = checker.show("annotations/", params).json()["results"]

    assert [row["exact"] for row in rows] == found


def test_a_superseded_verdict_is_not_found(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    checker.send("PATCH", f"annotations/{annotation.pk}/", {"verdict": {"term": "unproven"}}, etag="*")

    assert ids(checker.show("annotations/", {"verdict": "accurate"})) == []
    assert ids(checker.show("annotations/", {"verdict": "unproven"})) == [str(annotation.pk)]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["Second", "Troops cleared mines"]),
        ({"q": "second"}, ["Second"]),
        ({"q": "hundred and twenty"}, ["Troops cleared mines"]),
        ({"state": "draft"}, ["Second"]),
        ({"state": ["draft", "checking"]}, ["Second", "Troops cleared mines"]),
        ({"desk": "demo", "canonical_url": "https://www.example.org/a"}, ["Second"]),
        ({"desk": "other"}, []),
        ({"updated_after": "2999-01-01T00:00:00Z"}, []),
    ],
)
def test_articles_are_filtered(
    params: dict[str, Any],
    found: list[str],
    checker: Api,
    desk: Desk,
    annotation: Annotation,
    foreign_article: Article,
    people: People,
) -> None:
    import_text(desk, people.checker, "Other words.", title="Second", canonical_url="https://www.example.org/a")

    rows = checker.show("articles/", params).json()["results"]

    assert [row["title"] for row in rows] == found


def test_desks_are_ones_own_with_ones_roles(checker: Api, desk: Desk, people: People) -> None:
    rows = checker.send("GET", "desks/").json()["results"]

    assert [(row["slug"], row["roles"]) for row in rows] == [("demo", ["checker"])]
    assert checker.send("GET", f"desks/{desk.pk}/").json() == rows[0]
    assert ids(Api(people.nobody).send("GET", "desks/")) == []


def test_terms_carry_what_a_client_needs(checker: Api, desk: Desk) -> None:
    listed = checker.show("terms/", {"desk": str(desk.pk), "vocabulary": "verdict"}).json()["results"]
    accurate = checker.show("terms/", {"key": "accurate"}).json()["results"]

    assert {row["vocabulary"] for row in listed} == {"verdict"}
    assert len(accurate) == 1
    term = Term.objects.get(desk=desk, key="accurate")
    assert accurate[0]["rating"] == {"value": term.rating_value, "best": term.rating_best, "worst": term.rating_worst}
    assert [row["rating"] for row in listed if row["key"] == "not-checkable"] == [None]
    assert checker.send("GET", f"terms/{term.pk}/").json() == accurate[0]
    assert len(ids(checker.send("GET", "vocabularies/?desk=demo"))) == 7


def test_verdicts_are_those_signed_off(checker: Api, article: Article, people: People) -> None:
    settled = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    annotation_at(AnnotationState.PROPOSED, article, people, "hundred")
    annotation_at(AnnotationState.WITHDRAWN, article, people, "twenty")

    (row,) = checker.send("GET", "verdicts/").json()["results"]

    assert (row["annotation"], row["article"], row["desk"]) == (str(settled.pk), str(article.pk), "demo")
    assert (row["exact"], row["start"], row["end"]) == ("nine", settled.start, settled.end)
    assert (row["verdict"], row["verdict_name"], row["rationale"], row["author"]) == (
        "accurate",
        "Accurate",
        "The report says so.",
        "checker",
    )
    assert (row["claim"], row["article_title"]) == ("Nine died.", "Troops cleared mines")
    assert Api(people.stranger).send("GET", "verdicts/").json()["results"] == []


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"desk": "demo"}, 1),
        ({"desk": "other"}, 0),
        ({"verdict": "accurate"}, 1),
        ({"verdict": "unproven"}, 0),
        ({"author": "checker"}, 1),
        ({"updated_after": "2999-01-01T00:00:00Z"}, 0),
    ],
)
def test_verdicts_are_filtered(
    params: dict[str, Any], count: int, checker: Api, article: Article, people: People
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)

    assert len(ids(checker.show("verdicts/", params))) == count
    assert len(ids(checker.show("verdicts/", {**params, "article": str(article.pk)}))) == count


def test_a_reopened_verdict_is_gone_from_the_list(checker: Api, article: Article, people: People) -> None:
    annotation_at(AnnotationState.NEEDS_RECHECK, article, people)

    assert ids(checker.send("GET", "verdicts/")) == []

"""Lists of annotations over the API: filters, pages, and as many statements for many as for one."""

from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from annotations.models import Article
from tests.api.test_annotations import URL
from tests.factories import annotate
from tests.people import People


def test_filters_find_what_they_name(checker: APIClient, article: Article, people: People) -> None:
    nine = annotate(article, people.checker, "nine", claim="Nine died.", terms=["quantity"], assignee="checker2")
    annotate(article, people.checker2, "thousands of troops")

    def ids(query: str) -> list[str]:
        return [row["id"] for row in checker.get(f"{URL}?{query}").json()["results"]]

    for query in ("term=quantity", "author=checker", "assignee=checker2", "q=NINE%20died"):
        assert ids(query) == [str(nine.pk)], query
    assert len(ids(f"article={article.pk}&state=open")) == 2
    assert ids("state=proposed") == []
    assert ids(f"article={uuid4()}") == []


@pytest.mark.parametrize("query", ["colour=red", "state=good", "article=nonsense", "page_size=201", "cursor=%00"])
def test_wrong_parameters_are_a_400(checker: APIClient, query: str) -> None:
    answer = checker.get(f"{URL}?{query}")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_lists_are_cut_into_pages(checker: APIClient, article: Article, people: People) -> None:
    made = [str(annotate(article, people.checker, word).pk) for word in ("nine", "leader", "agencies")]

    first = checker.get(f"{URL}?page_size=2").json()
    second = checker.get(first["next"]).json()

    assert [row["id"] for row in first["results"] + second["results"]] == made[::-1]
    assert second["next"] is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_database_as_often_for_many_as_for_one(
    checker: APIClient,
    article: Article,
    people: People,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for word in ("nine", "leader", "agencies")[:count]:
        annotate(article, people.checker, word, terms=["quantity"])
    checker.get(URL)

    with django_assert_max_num_queries(10):
        assert len(checker.get(URL).json()["results"]) == count

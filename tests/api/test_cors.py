"""Pages on other sites: only named ones may use the API, with a token, never with the cookies of a person."""

from typing import Any

import pytest
from django.test import Client

from annotations.models import Article, User
from tests.api.client import Api
from tests.people import People

NAMED = "https://tools.example.org"


@pytest.fixture(autouse=True)
def origins(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [NAMED]


def preflight(path: str, origin: str) -> Any:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization, if-match, content-type",
    }
    return Client().options(path, headers=headers)


def test_a_named_site_may_ask(article: Article) -> None:
    answer = preflight(f"/api/v1/articles/{article.pk}/", NAMED)

    assert answer.headers["Access-Control-Allow-Origin"] == NAMED
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"]
    assert {"authorization", "if-match"} <= set(answer.headers["Access-Control-Allow-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_named_site_reads_answers_and_their_etags(article: Article, checker: Api) -> None:
    answer = checker.send("GET", f"articles/{article.pk}/", Origin=NAMED)

    assert answer.headers["Access-Control-Allow-Origin"] == NAMED
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "origin" in answer.headers["Vary"].lower()


@pytest.mark.parametrize(("path", "origin"), [("/api/v1/desks/", "https://elsewhere.example"), ("/", NAMED)])
def test_other_sites_and_pages_that_are_not_the_api_stay_closed(path: str, origin: str, people: People) -> None:
    person: User = people.checker
    client = Client()
    client.force_login(person)

    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": origin}).headers
    assert "Access-Control-Allow-Origin" not in preflight(path, origin).headers

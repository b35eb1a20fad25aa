"""A program with a token is answered without what only browsers need; whoever sends a cookie alone is not."""

import json

import pytest
from django.test import Client

from annotations.models import Article
from tests.api.client import Api
from tests.people import People

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles/"
HEADERS = (
    "Content-Language",
    "Content-Length",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def test_a_program_gets_the_headers_that_protect_browsers(article: Article, people: People) -> None:
    browser = Client()
    browser.force_login(people.checker)

    with_token, with_cookie = Api(people.checker).show("articles/"), browser.get(ARTICLES)

    assert json.loads(with_token.content) == json.loads(with_cookie.content)
    assert [with_token.headers[name] for name in HEADERS] == [with_cookie.headers[name] for name in HEADERS]


def test_a_token_that_is_wrong_lets_nobody_in_who_has_a_cookie(article: Article, people: People) -> None:
    browser = Client()
    browser.force_login(people.checker)

    for given in ("Bearer wrong", "bearer wrong", "Bearer ", "Bearer"):
        assert browser.get(ARTICLES, headers={"Authorization": given}).status_code == 401


def test_a_cookie_writes_only_with_its_csrf_token_whatever_else_is_sent(article: Article, people: People) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.checker)

    for given in ({}, {"Authorization": "Basic Ym9iOnB3"}):
        answer = browser.post("/api/v1/annotations/", b"{}", "application/json", headers=given)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_addresses_that_do_not_exist_are_problems_for_programs_too(people: People) -> None:
    answer = Api(people.checker).show("nowhere/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

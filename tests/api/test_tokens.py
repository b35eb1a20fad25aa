"""Tokens and sessions: how one gets in, what a token may do, and when it ends."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from annotations.models import Article, Token
from tests.api.client import PREFIX, Api, problem
from tests.people import PASSWORD, People

LOGIN = {"username": "checker", "password": PASSWORD, "name": " Nightly import "}


def with_key(key: str) -> Api:
    api = Api()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {key}")
    return api


def test_a_token_is_shown_once_and_opens_the_api(people: People) -> None:
    answer = Api().send("POST", "tokens/", LOGIN)

    row, token = answer.json(), Token.objects.get()
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert row["scopes"] == ["read", "write", "export"]
    assert dt.datetime.fromisoformat(row["expires_at"]) == token.expires_at > timezone.now()
    assert (token.name, token.user) == (" Nightly import ", people.checker)
    assert with_key(row["token"]).send("GET", "desks/").status_code == 200


def test_a_token_has_the_scopes_asked_for_and_no_other_right(people: People, article: Article) -> None:
    key = Api().send("POST", "tokens/", {**LOGIN, "scopes": ["read", "read"]}).json()["token"]
    api = with_key(key)

    document = problem(api.send("POST", "annotations/", {}), 403, "scope_missing")

    assert (document["scope"], document["scopes"]) == ("write", ["read"])
    problem(api.send("GET", "export/jsonl/"), 403, "scope_missing")
    assert api.send("GET", f"articles/{article.pk}/").status_code == 200
    assert api.send("DELETE", "tokens/current/").status_code == 204


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"username": "checker", "password": PASSWORD}, "/name", "required"),
        ({**LOGIN, "scopes": []}, "/scopes", "unknown_scope"),
        ({**LOGIN, "scopes": ["admin"]}, "/scopes/0", "invalid_choice"),
        ({**LOGIN, "name": "x" * 201}, "/name", "invalid"),
        ({**LOGIN, "otp": "1"}, "/otp", "unknown_field"),
        ({**LOGIN, "username": "che\x00cker"}, "/username", "nul"),
        ({**LOGIN, "username": "x" * 100_000}, "/username", "max_length"),
    ],
)
def test_a_wrong_request_gives_no_token(body: dict[str, Any], pointer: str, code: str, people: People) -> None:
    document = problem(Api().send("POST", "tokens/", body), 400, code)

    assert [error["pointer"] for error in document["errors"]] == [pointer]
    assert Token.objects.count() == 0


@pytest.mark.parametrize(
    "login", [{"password": "wrong"}, {"username": "who"}, {"password": f" {PASSWORD}"}, {"username": ""}]
)
def test_wrong_credentials_are_refused_alike(login: dict[str, str], people: People) -> None:
    answer = Api().send("POST", "tokens/", LOGIN | login)

    document = problem(answer, 401, "wrong_credentials")
    assert document["detail"] == "User name or password is wrong, or the account was deactivated."
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_deactivated_account_gets_no_token(people: People) -> None:
    type(people.checker).objects.filter(pk=people.checker.pk).update(is_active=False)

    problem(Api().send("POST", "tokens/", LOGIN), 401, "wrong_credentials")


@override_settings(AXES_ENABLED=True)
def test_who_fails_too_often_has_to_wait(people: People) -> None:
    wrong = [Api().send("POST", "tokens/", LOGIN | {"password": "wrong"}).status_code for _ in range(10)]

    locked = Api().send("POST", "tokens/", LOGIN)

    assert wrong == [401] * 9 + [429]
    assert (locked.status_code, locked.json()["code"]) == (429, "locked_out")
    assert int(locked.headers["Retry-After"]) == 15 * 60
    assert Token.objects.count() == 0


@override_settings(AXES_ENABLED=True)
def test_a_success_forgets_the_failures_before_it(people: People) -> None:
    for _ in range(2):
        for _ in range(8):
            Api().send("POST", "tokens/", LOGIN | {"password": "wrong"})
        assert Api().send("POST", "tokens/", LOGIN).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
        {"digest": "0" * 64},
    ],
)
def test_an_ended_token_is_unknown(change: dict[str, Any], checker: Api) -> None:
    Token.objects.update(**change)

    answer = checker.send("GET", "desks/")

    problem(answer, 401, "invalid_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "bearer nonsense", "Bearer \xe9\x80", "Bearer a b"])
def test_a_broken_token_is_unknown(header: str, people: People) -> None:
    problem(Api().send("GET", "desks/", Authorization=header), 401, "invalid_token")


@pytest.mark.parametrize("header", ["", "Basic Y2hlY2tlcjpwYXNz", "Token x", "BearerX"])
def test_other_ways_in_are_none(header: str, people: People) -> None:
    problem(Api().send("GET", "desks/", Authorization=header), 401, "unauthenticated")


def test_giving_up_one_token_keeps_the_others(people: People) -> None:
    first, second = Api(people.checker), Api(people.checker)

    assert first.send("DELETE", "tokens/current/").status_code == 204

    problem(first.send("DELETE", "tokens/current/"), 401, "invalid_token")
    assert second.send("GET", "desks/").status_code == 200


def signed_in(people: People, *, csrf: bool) -> Client:
    client = Client(enforce_csrf_checks=csrf)
    client.force_login(people.checker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_session_reads_and_exports(people: People, article: Article) -> None:
    client = signed_in(people, csrf=True)

    assert client.get(f"{PREFIX}articles/{article.pk}/").status_code == 200
    problem(client.get(f"{PREFIX}export/jsonl/?desk=nowhere"), 404, "not_found")


def test_a_session_writes_only_with_the_csrf_token(people: People, article: Article) -> None:
    client = signed_in(people, csrf=True)
    body = {"article": str(article.pk), "exact": "nine"}

    refused = client.post(f"{PREFIX}annotations/", body, content_type="application/json")
    client.cookies["csrftoken"] = key = "a" * 32
    done = client.post(f"{PREFIX}annotations/", body, content_type="application/json", headers={"X-CSRFToken": key})

    problem(refused, 403, "csrf_failed")
    assert done.status_code == 201
    assert problem(client.delete(f"{PREFIX}tokens/current/", headers={"X-CSRFToken": key}), 404, "not_found")


def test_a_bearer_token_wins_over_a_session(people: People) -> None:
    client = signed_in(people, csrf=True)

    problem(client.get(f"{PREFIX}desks/", headers={"Authorization": "Bearer nonsense"}), 401, "invalid_token")

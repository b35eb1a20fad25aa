"""Parameters of the search through claims: wrong ones, tokens of pages, fields, and the key that is a token."""

from typing import Any

import pytest

from annotations.models import Annotation, Article, User
from annotations.services.tokens import create_token
from tests.api.client import Api, problem
from tests.api.test_claims import HOST, SEARCH, found, several
from tests.people import People


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({}, "required"),
        ({"query": " "}, "required"),
        ({"query": ""}, "empty_parameter"),
        ({"query": "x", "maxAgeDays": "-1"}, "min_value"),
        ({"query": "x", "pageSize": "many"}, "invalid"),
        ({"query": "x", "offset": 2**31}, "max_value"),
        ({"query": "x", "alt": "proto"}, "invalid_choice"),
        ({"query": "x", "prettyPrint": "perhaps"}, "invalid"),
        ({"query": "x", "pageToken": "CAo"}, "invalid_cursor"),
        ({"query": "x", "pageToken": "ü"}, "invalid_cursor"),
        ({"query": "x", "callback": "run"}, "unknown_parameter"),
        ({"query": "x", "fields": "claims(text"}, "invalid_fields"),
        ({"query": "x", "fields": "claims/verdict"}, "invalid_fields"),
        ({"query": "x", "fields": "claims;text"}, "invalid_fields"),
        ({"query": "x", "fields": "claims)"}, "invalid_fields"),
        ({"query": "x", "fields": "claims/"}, "invalid_fields"),
        ({"query": "x", "fields": "claims(" * 20}, "invalid_fields"),
    ],
)
def test_wrong_parameters_are_refused(checker: Api, params: dict[str, Any], code: str) -> None:
    problem(checker.show(SEARCH, params), 400, code)


def test_token_of_another_search_is_refused(checker: Api, article: Article, people: People) -> None:
    several(article, people, 2)
    token = checker.show(SEARCH, {"query": "claim", "pageSize": 1}).json()["nextPageToken"]

    problem(checker.show(SEARCH, {"query": "nine", "pageToken": token}), 400, "invalid_cursor")


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("claims/text", {"claims": [{"text": "Nine died."}]}),
        (
            "claims(text,claimReview(textualRating,publisher/name)),nextPageToken",
            {
                "claims": [
                    {
                        "text": "Nine died.",
                        "claimReview": [{"publisher": {"name": "Demo desk"}, "textualRating": "Accurate"}],
                    }
                ]
            },
        ),
        ("claims/*/publisher/site", {"claims": [{"claimReview": [{"publisher": {"site": HOST}}]}]}),
        ("nextPageToken", {}),
    ],
)
def test_fields_leave_parts_of_the_answer(checker: Api, signed: Annotation, fields: str, left: dict[str, Any]) -> None:
    assert checker.show(SEARCH, {"query": "died", "fields": fields}).json() == left


def test_answer_is_printed_as_asked(checker: Api, signed: Annotation) -> None:
    plain = checker.show(SEARCH, {"query": "died", "alt": "json", "prettyPrint": "false"})
    pretty = checker.show(SEARCH, {"query": "died", "prettyPrint": "true"})

    assert (b"\n" in plain.content, b'\n  "claims"' in pretty.content) == (False, True)
    assert plain.json() == pretty.json()


def key_of(user: User, *scopes: str) -> str:
    return create_token(user=user, name="search", scopes=scopes)[1]


def test_token_comes_as_the_key_of_googles_clients(people: People, signed: Annotation) -> None:
    key = key_of(people.checker, "read")

    assert found(Api(), query="died", key=key) == ["Nine died."]
    assert found(Api(), "v1alpha1/claims:search", query="died", key=key, alt="json") == ["Nine died."]
    header = Api().show(SEARCH, {"query": "died"}, X_Goog_Api_Key=key)
    assert len(header.json()["claims"]) == 1


def test_key_counts_here_only_and_only_when_it_is_a_token(people: People, signed: Annotation) -> None:
    key = key_of(people.checker, "read")

    problem(Api().show(SEARCH, {"query": "died"}), 401, "unauthenticated")
    problem(Api().show(SEARCH, {"query": "died", "key": "AIza-not-ours"}), 401, "invalid_token")
    problem(Api().show("verdicts/", {"key": key}), 401, "unauthenticated")
    writer = key_of(people.checker, "write")
    problem(Api().show(SEARCH, {"query": "died", "key": writer}), 403, "scope_missing")

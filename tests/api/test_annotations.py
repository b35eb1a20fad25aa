"""Annotations over the API: create, read, change under If-Match, withdraw; and every refusal."""

import json
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from annotations.models import Annotation, Article, Event
from tests.api.conftest import As
from tests.factories import annotate, import_text
from tests.people import TEXT, People

URL = "/api/v1/annotations/"
START = TEXT.index("thousands of troops")
END = START + len("thousands of troops")


def post(client: APIClient, article: Article, **body: Any) -> Any:
    return client.post(URL, {"article": str(article.pk), **body}, format="json")


def test_an_annotation_comes_back_as_it_was_sent(checker: APIClient, article: Article) -> None:
    body = {
        "start": START,
        "end": END,
        "exact": "thousands of troops",
        "claim": "  Thousands were sent.\n",
        "terms": ["intelligence-sourced"],
        "note": "\tCheck.",
        "attribution": {
            "source": "South Korean and Western intelligence agencies",
            "origin": "intelligence-sourced",
            "identification": "named-group",
            "source_range": {"start": 0, "end": 6},
        },
        "evidence": [{"url": "https://www.example.org/a", "stance": "supports", "tier": "primary"}],
        "verdict": {"term": "unproven", "rationale": "No figures.", "as_of": "2025-12-14"},
    }

    answer = post(checker, article, **body)

    row = answer.json()
    assert answer.status_code == 201
    assert answer["ETag"] == f'"annotation-{row["id"]}-v1"'
    assert {name: row[name] for name in ("start", "end", "exact", "claim", "note", "terms")} == {
        name: body[name] for name in ("start", "end", "exact", "claim", "note", "terms")
    }
    assert TEXT[row["start"] : row["end"]] == row["exact"]
    assert row["attributions"][0]["source_range"] == {"start": 0, "end": 6}
    assert row["evidence"][0]["tier"] == "primary"
    assert row["verdict"]["term"] == "unproven"
    assert (row["state"], row["version"], row["author"]) == ("open", 1, "checker")
    read = checker.get(answer["Location"])
    assert (read.json(), read["ETag"]) == (row, answer["ETag"])


REFUSALS = [
    ({"start": END, "end": START}, "range_reversed"),
    ({"start": START, "end": START}, "range_empty"),
    ({"start": START, "end": 10**6}, "range_outside_text"),
    ({"start": START, "end": END, "exact": "Thousands of troops"}, "quote_mismatch"),
    ({"exact": "agencies"}, "quote_ambiguous"),
    ({"exact": "no such words"}, "quote_not_found"),
    ({"exact": "nine", "terms": ["no-such-term"]}, "unknown_term"),
    ({"exact": "nine", "claim": "a\x00b"}, "nul"),
    ({"exact": "nine", "colour": "red"}, "unknown_field"),
]


@pytest.mark.parametrize(("body", "code"), REFUSALS)
def test_what_is_wrong_is_said_and_nothing_written(
    checker: APIClient, article: Article, body: dict[str, Any], code: str
) -> None:
    events = Event.objects.count()

    answer = post(checker, article, **body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert answer.json()["detail"].endswith(".")
    assert (Annotation.objects.count(), Event.objects.count()) == (0, events)


def test_an_ambiguous_quote_lists_the_candidates(checker: APIClient, article: Article) -> None:
    problem = post(checker, article, exact="agencies").json()

    assert [TEXT[each["start"] : each["end"]] for each in problem["candidates"]] == ["agencies", "agencies"]


@pytest.mark.parametrize(
    "body", [b'{"exact": "a\\ud83e"}', b"{", b"[" * 100_000, b'{"start": NaN}', b"\xff\xfe", b'"x"']
)
def test_nonsense_is_a_400(checker: APIClient, article: Article, body: bytes) -> None:
    answer = checker.generic("POST", URL, body, content_type="application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_another_desks_article_does_not_exist(checker: APIClient, foreign_article: Article) -> None:
    assert post(checker, foreign_article, exact="nine").status_code == 404
    assert Annotation.objects.count() == 0


def test_the_same_id_is_the_same_row(checker: APIClient, article: Article) -> None:
    key = str(uuid4())

    first, second = (post(checker, article, id=key, exact="nine") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Annotation.objects.count() == 1


def test_a_change_needs_the_current_etag(checker: APIClient, article: Article) -> None:
    made = post(checker, article, exact="nine")
    url, tag = made["Location"], made["ETag"]

    def patch(**headers: str) -> Any:
        return checker.patch(url, {"claim": "Nine died."}, format="json", headers=headers)

    assert patch().status_code == 428
    assert patch(**{"If-Match": '"annotation-x-v1"'}).status_code == 412
    assert patch(**{"If-Match": f"W/{tag}"}).status_code == 412
    assert patch(**{"If-Match": "nonsense"}).status_code == 412
    done = patch(**{"If-Match": f'"other", {tag}'})
    assert (done.status_code, done.json()["version"], done.json()["claim"]) == (200, 2, "Nine died.")
    stale = patch(**{"If-Match": tag})
    assert (stale.status_code, stale.json()["code"], stale.json()["version"]) == (412, "stale", 2)


def test_state_is_not_patched(checker: APIClient, article: Article) -> None:
    made = post(checker, article, exact="nine")

    answer = checker.patch(made["Location"], {"state": "signed_off"}, format="json", headers={"If-Match": made["ETag"]})

    assert answer.status_code == 400
    assert Annotation.objects.get().state == "open"


def test_deleting_withdraws_and_keeps_the_row(checker: APIClient, article: Article) -> None:
    made = post(checker, article, exact="nine")

    answer = checker.delete(made["Location"], headers={"If-Match": made["ETag"]})

    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, "withdrawn", 2)
    assert checker.get(made["Location"]).json()["state"] == "withdrawn"


def test_creating_takes_at_most_twelve_statements(
    checker: APIClient, article: Article, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    post(checker, article, exact="leader")

    with django_assert_max_num_queries(12):
        post(checker, article, start=START, end=END, terms=["quantity"], claim="Thousands.")


def test_text_comes_with_its_hash_as_etag(checker: APIClient, article: Article) -> None:
    url = f"/api/v1/articles/{article.pk}/text/"

    answer = checker.get(url)

    assert answer.content.decode() == TEXT
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["ETag"] == f'"{article.current.sha256}"'
    assert checker.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.django_db(transaction=True)
def test_export_holds_the_open_ones_and_ends_whole(api: As, people: People, article: Article) -> None:
    annotate(article, people.checker, "thousands of troops", claim="So.", terms=["intelligence-sourced"])
    client = api(people.checker)

    answer = client.get(f"/api/v1/export/jsonl/?article={article.pk}&state=open")

    rows = [json.loads(line) for line in answer.content.decode().splitlines()]
    listed = client.get(URL).json()["results"][0]
    assert {name: rows[0][name] for name in listed} == listed
    assert TEXT[rows[0]["start"] : rows[0]["end"]] == rows[0]["exact"] == "thousands of troops"
    assert rows[1:] == [{"end": True, "rows": 1}]


@pytest.mark.django_db(transaction=True)
def test_export_without_a_state_holds_only_what_is_signed_off(api: As, people: People, article: Article) -> None:
    annotate(article, people.checker, "thousands of troops")

    answer = api(people.checker).get(f"/api/v1/export/jsonl/?article={article.pk}")

    assert answer.content.decode() == '{"end": true, "rows": 0}\n'


def test_an_export_of_another_desk_is_empty(checker: APIClient, foreign_article: Article) -> None:
    assert checker.get(f"/api/v1/export/jsonl/?article={foreign_article.pk}").status_code == 404
    assert checker.get("/api/v1/export/jsonl/?desk=other").status_code == 404


def test_a_text_with_two_million_characters_takes_annotations(
    checker: APIClient, people: People, article: Article
) -> None:
    text = "word " * 399_995 + "thousands of troops"
    huge = import_text(article.desk, people.checker, text, title="Long")

    answer = post(checker, huge, exact="thousands of troops")

    assert (answer.json()["start"], answer.json()["end"]) == (1_999_975, 1_999_994)

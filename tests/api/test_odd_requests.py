"""Requests that nobody should send: an odd Accept header, a packed body, a method an address does not have, a name of
a million characters. Each is answered as HTTP says, and a refusal says what would have been right.
"""

import gzip
import json
from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation, Article, Desk
from tests.api.client import Api, problem
from tests.people import People

LINE = b'{"text": "Nine died.", "annotations": [{"start": 0, "end": 4}]}\n'


@pytest.mark.parametrize("accept", ["application/json", "application/json, */*;q=0.1", "application/*", ""])
def test_an_import_answers_whoever_accepts_json(accept: str, checker: Api, desk: Desk) -> None:
    """Its address names a format, which is the file's and not the answer's."""
    answer = checker.send("POST", "import/jsonl/?desk=demo", raw=LINE, media_type="text/plain", Accept=accept)

    assert (answer.status_code, answer.json()["created"]) == (200, 1)


@pytest.mark.parametrize("accept", ["", " ", "*/*"])
def test_an_empty_accept_header_is_none(accept: str, checker: Api) -> None:
    assert checker.send("GET", "articles/", Accept=accept).status_code == 200


@pytest.mark.parametrize(
    ("path", "listed"),
    [("articles/", "application/json"), ("docs/", "text/html"), ("schema/", "application/vnd.oai.openapi, ")],
)
def test_a_406_names_what_there_is(path: str, listed: str, checker: Api) -> None:
    document = problem(checker.send("GET", path, Accept="image/png"), 406, "not_acceptable")

    assert document["detail"].startswith(f"This address answers in {listed}")


def test_a_405_names_the_methods(checker: Api, annotation: Annotation) -> None:
    document = problem(checker.send("PUT", f"annotations/{annotation.pk}/", {}), 405, "method_not_allowed")

    assert document["detail"] == "PUT is not possible here. Possible methods: GET, PATCH, DELETE, HEAD, OPTIONS."


@pytest.mark.parametrize(
    ("path", "listed"),
    [("annotations/", "application/json"), ("articles/", "application/json, multipart/form-data")],
)
def test_a_415_names_what_can_be_sent(path: str, listed: str, checker: Api) -> None:
    document = problem(checker.send("POST", path, raw=b"x", media_type="text/csv"), 415, "unsupported_media_type")

    assert document["detail"] == (f"This address reads {listed}. Send that, and name it in the Content-Type header.")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("annotations/", "application/json"),
        ("import/jsonl/?desk=demo", "application/octet-stream"),
        ("articles/", "multipart/form-data; boundary=b"),
    ],
)
def test_a_packed_body_is_refused_by_name(path: str, media_type: str, checker: Api, desk: Desk) -> None:
    more: dict[str, Any] = {"media_type": media_type, "Content_Encoding": "gzip"}

    document = problem(checker.send("POST", path, raw=gzip.compress(LINE), **more), 415, "unsupported_media_type")

    assert document["detail"] == "The body is sent as gzip. Send it as it is, without Content-Encoding."
    assert not Article.objects.exists()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_json_in_another_encoding_is_told_from_no_json(codec: str, checker: Api) -> None:
    answer = checker.send("POST", "annotations/", raw='{"article": "x"}'.encode(codec))

    assert "Send it as UTF-8." in problem(answer, 400, "not_utf8")["detail"]


@pytest.mark.parametrize("path", ["docs/", "schema/", "annotations/?state=open", "claims:search?query=a"])
def test_options_is_answered_whatever_the_parameters_are(path: str, checker: Api) -> None:
    answer = checker.send("OPTIONS", path)

    assert (answer.status_code, answer.content) == (204, b"")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["docs/?colour=red", "schema/?lang=de"])
def test_open_pages_know_their_parameters_too(path: str, db: None) -> None:
    problem(Client().get(f"/api/v1/{path}"), 400, "unknown_parameter")


def test_a_label_that_no_annotation_has_finds_nothing(checker: Api, annotation: Annotation) -> None:
    assert checker.show("annotations/", {"term": "no-such-term"}).json()["results"] == []


def test_a_wrong_moment_is_told_the_right_form(checker: Api) -> None:
    document = problem(checker.show("annotations/", {"updated_after": "yesterday"}), 400, "invalid")

    assert "2026-01-31T12:00:00Z" in document["detail"]


LONG = "ß" * 100_000


@pytest.mark.parametrize(
    "values",
    [
        {LONG: 1},
        {"terms": [LONG]},
        {"assignee": LONG},
        {"verdict": {"term": LONG}},
        {"evidence": {"url": "https://a.org/", "stance": LONG}},
    ],
    ids=["name", "term", "assignee", "verdict", "stance"],
)
def test_a_refusal_does_not_repeat_all_that_was_sent(values: dict[str, Any], checker: Api, article: Article) -> None:
    answer = checker.send("POST", "annotations/", {"article": str(article.pk), "start": 0, "end": 3, **values})

    assert answer.status_code == 400
    assert len(answer.content) < 12_000
    assert "ß … ß" in answer.json()["detail"]


def test_a_report_does_not_repeat_all_that_was_sent(checker: Api, desk: Desk, people: People) -> None:
    spans = [{"start": 0, "end": 4, "terms": [LONG]}] * 20
    body = json.dumps({"key": LONG, "title": "t", "text": "Nine died.", "annotations": spans}).encode()

    answer = checker.send("POST", "import/jsonl/?desk=demo", raw=body, media_type="text/plain")

    assert [row["code"] for row in answer.json()["refused"]] == ["unknown_term"] * 20
    assert len(answer.content) < 20 * 6_000

"""Bodies and query strings that nobody should send: each gets its sentence and its place, and nothing is written."""

from typing import Any

import pytest
from django.test import override_settings

from annotations.models import Annotation, Article, Event
from tests.api.client import Api, problem

NUL = "\x00"
HALF = "\ud83e"


def refused(checker: Api, body: bytes, code: str, **more: Any) -> dict[str, Any]:
    events = Event.objects.count()

    document = problem(checker.send("POST", "annotations/", raw=body, **more), 400, code)

    assert (Annotation.objects.count(), Event.objects.count()) == (0, events)
    return document


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "not JSON"),
        (b"", "article: This field is required."),
        (b"nonsense", "line 1, column 1"),
        (b'{"start": NaN}', "NaN is no number"),
        (b'{"start": -Infinity}', "-Infinity is no number"),
        (b'{"start": 1, "start": 2}', 'names "start" twice'),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"claim": ' + b'{"a":' * 50_000 + b'"\\u0000"' + b"}" * 50_001, "nested too deeply"),
        (b'{"claim": ' + b"[" * 100 + b'"\\u0041"' + b"]" * 100 + b"}", "32 levels"),
        (b'{"start": ' + b"9" * 5000 + b"}", "4300 digits"),
        (b'{"claim": "\xff"}', "position 11"),
        (b'{"claim": "caf\xc3\xa9 \xed\xa0\xbd"}', "position 16"),
        (b"[1]", "must be a JSON object"),
        (b'"x"', "must be a JSON object"),
        (b"null", "must be a JSON object"),
    ],
)
def test_what_is_no_json_object_is_refused_with_the_place(
    body: bytes, words: str, checker: Api, article: Article
) -> None:
    answer = checker.send("POST", "annotations/", raw=body)

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("code", ["nul", "lone_surrogate"])
@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("claim", "abc{}", "/claim"),
        ("terms", ["quantity", "abc{}"], "/terms/1"),
        ("evidence", {"url": "abc{}"}, "/evidence/url"),
        ("attributions", [{"source": "abc{}"}], "/attributions/0/source"),
        ("a/b~c", "abc{}", "/a~1b~0c"),
    ],
)
def test_characters_that_cannot_be_stored_are_refused_with_pointer_and_position(
    code: str, field: str, value: Any, pointer: str, checker: Api, article: Article
) -> None:
    character = NUL if code == "nul" else HALF
    body = {"article": str(article.pk), "exact": "nine", field: filled(value, character)}

    document = problem(checker.send("POST", "annotations/", body), 400, code)

    assert [error["pointer"] for error in document["errors"]] == [pointer]
    assert document["position"] == 3
    assert "position 3" in document["detail"]
    assert Annotation.objects.count() == 0


def filled(value: Any, character: str) -> Any:
    if isinstance(value, dict):
        return {name: filled(each, character) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, character) for each in value]
    return value.format(character)


def test_a_name_with_such_a_character_points_at_its_object(checker: Api) -> None:
    document = refused(checker, b'{"verdict": {"te\\u0000rm": "x"}}', "nul")

    assert document["errors"][0]["pointer"] == "/verdict"


def test_whole_emoji_and_escapes_pass(checker: Api, article: Article) -> None:
    claim = "\U0001f973 caf\u0065\u0301 \u202e\u2028 \ufffe\u0007"

    answer = checker.send("POST", "annotations/", {"article": str(article.pk), "exact": "nine", "claim": claim})

    assert answer.json()["claim"] == claim


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_before_json_is_no_error(mark: bytes, checker: Api, article: Article) -> None:
    body = mark + f'{{"article": "{article.pk}", "exact": "nine"}}'.encode()

    assert checker.send("POST", "annotations/", raw=body).status_code == 201


WRONG_VALUES: list[tuple[dict[str, Any], str, str]] = [
    ({"start": "1", "end": 2}, "/start", "invalid"),
    ({"start": 1.0, "end": 2}, "/start", "invalid"),
    ({"start": True, "end": 2}, "/start", "invalid"),
    ({"start": 1, "end": 10**20}, "/end", "max_value"),
    ({"start": None, "end": 2}, "/start", "null"),
    ({"start": 1}, "/end", "range_incomplete"),
    ({}, "/start", "range_missing"),
    ({"exact": "nine", "claim": 7}, "/claim", "invalid"),
    ({"exact": "nine", "claim": None}, "/claim", "null"),
    ({"exact": "nine", "terms": "quantity"}, "/terms", "not_a_list"),
    ({"exact": "nine", "terms": ["quantity", 3]}, "/terms/1", "invalid"),
    ({"exact": "nine", "terms": ["quantity", "x"]}, "/terms/1", "unknown_term"),
    ({"exact": "nine", "id": "7"}, "/id", "invalid"),
    ({"exact": "nine", "id": 7}, "/id", "invalid"),
    ({"exact": "nine", "colour": "red"}, "/colour", "unknown_field"),
    ({"exact": "nine", "state": "signed_off"}, "/state", "read_only"),
    ({"exact": "nine", "author": "head"}, "/author", "read_only"),
    ({"exact": "nine", "fragments": [{"start": 1, "end": 2, "exact": "x"}]}, "/fragments/0/exact", "unknown_field"),
    ({"exact": "nine", "fragments": {}}, "/fragments", "not_a_list"),
    ({"exact": "nine", "verdict": {"term": "accurate", "colour": 1}}, "/verdict/colour", "unknown_field"),
    ({"exact": "nine", "verdict": "accurate"}, "/verdict", "invalid"),
    ({"exact": "nine", "verdict": {"term": "quantity"}}, "/verdict/term", "wrong_vocabulary"),
    ({"exact": "nine", "verdict": {"term": "accurate", "as_of": "soon"}}, "/verdict/as_of", "invalid"),
    ({"exact": "nine", "evidence": {"url": "x"}}, "/evidence/url", "invalid"),
    ({"exact": "nine", "evidence": [{"url": "https://a.org"}, {"url": "x"}]}, "/evidence/1/url", "invalid"),
    (
        {"exact": "nine", "evidence": {"url": "https://a.org", "retrieved_at": "0001-01-01T00:00:00+14:00"}},
        "/evidence/retrieved_at",
        "overflow",
    ),
    ({"exact": "nine", "evidence": {"stance": "maybe"}}, "/evidence/stance", "invalid_choice"),
    ({"exact": "nine", "evidence": [7]}, "/evidence/0", "invalid"),
    ({"exact": "nine", "evidence": {"url": "https://a.org", "author": "x"}}, "/evidence/author", "read_only"),
    ({"exact": "nine", "attribution": {"source": " "}}, "/attribution/source", "missing"),
    ({"exact": "nine", "attribution": {}}, "/attribution/source", "required"),
    (
        {"exact": "nine", "attribution": {"source": "A", "channel": "quantity"}},
        "/attribution/channel",
        "wrong_vocabulary",
    ),
    (
        {"exact": "nine", "attribution": {"source": "A", "cue_range": {"start": 5, "end": 1}}},
        "/attribution/cue_range",
        "range_reversed",
    ),
    (
        {"exact": "nine", "attributions": [{"source": "A", "source_range": {"start": 0, "end": 10**6}}]},
        "/attributions/0/source_range",
        "range_outside_text",
    ),
    ({"exact": "nine", "attribution": {"source": "A"}, "attributions": []}, "/attribution", "contradiction"),
    ({"exact": "nine", "assignee": "stranger"}, "/assignee", "unknown_member"),
    ({"exact": "nine", "occurrence": 2}, "/exact", "quote_not_found"),
    ({"exact": ""}, "/exact", "quote_empty"),
]


@pytest.mark.parametrize(("values", "pointer", "code"), WRONG_VALUES)
def test_every_wrong_value_is_pointed_at(
    values: dict[str, Any], pointer: str, code: str, checker: Api, article: Article
) -> None:
    events = Event.objects.count()

    document = problem(checker.send("POST", "annotations/", {"article": str(article.pk), **values}), 400, code)

    assert [(error["pointer"], error["code"]) for error in document["errors"]] == [(pointer, code)]
    assert (Annotation.objects.count(), Event.objects.count()) == (0, events)


def test_several_wrong_values_are_all_said(checker: Api, article: Article) -> None:
    body = {"article": str(article.pk), "start": "1", "end": None, "verdict": {"term": 3}}

    document = problem(checker.send("POST", "annotations/", body), 400, "invalid")

    assert [error["pointer"] for error in document["errors"]] == ["/start", "/end", "/verdict/term"]
    assert document["detail"].startswith("3 values are wrong. start: ")


def test_unknown_fields_are_named_and_the_known_ones_listed(checker: Api, annotation: Annotation) -> None:
    body = {"text": "Hm.", "colour": "red"}

    document = problem(checker.send("POST", f"annotations/{annotation.pk}/comments/", body), 400, "unknown_field")

    assert document["errors"][0]["detail"] == (
        'There is no field "colour" here. Known fields: id, text, kind, blocking, due, parent.'
    )


@pytest.mark.parametrize(
    ("query", "pointer", "code"),
    [
        ("q=a%00b", "/q", "nul"),
        ("q=%ED%A0%BD", "/q", "not_utf8"),
        ("q=%ff", "/q", "not_utf8"),
        ("%ff=q", "/a name", "not_utf8"),
        ("colour=red", "/colour", "unknown_parameter"),
        ("format=json", "/format", "unknown_parameter"),
        ("q=", "/q", "empty_parameter"),
        ("author=a&author=b", "/author", "repeated_parameter"),
        ("article=7", "/article", "invalid"),
        ("article=%00", "/article", "nul"),
        ("state=good", "/state", "invalid_choice"),
        ("updated_after=yesterday", "/updated_after", "invalid"),
        ("updated_after=2026-13-01T00:00:00Z", "/updated_after", "invalid"),
        ("page_size=0", "/page_size", "invalid_page_size"),
        ("page_size=201", "/page_size", "invalid_page_size"),
        ("page_size=%D9%A3", "/page_size", "invalid_page_size"),
        ("page_size=-1", "/page_size", "invalid_page_size"),
        ("cursor=x", "/cursor", "invalid_cursor"),
        ("cursor=cD03", "/cursor", "invalid_cursor"),
        ("cursor=%F0%9F%A5%B3", "/cursor", "invalid_cursor"),
    ],
)
def test_wrong_parameters_are_pointed_at(query: str, pointer: str, code: str, checker: Api) -> None:
    document = problem(checker.send("GET", f"annotations/?{query}"), 400, code)

    assert [(error["pointer"], error["code"]) for error in document["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01"])
@pytest.mark.parametrize("path", ["annotations/?updated_after=", "articles/?updated_after=", "export/jsonl/?since="])
def test_moments_at_the_edge_of_time_are_no_accident(path: str, value: str, checker: Api) -> None:
    answer = checker.send("GET", path + value.replace("+", "%2B"))

    assert answer.status_code in (200, 400)
    if answer.streaming:
        answer.close()


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_parameters_of_a_list_are_none_of_a_write(method: str, checker: Api, annotation: Annotation) -> None:
    path = "annotations/?q=x" if method == "POST" else f"annotations/{annotation.pk}/?q=x"

    problem(checker.send(method, path, {}, etag="*"), 400, "unknown_parameter")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_body_over_the_limit_is_refused(checker: Api) -> None:
    document = problem(checker.send("POST", "articles/", {"desk": "demo", "text": "x" * 1000}), 413, "too_large")

    assert document["detail"].startswith("The body is larger than 1,000 bytes.")

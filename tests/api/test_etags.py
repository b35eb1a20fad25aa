"""Entity tags: which If-Match and If-None-Match name what, alone and over the API."""

from dataclasses import dataclass

import pytest
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.api.etags import is_known, seen_version, strong_tags
from annotations.core.errors import DomainError
from annotations.models import Annotation, Article, Event
from tests.api.client import Api, problem
from tests.people import People


@dataclass
class Thing:
    version: int

    @property
    def etag(self) -> str:
        return f'"thing-v{self.version}"'


@pytest.mark.parametrize(
    ("header", "tags"),
    [
        ('"a"', ['"a"']),
        ('"a", "b"', ['"a"', '"b"']),
        (',,"a" ,\t"b",', ['"a"', '"b"']),
        ('"a,b"', ['"a,b"']),
        ('""', ['""']),
        ('W/"a", "b"', ['"b"']),
        ("a", []),
        ('"a", b', []),
        ('"a', []),
        ('w/"a"', []),
        ("", []),
    ],
)
def test_lists_of_tags_are_read_as_http_says(header: str, tags: list[str]) -> None:
    assert strong_tags(header) == tags


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet='W/"*, aé\t\x00', max_size=12))
def test_no_header_is_an_accident(header: str) -> None:
    request = RequestFactory().get("/", headers={"If-Match": header, "If-None-Match": header})

    assert is_known(request, '"thing-v3"') is (header.strip() == "*")
    if header.strip() == "*":
        assert seen_version(request, Thing(3)) is None
        return
    with pytest.raises(DomainError) as refused:
        seen_version(request, Thing(3))
    assert refused.value.code == "stale"


@pytest.mark.parametrize(
    ("header", "known"),
    [('"thing-v3"', True), ('W/"thing-v3"', True), ('"x", "thing-v3"', True), ("*", True), ('"thing-v2"', False)],
)
def test_if_none_match_compares_weakly(header: str, known: bool) -> None:
    assert is_known(RequestFactory().get("/", headers={"If-None-Match": header}), '"thing-v3"') is known


def kinds(annotation: Annotation, article: Article) -> list[tuple[str, str, dict[str, str]]]:
    return [
        ("PATCH", f"annotations/{annotation.pk}/", {"note": "Look."}),
        ("DELETE", f"annotations/{annotation.pk}/", {"reason": "Twice."}),
        ("PATCH", f"articles/{article.pk}/", {"byline": "Somebody"}),
    ]


@pytest.mark.parametrize("number", range(3))
def test_writes_need_the_current_strong_tag(
    number: int, checker: Api, annotation: Annotation, article: Article
) -> None:
    method, path, body = kinds(annotation, article)[number]
    tag = checker.send("GET", path).headers["ETag"]
    other = checker.send("GET", kinds(annotation, article)[2 - number][1]).headers["ETag"]
    events = Event.objects.count()

    problem(checker.send(method, path, body), 428, "precondition_required")
    wrong = [f"W/{tag}", tag.strip('"'), tag[:-2] + '9"', '"x"', ""] + ([other] if number != 1 else [])
    for header in wrong:
        problem(checker.send(method, path, body, etag=header), 412, "stale")
    assert Event.objects.count() == events
    done = checker.send(method, path, body, etag=f'"x", {tag}')

    assert done.status_code == 200
    assert done.headers["ETag"] != tag
    assert done.headers["ETag"] == checker.send("GET", path).headers["ETag"]
    assert Event.objects.count() == events + 1


@pytest.mark.parametrize("number", [0, 2])
def test_if_none_match_saves_the_body_until_something_changes(
    number: int, checker: Api, annotation: Annotation, article: Article
) -> None:
    _, path, body = kinds(annotation, article)[number]
    tag = checker.send("GET", path).headers["ETag"]

    same = checker.send("GET", path, If_None_Match=tag)
    checker.send("PATCH", path, body, etag="*")
    changed = checker.send("GET", path, If_None_Match=tag)

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert changed.status_code == 200


def test_a_change_that_changes_nothing_keeps_the_version(checker: Api, annotation: Annotation) -> None:
    path = f"annotations/{annotation.pk}/"
    tag = checker.send("GET", path).headers["ETag"]

    answer = checker.send("PATCH", path, {"claim": "Thousands were sent."}, etag=tag)

    assert (answer.status_code, answer.headers["ETag"]) == (200, tag)


def test_an_addition_can_insist_on_what_it_saw(checker: Api, annotation: Annotation, people: People) -> None:
    path = f"annotations/{annotation.pk}/"
    tag = checker.send("GET", path).headers["ETag"]
    body = {"url": "https://www.example.org/a"}

    assert checker.send("POST", f"{path}evidence/", body, etag=tag).status_code == 201
    problem(checker.send("POST", f"{path}evidence/", body, etag=tag), 412, "stale")
    assert checker.send("POST", f"{path}evidence/", body).status_code == 201

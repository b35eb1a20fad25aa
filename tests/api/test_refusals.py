"""Refusals that no single view makes: unknown paths, media types, rates, the database's own guards."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, connection, transaction
from django.http import Http404, UnreadablePostError
from django.test import RequestFactory
from rest_framework.settings import api_settings

from annotations.api import errors
from annotations.core.errors import DomainError, FieldError
from annotations.models import Annotation, Article
from tests.api.client import Api, problem
from tests.people import People


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["", "nowhere/", "articles", "annotations/x/y/", "../v2/", "%00/", "%F0%9F%A5%B3/"])
def test_an_unknown_path_is_a_problem_never_a_redirect(method: str, path: str, checker: Api) -> None:
    answer = checker.send(method, path, {})

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Location" not in answer.headers


def test_a_forgotten_slash_is_told(checker: Api) -> None:
    document = problem(checker.send("POST", "annotations", {}), 404, "not_found")

    assert document["detail"] == "There is nothing at /api/v1/annotations. Addresses of this API end with a slash."


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("*/*", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*", 200),
        ("text/html", 406),
        ("nonsense", 406),
        ("application/problem+json", 406),
    ],
)
def test_what_is_accepted_decides(accept: str, status: int, checker: Api) -> None:
    answer = checker.send("GET", "desks/", Accept=accept)

    assert answer.status_code == status
    if status == 406:
        problem(answer, 406, "not_acceptable")


def test_files_are_sent_whatever_is_accepted(checker: Api, article: Article) -> None:
    assert checker.send("GET", f"articles/{article.pk}/text/", Accept="application/json").status_code == 200


def test_head_is_get_without_the_body(checker: Api, article: Article) -> None:
    path = f"articles/{article.pk}/"
    shown, head = checker.send("GET", path), checker.send("HEAD", path)

    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", shown.headers["ETag"])


def test_options_names_the_methods(checker: Api) -> None:
    answer = checker.send("OPTIONS", "annotations/")

    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, POST, HEAD, OPTIONS")


def limited(settings: Any, **rates: str) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    assert rates == api_settings.DEFAULT_THROTTLE_RATES


def test_too_many_requests_have_to_wait(checker: Api, people: People, settings: Any) -> None:
    limited(settings, read="2/min", write="1/hour")

    reads = [checker.send("GET", "desks/") for _ in range(3)]
    write = checker.send("POST", "annotations/", {})
    more = checker.send("POST", "annotations/", {})

    assert [answer.status_code for answer in reads] == [200, 200, 429]
    problem(reads[2], 429, "throttled")
    assert 1 <= int(reads[2].headers["Retry-After"]) <= 61
    assert (write.status_code, more.status_code) == (400, 429)
    assert Api(people.reviewer).send("GET", "desks/").status_code == 200


def test_logins_are_counted_by_address(people: People, settings: Any) -> None:
    limited(settings, login="2/min")

    assert [Api().send("POST", "tokens/", {}).status_code for _ in range(3)] == [400, 400, 429]


@pytest.mark.parametrize(
    ("statement", "guard", "words"),
    [
        ("UPDATE annotations_annotation SET exact = 'x'", "annotation_exact_is_slice", "not what the text says"),
        ('UPDATE annotations_annotation SET start = 900, "end" = 800', None, "ends before|outside|rule"),
        ("DELETE FROM annotations_annotation", "annotation_never_deleted", "withdrawn, never deleted"),
        ("UPDATE annotations_revision SET text = 'x'", "revision_frozen", "A revision is frozen"),
        ("UPDATE annotations_article SET title = ''", "article_title_not_empty", "rule article_title_not_empty"),
    ],
)
def test_a_guard_of_the_database_speaks_for_itself(
    statement: str, guard: str | None, words: str, annotation: Annotation
) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    found = errors.problem_of(refused.value)

    assert found is not None
    assert (found.status, found.code) == (409, "conflict")
    assert guard is None or found.extra == {"guard": guard}
    assert any(word in found.detail for word in words.split("|"))


def test_an_id_that_another_table_row_has_is_taken(checker: Api, annotation: Annotation, article: Article) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Article(id=article.pk, desk=article.desk, title="x", created_by=article.created_by).save(force_insert=True)

    found = errors.problem_of(refused.value)

    assert found is not None
    assert (found.status, found.code) == (409, "id_taken")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DomainError("any_rule", "No."), 400, "any_rule"),
        (DomainError("fetch_timeout", "Slow."), 502, "fetch_timeout"),
        (Http404(), 404, "not_found"),
        (SuspiciousOperation("Bad host."), 400, "malformed"),
        (RequestDataTooBig("The file is larger than 5 bytes. Upload a smaller one."), 413, "too_large"),
        (UnreadablePostError(), 400, "malformed"),
    ],
)
def test_errors_have_their_status(error: Exception, status: int, code: str) -> None:
    answer = errors.exception_handler(error, {})

    assert answer is not None
    problem(answer, status, code)


def test_what_nobody_foresaw_is_left_to_the_log() -> None:
    assert errors.exception_handler(ZeroDivisionError(), {}) is None


def test_extra_facts_stand_beside_the_standard_members_and_never_replace_them() -> None:
    error = DomainError(
        "x", "No.", errors=[FieldError("/a", "x", "No.")], extra={"count": 2, "status": 200, "code": "y"}
    )
    answer = errors.exception_handler(error, {})

    assert answer is not None
    document = problem(answer, 400, "x")
    assert document["count"] == 2
    assert document["errors"] == [{"pointer": "/a", "code": "x", "detail": "No."}]


@pytest.mark.parametrize(
    ("view", "arguments", "status"),
    [
        (errors.page_not_found, (Http404(),), 404),
        (errors.permission_denied, (None,), 403),
        (errors.bad_request, (SuspiciousOperation("x."),), 400),
        (errors.bad_request, (RequestDataTooBig("x."),), 413),
        (errors.server_error, (), 500),
    ],
)
def test_views_for_django_answer_with_problems(view: Any, arguments: tuple[Any, ...], status: int) -> None:
    answer = view(RequestFactory().get("/api/nowhere/"), *arguments)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")

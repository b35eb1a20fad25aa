"""What is shown when no view answers: a page for people, a toast for htmx, a problem document for programs."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client, RequestFactory
from lxml import html
from psycopg_pool import PoolTimeout

from annotations.models import Annotation, Comment
from factcheck.errors import server_error
from tests.people import People
from tests.web.conftest import HTMX
from tests.web.test_annotate import regions


@pytest.mark.parametrize("path", ["/nowhere/", "/articles/no-uuid/", f"/articles/{UUID(int=7)}/"])
def test_unknown_address_is_a_page_that_leads_back(path: str, checker: Client) -> None:
    response = checker.get(path)

    source = response.content.decode()
    assert response.status_code == 404
    assert "There is nothing here" in source
    assert 'href="/">Go to the worklist' in source


def test_unknown_address_is_a_page_for_visitors_too(client: Client, db: None) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_htmx_gets_a_toast_and_not_a_page(checker: Client) -> None:
    response = checker.get(f"/annotations/{uuid4()}/edit/", headers=HTMX)

    assert response.status_code == 404
    assert "There is nothing here" in regions(response)["#messages"]
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "host", "status", "code"),
    [
        ("/api/nowhere/", "testserver", 404, "not_found"),
        ("/api/v1/desks/", "evil.example", 400, "malformed"),
        ("/api/v1/desks/", "a_b", 400, "malformed"),
    ],
)
def test_program_gets_the_problem_document_of_the_api(
    path: str, host: str, status: int, code: str, checker: Client
) -> None:
    response = checker.get(path, headers={"Host": host})

    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.json()["code"], response.json()["type"]) == (code, f"/problems/{code}")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, PoolTimeout])
@pytest.mark.parametrize("path", ["/", "/api/v1/articles/"])
def test_database_that_is_away_is_a_503_to_come_back_from(
    error: type[Exception], path: str, checker: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise error("the connection was closed")

    checker.raise_request_exception = False

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", gone)
        response = checker.get(path)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "The database cannot be reached just now." in response.content.decode()
    assert "the connection was closed" not in response.content.decode()


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html; charset=utf-8"), ("/api/v1/", "application/problem+json")]
)
def test_failure_is_answered_without_what_may_have_failed(path: str, kind: str, rf: RequestFactory) -> None:
    response = server_error(rf.get(path))

    assert response.status_code == 500
    assert response.headers["Content-Type"] == kind


def test_form_from_before_the_login_is_refused_with_a_sentence(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.checker, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/articles/new/", {"text": "x"})

    assert response.status_code == 403
    assert "The form has expired" in response.content.decode()


ORIGIN = {"Origin": "http://testserver"}


def expired(people: People, path: str, sent: dict[str, Any], headers: dict[str, str] = ORIGIN) -> tuple[Client, Any]:
    """What somebody gets who sends a form with a token of before the login, and the form in it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.checker, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/articles/new/")
    answer = client.post(path, sent, headers=headers)
    assert answer.status_code == 403
    return client, answer


def hidden(answer: Any) -> list[tuple[str, str]]:
    boxes = html.fromstring(answer.content).xpath("//main//form//input[@type='hidden']")
    return [(box.get("name"), box.get("value")) for box in boxes]


def test_form_from_before_the_login_is_sent_again_as_it_was(annotation: Annotation, people: People) -> None:
    path = f"/annotations/{annotation.pk}/comments/"
    client, answer = expired(people, path, {"text": 'Two\r\nlines & "more"', "csrfmiddlewaretoken": "x" * 64})

    (_, token), *fields = hidden(answer)
    again = client.post(path, {**dict(fields), "csrfmiddlewaretoken": token}, headers=ORIGIN)

    assert "Send it as Checker" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert again.status_code == 302
    assert Comment.objects.get().text == 'Two\nlines & "more"'


@pytest.mark.parametrize(
    ("path", "sent", "headers"),
    [
        ("/articles/new/", {"text": "x"}, {"Origin": "https://evil.example"}),
        ("/articles/new/", {"text": "x"}, {}),
        ("/articles/new/", {"file": SimpleUploadedFile("a.txt", b"x")}, ORIGIN),
        ("/accounts/password/", {"old_password": "secret"}, ORIGIN),
    ],
    ids=["another site", "nobody knows", "file", "password"],
)
def test_nothing_is_repeated_that_others_sent_or_that_is_secret(
    path: str, sent: dict[str, Any], headers: dict[str, str], people: People
) -> None:
    _client, answer = expired(people, path, sent, headers)

    assert hidden(answer) == []
    assert "Go back, reload the page" in answer.content.decode()


def test_file_that_is_too_large_is_refused_with_its_limit(people: People, checker: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    file = SimpleUploadedFile("a.txt", b"x" * 2000)

    response = checker.post("/articles/new/", {"desk": "demo", "file": file})

    assert response.status_code == 413
    assert "The file is larger than 1,000 bytes. Upload a smaller one." in response.content.decode()


def test_file_that_is_too_large_is_refused_in_the_language(people: People, checker: Client, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1000
    file = SimpleUploadedFile("a.txt", b"x" * 2000)

    answer = checker.post("/articles/new/", {"desk": "demo", "file": file}, headers={"Accept-Language": "de"})

    assert "Die Datei ist größer als 1.000 Bytes. Laden Sie eine kleinere hoch." in answer.content.decode()

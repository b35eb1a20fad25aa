"""What is shown when no view answers: a page for people, a toast for htmx, a problem document for programs."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from annotations.web.views.errors import server_error
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


def test_program_gets_a_problem_document(checker: Client) -> None:
    response = checker.get("/api/nowhere/")

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


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

"""Logging in and out, and changing one's password."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from annotations.models import Annotation, User
from tests.people import PASSWORD, People
from tests.web.conftest import HTMX

LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/"


def test_right_password_leads_to_where_one_wanted_to_go(people: People, client: Client) -> None:
    response = client.post(f"{LOGIN}?next=/articles/", {"username": "checker", "password": PASSWORD})

    assert response["Location"] == "/articles/"
    assert client.get("/articles/").status_code == 200


def test_login_never_leads_to_another_site(people: People, client: Client) -> None:
    response = client.post(f"{LOGIN}?next=https://evil.example/", {"username": "checker", "password": PASSWORD})

    assert response["Location"] == "/"


def test_wrong_password_keeps_the_name_and_says_nothing_about_which_was_wrong(people: People, client: Client) -> None:
    response = client.post(LOGIN, {"username": "checker", "password": "wrong"})

    source = response.content.decode()
    assert response.status_code == 200
    assert "Please enter a correct username and password." in source
    assert 'value="checker"' in source
    assert 'wrong"' not in source


def test_logging_out_ends_the_session_and_needs_a_post(people: People, checker: Client) -> None:
    assert checker.get("/accounts/logout/").status_code == 405
    assert checker.post("/accounts/logout/")["Location"] == LOGIN
    assert checker.get("/").status_code == 302


def test_session_that_ran_out_is_no_login(checker: Client) -> None:
    assert checker.get("/").status_code == 200

    Session.objects.update(expire_date=timezone.now())

    assert checker.get("/").status_code == 302


def test_password_is_changed_and_the_session_goes_on(people: People, checker: Client) -> None:
    new = "another long secret"

    response = checker.post(CHANGE, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert response["Location"] == "/"
    assert User.objects.get(username="checker").check_password(new)
    assert checker.get("/").status_code == 200


def test_new_password_must_be_good_and_typed_twice(people: People, checker: Client) -> None:
    response = checker.post(CHANGE, {"old_password": "wrong", "new_password1": "short", "new_password2": "other"})

    assert "Your old password was entered incorrectly." in response.content.decode()
    assert User.objects.get(username="checker").check_password(PASSWORD)


@pytest.mark.parametrize("with_token", [True, False])
def test_ended_session_answers_htmx_with_401_and_changes_nothing(with_token: bool, annotation: Annotation) -> None:
    client = Client(enforce_csrf_checks=not with_token)

    answers = [
        client.get(f"/annotations/{annotation.pk}/card/", headers=HTMX),
        client.post(f"/annotations/{annotation.pk}/withdraw/", {"seen_version": 1, "reason": "x"}, headers=HTMX),
    ]

    assert [(answer.status_code, answer.content) for answer in answers] == [(401, b""), (401, b"")]
    assert "HX-Request" in answers[0].headers["Vary"]
    annotation.refresh_from_db()
    assert annotation.state == "open"


def test_page_of_one_person_does_nothing_in_the_session_of_another(annotation: Annotation, checker: Client) -> None:
    path = f"/annotations/{annotation.pk}/withdraw/"
    form = {"seen_version": 1, "reason": "Not a claim"}

    assert checker.post(path, form, headers={**HTMX, "X-Person": "checker2"}).status_code == 401
    annotation.refresh_from_db()
    assert annotation.state == "open"
    assert checker.post(path, form, headers={**HTMX, "X-Person": "checker"}).status_code == 200


def test_login_in_place_answers_with_an_event(people: People, client: Client) -> None:
    response = client.post(LOGIN, {"username": "checker", "password": PASSWORD}, headers=HTMX)

    assert response.status_code == 200
    assert json.loads(response.headers["HX-Trigger"]) == {"logged-in": {}}
    assert client.get("/").status_code == 200


def test_wrong_password_in_place_is_told_in_place(people: People, client: Client) -> None:
    response = client.post(LOGIN, {"username": "checker", "password": "wrong"}, headers=HTMX)

    assert response.status_code == 422
    assert response.content.decode() == (
        '<hx-partial hx-target="#login-refusal" hx-swap="innerHTML">'
        "<p>That is not the password. Try again.</p></hx-partial>"
    )

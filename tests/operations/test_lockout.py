"""Ten wrong passwords for one account from one address close that door for a while, and say so."""

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.people import PASSWORD, People

SENTENCE = "Too many failed logins for this account. Wait 15 minutes, then try again."


@pytest.fixture
def _lockout(settings: Settings) -> None:
    settings.AXES_ENABLED = True


def log_in(client: Client, username: str, password: str, address: str = "198.51.100.7") -> int:
    form = {"username": username, "password": password}
    return client.post("/accounts/login/", form, REMOTE_ADDR=address).status_code


@pytest.mark.usefixtures("_lockout")
def test_eleventh_try_is_refused_on_the_login_page_even_with_the_right_password(people: People) -> None:
    client = Client()
    for _ in range(9):
        assert log_in(client, people.checker.username, "wrong") != 302

    log_in(client, people.checker.username, "wrong")
    answer = client.post(
        "/accounts/login/",
        {"username": people.checker.username, "password": PASSWORD},
        REMOTE_ADDR="198.51.100.7",
        follow=True,
    )

    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert SENTENCE in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_lockout")
def test_page_that_asks_again_for_the_password_is_told_in_place(people: People) -> None:
    for _ in range(10):
        log_in(Client(), people.checker.username, "wrong")

    form = {"username": people.checker.username, "password": PASSWORD}
    answer = Client().post("/accounts/login/", form, REMOTE_ADDR="198.51.100.7", headers={"HX-Request": "true"})

    assert answer.status_code == 429
    assert f"<p>{SENTENCE}</p>" in answer.content.decode()


@pytest.mark.usefixtures("_lockout")
def test_lockout_is_for_one_account_from_one_address(people: People) -> None:
    for _ in range(10):
        log_in(Client(), people.checker.username, "wrong")

    assert log_in(Client(), people.reviewer.username, PASSWORD) == 302
    assert log_in(Client(), people.checker.username, PASSWORD, address="198.51.100.8") == 302


@pytest.mark.usefixtures("_lockout")
def test_program_is_told_in_a_problem_document(people: People) -> None:
    body = {"username": people.checker.username, "password": "wrong", "name": "script"}
    for _ in range(9):
        assert APIClient().post("/api/v1/tokens/", body, format="json").status_code == 401

    APIClient().post("/api/v1/tokens/", body, format="json")
    answer = APIClient().post("/api/v1/tokens/", {**body, "password": PASSWORD}, format="json")

    assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (
        429,
        "application/problem+json",
        "900",
    )
    assert (answer.json()["code"], answer.json()["detail"]) == ("locked_out", SENTENCE)

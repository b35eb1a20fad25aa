"""From the administrator's page to the first login: one password, shown once, replaced before anything else."""

import datetime as dt
import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Desk, Token, User
from tests.people import People
from tests.web.conftest import HTMX

As = Callable[[User], Client]
NEW = "/desks/demo/members/new/"
MEMBERS = "/desks/demo/members/"
LOGIN = "/accounts/login/"
CHANGE = "/accounts/password/"
OWN = "an own long password"
FRESH = {"username": "fresh", "display_name": "Fresh Person", "roles": ["checker"]}


@pytest.fixture
def admin(people: People, as_user: As) -> Client:
    return as_user(people.admin)


@pytest.fixture
def password(admin: Client, desk: Desk) -> str:
    return shown(admin.post(NEW, FRESH).content.decode())


def shown(source: str) -> str:
    found = re.search(r'id="password"[^>]*>([^<]+)<', source)
    assert found is not None
    return found[1]


def logged_in(password: str) -> Client:
    client = Client()
    assert client.post(LOGIN, {"username": "fresh", "password": password}).status_code == 302
    return client


def test_password_is_in_one_answer_that_nothing_keeps(
    admin: Client, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    response = admin.post(NEW, FRESH)

    password = shown(response.content.decode())
    assert "no-store" in response["Cache-Control"]
    assert password not in caplog.text
    assert password not in admin.get(MEMBERS).content.decode()
    assert "has not logged in yet" in admin.get(MEMBERS).content.decode()
    again = admin.post(NEW, FRESH)
    assert again.status_code == 422
    assert "Somebody has this user name already." in again.content.decode()


def test_first_login_leads_to_a_password_of_ones_own_and_nowhere_else(password: str) -> None:
    client = logged_in(password)

    assert client.get("/articles/")["Location"] == CHANGE
    assert client.get("/articles/", headers=HTMX)["HX-Redirect"] == CHANGE
    assert client.get("/api/v1/articles/").status_code == 403
    page = client.get(CHANGE).content.decode()
    assert "This is a one-time password. Choose your own to go on." in page

    fields = {"old_password": password, "new_password1": OWN, "new_password2": OWN}
    assert client.post(CHANGE, fields)["Location"] == "/"

    assert client.get("/articles/").status_code == 200
    assert User.objects.get(username="fresh").one_time_until is None
    assert Client().post(LOGIN, {"username": "fresh", "password": password}).status_code == 200
    assert Client().post(LOGIN, {"username": "fresh", "password": OWN}).status_code == 302


def test_one_time_password_is_no_password_of_ones_own(password: str) -> None:
    client = logged_in(password)

    response = client.post(CHANGE, {"old_password": password, "new_password1": password, "new_password2": password})

    assert "This is the one-time password. Choose another one." in response.content.decode()
    assert client.get("/articles/")["Location"] == CHANGE


def test_password_that_has_run_out_opens_nothing(password: str) -> None:
    User.objects.filter(username="fresh").update(one_time_until=timezone.now() - dt.timedelta(seconds=1))
    data = {"username": "fresh", "password": password}

    page = Client().post(LOGIN, data)
    in_place = Client().post(LOGIN, data, headers=HTMX)

    assert (page.status_code, in_place.status_code) == (200, 422)
    for response in (page, in_place):
        assert "This one-time password has run out." in response.content.decode()
        assert not response.wsgi_request.user.is_authenticated


def test_programs_get_no_token_with_it(password: str) -> None:
    data = {"username": "fresh", "password": password, "name": "script"}

    response = Client().post("/api/v1/tokens/", data, content_type="application/json")

    assert response.status_code == 401
    assert "choose your own first" in response.json()["detail"]
    assert not Token.objects.exists()


def test_it_can_be_issued_again_until_it_was_used(admin: Client, password: str) -> None:
    member = User.objects.get(username="fresh").memberships.get()
    address = f"/members/{member.pk}/password/"
    assert address in admin.get(MEMBERS).content.decode()

    second = shown(admin.post(address).content.decode())

    assert Client().post(LOGIN, {"username": "fresh", "password": password}).status_code == 200
    client = logged_in(second)
    client.post(CHANGE, {"old_password": second, "new_password1": OWN, "new_password2": OWN})
    assert address not in admin.get(MEMBERS).content.decode()
    assert admin.post(address).status_code == 409

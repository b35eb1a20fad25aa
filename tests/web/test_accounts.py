"""Logging in and out, and changing one's password."""

from django.test import Client

from annotations.models import User
from tests.people import PASSWORD, People

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

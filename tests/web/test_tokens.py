"""The page of one's own API tokens: the key is shown once, and only its owner sees or revokes a token."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Token, User
from annotations.services.tokens import create_token, revoke_token
from tests.people import People

As = Callable[[User], Client]
URL = "/accounts/tokens/"
NEW = {"name": "Nightly import", "scopes": ["read", "export"], "days": "30"}


def test_key_is_shown_once_and_opens_the_api_with_its_scopes(checker: Client, people: People) -> None:
    made = checker.post(URL, NEW)

    token, key = Token.objects.get(), re.findall(r"fck_[\w-]+", made.content.decode())[0]
    assert (token.name, token.user, token.scopes) == ("Nightly import", people.checker, ["read", "export"])
    assert abs(token.expires_at - timezone.now() - dt.timedelta(days=30)) < dt.timedelta(minutes=1)
    assert made.headers["Cache-Control"] == "no-store"
    source = checker.get(URL).content.decode()
    assert "Nightly import" in source
    assert "never used" in source
    assert key not in source
    api = Client(headers={"Authorization": f"Bearer {key}"})
    assert api.get("/api/v1/desks/").status_code == 200
    assert api.post("/api/v1/annotations/", {}, content_type="application/json").status_code == 403
    assert "last used" in checker.get(URL).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Fill this in."),
        ({"scopes": []}, "Scopes are: read, write, export."),
        ({"scopes": ["admin"]}, "admin is not one of the available choices."),
        ({"days": "9999"}, "9999 is not one of the available choices."),
    ],
)
def test_wrong_token_is_refused(changes: dict[str, Any], sentence: str, checker: Client) -> None:
    response = checker.post(URL, NEW | changes)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Token.objects.exists()


def test_token_is_revoked_when_its_name_is_typed(checker: Client, people: People) -> None:
    token, key = create_token(user=people.checker, name=" Old laptop ")
    address = f"{URL}{token.pk}/revoke/"
    api = Client(headers={"Authorization": f"Bearer {key}"})
    assert address in checker.get(URL).content.decode()

    wrong = checker.post(address, {"typed": ""})
    assert wrong.status_code == 422
    assert api.get("/api/v1/desks/").status_code == 200
    response = checker.post(address, {"typed": "Old laptop"})

    assert response["Location"] == URL
    assert api.get("/api/v1/desks/").status_code == 401
    assert checker.get(address).status_code == 404
    source = checker.get(URL).content.decode()
    assert "Old laptop" not in source
    assert "You have no token." in source


def test_nobody_sees_or_revokes_the_tokens_of_others(people: People, as_user: As) -> None:
    token, _key = create_token(user=people.checker, name="Private script")
    admin = as_user(people.admin)

    assert "Private script" not in admin.get(URL).content.decode()
    assert admin.post(f"{URL}{token.pk}/revoke/", {"typed": "Private script"}).status_code == 404
    assert Token.objects.get().revoked_at is None


def test_ended_tokens_are_not_listed(checker: Client, people: People) -> None:
    create_token(user=people.checker, name="Expired", lifetime=dt.timedelta(seconds=-1))
    revoke_token(create_token(user=people.checker, name="Revoked")[0])

    source = checker.get(URL).content.decode()

    assert "Expired" not in source
    assert "Revoked" not in source


def test_menu_leads_to_the_tokens(checker: Client) -> None:
    assert f'<a href="{URL}">API tokens</a>' in checker.get("/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    number: int, checker: Client, people: People, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for each in range(number):
        create_token(user=people.checker, name=f"Script {each}")

    with django_assert_num_queries(4):
        checker.get(URL)

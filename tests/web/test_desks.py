"""A desk's settings: everybody on it reads them, administrators change the hosts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotations.models import Desk, User
from tests.people import People

URL = "/desks/demo/settings/"


def test_members_and_vocabularies_are_shown(checker: Client, people: People) -> None:
    source = checker.get(URL).content.decode()

    assert "Head of research" in source
    assert "Stranger" not in source
    assert "Intelligence-sourced" in source
    assert "Only an administrator of this desk can change its settings." in source
    assert "<textarea" not in source


def test_administrator_changes_the_hosts(desk: Desk, people: People, as_user: Callable[[User], Client]) -> None:
    response = as_user(people.admin).post(URL, {"fetch_hosts": "CMS.example.org\r\n\r\n10.0.0.5:8080 \r\n"})

    desk.refresh_from_db()
    assert response["Location"] == URL
    assert desk.fetch_hosts == ["cms.example.org", "10.0.0.5:8080"]


def test_wrong_host_is_refused_and_kept_on_the_page(
    desk: Desk, people: People, as_user: Callable[[User], Client]
) -> None:
    response = as_user(people.admin).post(URL, {"fetch_hosts": "good.example.org\nhttp://bad/"})

    desk.refresh_from_db()
    source = response.content.decode()
    assert response.status_code == 422
    assert "is no host" in source
    assert "http://bad/" in source
    assert desk.fetch_hosts == []


def test_others_cannot_change_the_hosts(desk: Desk, checker: Client) -> None:
    response = checker.post(URL, {"fetch_hosts": "good.example.org"})

    desk.refresh_from_db()
    assert response.status_code == 403
    assert desk.fetch_hosts == []


@pytest.mark.parametrize("slug", ["other", "no-such-desk"])
def test_desk_one_is_not_on_is_not_there(slug: str, people: People, checker: Client) -> None:
    assert checker.get(f"/desks/{slug}/settings/").status_code == 404


def test_settings_take_a_fixed_number_of_queries(
    checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(8):
        checker.get(URL)


@pytest.mark.parametrize(
    ("number", "sentence"), [("", "Fill this in."), ("0", "Write 1 or more."), ("99", "Write 20 or less.")]
)
def test_a_wrong_number_is_refused_with_what_to_write(
    number: str, sentence: str, people: People, as_user: Callable[[User], Client]
) -> None:
    sent = {"approvals_needed": number, "sources_needed": "1", "idle_hours": "72"}

    response = as_user(people.admin).post("/desks/demo/policies/", sent)

    assert response.status_code == 422
    assert sentence in response.content.decode()

"""Fixtures: two desks and the people on them by role, made through the ordinary services."""

from dataclasses import dataclass

import pytest

from annotations.core.states import Role
from annotations.models import Article, Desk, User
from annotations.services.accounts import create_user
from annotations.services.desks import create_desk, set_membership
from tests.factories import import_text
from tests.prepared import Objects, Prepared

PASSWORD = "correct horse battery"
TEXT = (
    "Troops cleared mines, leader says\n\n"
    "The country has sent thousands of troops abroad, according to Western intelligence agencies.\n\n"
    '"We lost nine," the leader said, "in a hundred and twenty days."\n\n'
    "The agencies gave no evidence. Thousands of families wait."
)


@dataclass(frozen=True, slots=True)
class People:
    """All on `desk` but `stranger`, who is a checker elsewhere, and `nobody`, who is on no desk."""

    checker: User
    checker2: User
    reviewer: User
    reviewer2: User
    head: User
    reader: User
    admin: User
    stranger: User
    nobody: User


ROLES = {
    "checker": Role.CHECKER,
    "checker2": Role.CHECKER,
    "reviewer": Role.REVIEWER,
    "reviewer2": Role.REVIEWER,
    "head": Role.HEAD,
    "reader": Role.READER,
    "admin": Role.ADMINISTRATOR,
    "stranger": Role.CHECKER,
}


def _desk(slug: str, name: str) -> Objects:
    return {"desk": create_desk(slug=slug, name=name)}


def _people(desk: Desk, other_desk: Desk) -> Objects:
    made = {name: create_user(username=name, password=PASSWORD, display_name=name.title()) for name in ROLES}
    for name, role in ROLES.items():
        set_membership(desk=other_desk if name == "stranger" else desk, user=made[name], roles=[role])
    return {**made, "nobody": create_user(username="nobody", password=PASSWORD)}


PREPARED_DESK = Prepared(lambda: _desk("demo", "Demo desk"))
PREPARED_OTHER_DESK = Prepared(lambda: _desk("other", "Other desk"))
PREPARED_PEOPLE = Prepared(_people)


@pytest.fixture
def desk(db: None) -> Desk:
    return PREPARED_DESK()["desk"]


@pytest.fixture
def other_desk(db: None) -> Desk:
    return PREPARED_OTHER_DESK()["desk"]


@pytest.fixture
def people(desk: Desk, other_desk: Desk) -> People:
    return People(**PREPARED_PEOPLE(desk=desk, other_desk=other_desk))


@pytest.fixture
def article(desk: Desk, people: People) -> Article:
    return import_text(desk, people.checker, TEXT, title="Troops cleared mines")


@pytest.fixture
def foreign_article(other_desk: Desk, people: People) -> Article:
    return import_text(other_desk, people.stranger, TEXT, title="Somebody else's")

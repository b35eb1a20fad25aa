"""Fixtures of the page tests: browsers that are logged in, and htmx's header."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotations.models import Annotation, Article, User
from tests.factories import annotate
from tests.people import People

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in


@pytest.fixture
def checker(as_user: Callable[[User], Client], people: People) -> Client:
    return as_user(people.checker)


@pytest.fixture
def annotation(article: Article, people: People) -> Annotation:
    """The checker's, labelled, with a claim."""
    return annotate(
        article, people.checker, "thousands of troops", claim="Thousands were sent.", terms=["intelligence-sourced"]
    )

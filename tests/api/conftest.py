"""Clients of the API: one a person, each with a token of its own."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from annotations.models import Annotation, Article, User
from tests.api.client import Api
from tests.factories import annotate
from tests.people import People

As = Callable[[User | None], Api]


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Rates are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def api() -> As:
    """The client of a person; of nobody when None."""
    return Api


@pytest.fixture
def checker(people: People) -> Api:
    return Api(people.checker)


@pytest.fixture
def annotation(article: Article, people: People) -> Annotation:
    """The checker's, with a claim and a label."""
    return annotate(
        article, people.checker, "thousands of troops", claim="Thousands were sent.", terms=["intelligence-sourced"]
    )

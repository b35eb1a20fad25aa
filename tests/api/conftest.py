"""Clients of the API: one a person, each with a token of its own; and what they look at."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from annotations.api import containers
from annotations.models import Annotation, Article, User
from tests.api.client import Api
from tests.api.linked_data import container_of
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


@pytest.fixture
def container(article: Article) -> str:
    return container_of(article)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "PAGE_SIZE", 2)


@pytest.fixture
def three(article: Article, people: People) -> list[str]:
    """The addresses of three annotations, oldest first."""
    made = [annotate(article, people.checker, words, claim=f"About {words}.") for words in ("Troops", "mines", "nine")]
    return [f"{container_of(article)}{each.pk}/" for each in made]

"""Clients of the API: one a person, each with a token of its own; and what they look at."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from drf_spectacular.generators import SchemaGenerator

from annotations.api import containers
from annotations.api.throttling import WINDOWS
from annotations.core.drafts import AttributionDraft
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, User
from annotations.services.articles import edit_article
from annotations.services.evidence import add_attribution
from tests.api.client import PREFIX, Api
from tests.api.linked_data import container_of
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at, move

As = Callable[[User | None], Api]
Follows = Callable[..., None]
FORMATS = jsonschema.Draft202012Validator.FORMAT_CHECKER


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    """Rates are counted for the whole process, which outlives a test."""
    WINDOWS.forget()


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


@pytest.fixture
def signed(article: Article, people: People) -> Annotation:
    """Signed off, in an English article of a known day, with a source."""
    known = {"language": "en-GB", "published_at": dt.date(2020, 1, 31)}
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=known)
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft("The leader"))
    return move(move(annotation, people.checker, "propose"), people.reviewer, "approve")


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


@pytest.fixture
def follows(document: dict[str, Any]) -> Follows:
    """Validates an answer against what the schema says for this path, method, status and media type."""

    def check(response: Any, path: str, method: str = "get") -> None:
        described = document["paths"][PREFIX + path.partition("?")[0]][method]["responses"][str(response.status_code)]
        media_type = response.headers["Content-Type"]
        content = described["content"]
        schema = content[media_type if media_type in content else media_type.partition(";")[0]]["schema"]
        everything = {"components": document["components"], "allOf": [schema]}
        jsonschema.validate(response.json(), everything, jsonschema.Draft202012Validator, format_checker=FORMATS)

    return check

"""Every answer is what the schema says: rows and problems are validated against the response of their operation."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from annotations.api.writers.annotations import AnnotationChangesWriter, AnnotationWriter
from annotations.api.writers.articles import ArticleChangesWriter, ArticleFormWriter
from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk, Term
from annotations.services.comments import add_comment
from annotations.services.evidence import add_link
from tests.api.client import PREFIX, Api
from tests.factories import annotate
from tests.people import PASSWORD, People
from tests.states import annotation_at


@pytest.fixture
def whole(article: Article, people: People) -> Annotation:
    """An annotation with every kind of part."""
    annotation = annotate(
        article,
        people.checker,
        "thousands of troops",
        claim="Thousands.",
        terms=["quantity"],
        attributions=[AttributionDraft("A", "intelligence-sourced", source_range=(0, 6)), AttributionDraft("B")],
        evidence=[
            EvidenceDraft(url="https://www.example.org/"),
            EvidenceDraft(file=("a.pdf", "application/pdf", b"x")),
        ],
        verdict=VerdictDraft("accurate", "So."),
        assignee="checker2",
    )
    other = annotate(article, people.checker, "nine")
    add_link(annotation_id=annotation.pk, actor=people.checker, target_id=other.pk, kind="depends_on")
    add_comment(annotation_id=annotation.pk, actor=people.checker, text="Hm, @head?", kind="question")
    annotation_at(AnnotationState.SIGNED_OFF, article, people, "hundred")
    return annotation


READ = [
    "desks/",
    "desks/{id}/",
    "vocabularies/",
    "vocabularies/{id}/",
    "terms/",
    "terms/{id}/",
    "articles/",
    "articles/{id}/",
    "articles/{id}/revisions/",
    "annotations/",
    "annotations/{id}/",
    "annotations/{id}/evidence/",
    "annotations/{id}/attributions/",
    "annotations/{id}/links/",
    "annotations/{id}/comments/",
    "annotations/{id}/history/",
    "verdicts/",
    "claims:search?query=nine",
]


@pytest.mark.parametrize("path", READ)
def test_what_is_read_is_as_described(
    path: str, checker: Api, whole: Annotation, desk: Desk, follows: Callable[..., None]
) -> None:
    term = Term.objects.get(desk=desk, key="accurate")
    ids = {
        "desks": desk.pk,
        "vocabularies": term.vocabulary_id,
        "terms": term.pk,
        "articles": whole.article_id,
        "annotations": whole.pk,
    }

    answer = checker.send("GET", path.format(id=ids.get(path.split("/")[0])))

    assert answer.status_code == 200
    assert answer.json().get("results", True)
    follows(answer, path)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("post", "articles/", {"desk": "demo", "text": "Words."}, 201),
        ("post", "articles/", {}, 400),
        ("post", "annotations/", {"article": "{article}", "exact": "leader", "occurrence": 1}, 201),
        ("post", "annotations/", {"article": "{article}", "exact": "agencies"}, 400),
        ("patch", "annotations/{id}/", {"note": "x"}, 200),
        ("delete", "annotations/{id}/", {"reason": "x"}, 200),
        ("post", "annotations/{id}/evidence/", {"url": "https://www.example.org/"}, 201),
        ("post", "annotations/{id}/attributions/", {"source": "A"}, 201),
        ("post", "annotations/{id}/comments/", {"text": "A"}, 201),
        ("post", "annotations/{id}/links/", {"target": "{id}", "kind": "same_fact"}, 400),
        ("post", "tokens/", {"username": "checker", "password": PASSWORD, "name": "x"}, 201),
        ("post", "tokens/", {"username": "checker", "password": "x", "name": "x"}, 401),
    ],
)
def test_what_is_written_is_answered_as_described(
    method: str,
    path: str,
    body: dict[str, Any],
    status: int,
    checker: Api,
    whole: Annotation,
    follows: Callable[..., None],
) -> None:
    values = {"id": str(whole.pk), "article": str(whole.article_id)}
    filled = {name: value.format(**values) if isinstance(value, str) else value for name, value in body.items()}

    answer = checker.send(method.upper(), path.format(**values), filled, etag="*")

    assert answer.status_code == status, answer.content
    follows(answer, path, method)


def test_offsets_say_their_unit(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    for name, schema in schemas.items():
        for field, value in schema.get("properties", {}).items():
            if field in ("start", "end"):
                assert "code points" in value.get("description", ""), (name, field)


def test_every_operation_says_how_it_refuses(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            problems = {
                status
                for status, answer in operation["responses"].items()
                if "application/problem+json" in answer.get("content", {})
            }
            assert {"400", "401", "429"} <= problems, (path, method)
            assert ("404" in problems) or "{" not in path, (path, method)
            assert operation["summary"], (path, method)


# A token and a saved filter are made and deleted, never changed, so that there is no older version to have seen.
UNVERSIONED = {f"{PREFIX}tokens/current/", f"{PREFIX}filters/{{id}}/"}


def test_operations_that_change_name_if_match(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method in {"patch", "delete"} & methods.keys():
            if path in UNVERSIONED:
                continue
            headers = {each["name"]: each for each in methods[method]["parameters"] if each["in"] == "header"}
            assert headers["If-Match"]["required"] is True, (path, method)


def test_no_writer_writes_what_it_reads(document: dict[str, Any]) -> None:
    """What can be changed can also be given at first, and the other way round, but for what says where it belongs."""
    new = set(AnnotationWriter().fields) - {"id", "article", "revision", "attribution", "attributions", "evidence"}
    article = set(ArticleFormWriter().fields) - {"id", "desk", "text", "html", "url", "file"}

    assert new == set(AnnotationChangesWriter().fields)
    assert article == set(ArticleChangesWriter().fields)


def test_names_of_operations_are_told_apart(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]

    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)

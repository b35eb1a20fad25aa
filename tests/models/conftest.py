"""How the tests of the database's guards go round the application, and what they try it on."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.models import Annotation, Article
from annotations.services.comments import add_comment
from tests.factories import annotate
from tests.people import People

Refused = Callable[..., str]


def execute(sql: str, params: Sequence[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test wrote before is checked first
        cursor.execute(sql, params)


@pytest.fixture
def refused(db: None) -> Refused:
    """Run SQL and give the name of the guard that refuses it."""

    def run(sql: str, *params: Any) -> str:
        with pytest.raises(DatabaseError) as caught:
            execute(sql, params)
        cause = caught.value.__cause__
        assert cause is not None
        return str(cause.diag.constraint_name)  # type: ignore[attr-defined]

    return run


@pytest.fixture
def full(article: Article, people: People) -> Annotation:
    """An annotation with one part of each kind."""
    annotation = annotate(
        article,
        people.checker,
        "thousands of troops",
        terms=["intelligence-sourced"],
        attributions=[AttributionDraft("Western intelligence agencies", origin="intelligence-sourced")],
        evidence=[EvidenceDraft(url="https://www.example.org/a")],
        verdict=VerdictDraft("unproven", "No figures."),
    )
    add_comment(annotation_id=annotation.pk, actor=people.checker2, text="Which agencies?")
    return annotation

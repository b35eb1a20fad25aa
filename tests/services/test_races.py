"""Concurrent writes over real connections: exactly one wins, the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from annotations.core.drafts import AnnotationChanges, AnnotationDraft, PlaceDraft
from annotations.core.errors import DomainError
from annotations.models import Annotation, Article, Event
from annotations.services.annotations import create_annotation, edit_annotation
from annotations.services.moves import move_annotation
from tests.factories import annotate
from tests.people import People

ATTEMPTS = 6


def at_once(attempt: Callable[[int], object]) -> list[str]:
    """Run `attempt` from several connections at the same moment; "ok" or the refusal's code of each, sorted."""
    start = Barrier(ATTEMPTS)

    def run(number: int) -> str:
        try:
            start.wait()
            attempt(number)
        except DomainError as error:
            return error.code
        finally:
            connection.close()
        return "ok"

    with ThreadPoolExecutor(ATTEMPTS) as pool:
        return sorted(pool.map(run, range(ATTEMPTS)))


@pytest.mark.django_db(transaction=True)
def test_one_of_many_edits_of_the_same_version_wins(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")

    outcome = at_once(
        lambda number: edit_annotation(
            annotation_id=made.pk,
            actor=people.checker,
            seen_version=1,
            changes=AnnotationChanges(claim=f"Claim {number}"),
        )
    )

    assert outcome == ["ok"] + ["stale"] * (ATTEMPTS - 1)
    assert Annotation.objects.get().version == 2
    assert Event.objects.filter(annotation=made, action="edit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawals_without_a_version_happen_once(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")

    def withdraw(_number: int) -> object:
        return move_annotation(
            annotation_id=made.pk, actor=people.checker, seen_version=None, action="withdraw", reason="Twice."
        )

    outcome = at_once(withdraw)

    assert outcome == ["ok"] + ["wrong_state"] * (ATTEMPTS - 1)


@pytest.mark.django_db(transaction=True)
def test_retries_with_one_id_make_one_row(article: Article, people: People) -> None:
    draft = AnnotationDraft(place=PlaceDraft(exact="nine"), id=uuid4())

    outcome = at_once(lambda _: create_annotation(article_id=article.pk, actor=people.checker, draft=draft))

    assert outcome == ["ok"] * ATTEMPTS
    assert Annotation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_first_annotations_start_the_checking_once(article: Article, people: People) -> None:
    outcome = at_once(
        lambda _: create_annotation(
            article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=PlaceDraft(exact="nine"))
        )
    )

    assert outcome == ["ok"] * ATTEMPTS
    assert Event.objects.filter(action="start").count() == 1

"""What rules say on pages in the reader's language: why a move is not possible, the state of a thing, its history."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from annotations.core.states import AnnotationState
from annotations.models import Article, Notice, User
from annotations.services.assignments import assign, release_idle
from tests.people import People
from tests.states import annotation_at, move
from tests.web.test_review import refusals

AsUser = Callable[[User], Client]
APPROVE = {"en": "Approve", "uk": "Схвалити", "de": "Zustimmen"}


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "Only reviewers can approve."),
        ("uk", "Лише рецензенти можуть схвалити."),
        ("de", "Dafür ist nur die Gegenprüfung zuständig: zustimmen."),
    ],
)
def test_a_button_says_why_not_in_the_language(
    language: str, reason: str, article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    page = as_user(people.checker).get(f"/annotations/{annotation.pk}/", headers={"Accept-Language": language})

    assert refusals(page.content)[APPROVE[language]] == reason


@pytest.mark.parametrize(
    ("language", "state", "told"),
    [
        ("en", "Proposed", 'Checker proposed the verdict "Accurate".'),
        ("uk", "Запропоновано", "Checker: запропоновано вердикт «Accurate»."),
        ("de", "Vorgeschlagen", "Checker hat die Bewertung „Accurate“ vorgeschlagen."),
    ],
)
def test_states_and_history_are_told_in_the_language(
    language: str, state: str, told: str, article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    path = f"/annotations/{annotation.pk}/history/"

    client = as_user(people.checker)
    history = client.get(path, headers={"Accept-Language": language}).content
    page = client.get(f"/annotations/{annotation.pk}/", headers={"Accept-Language": language}).content

    assert told in " ".join(html.fromstring(history).text_content().split())
    assert f'<span class="state proposed">{state}</span>' in page.decode()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", 'Reviewer returned "{exact}". Reason: Not enough.'),
        ("uk", "Reviewer: повернуто на доопрацювання «{exact}». Причина: Not enough."),
        ("de", "Reviewer hat „{exact}“ zurückgegeben. Grund: Not enough."),
    ],
)
def test_notices_are_told_in_the_language_of_whoever_reads_them(
    language: str, told: str, article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    move(annotation, people.reviewer, "return", reason="Not enough.")

    page = as_user(people.checker).get("/", headers={"Accept-Language": language}).content

    assert told.format(exact=annotation.exact) in [each.text for each in html.fromstring(page).iter("a")]


def test_notices_of_before_are_shown_as_they_were_written(article: Article, people: People, as_user: AsUser) -> None:
    Notice.objects.create(desk=article.desk, person=people.checker, article=article, text="Ana approved (“nine”).")

    page = as_user(people.checker).get("/", headers={"Accept-Language": "uk"}).content.decode()

    assert "Ana approved (“nine”)." in page


def test_a_rule_that_gives_work_back_says_why_in_the_language(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    assign(annotation_id=annotation.pk, actor=people.checker, username="checker2", seen_version=None)
    release_idle(timezone.now() + dt.timedelta(days=30))

    path = f"/annotations/{annotation.pk}/history/"
    page = as_user(people.checker).get(path, headers={"Accept-Language": "de"}).content.decode()

    assert "Seit 72 Stunden unberührt." in page

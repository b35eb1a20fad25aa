"""What rules say on pages in the reader's language: why a move is not possible, the state of a thing, its history."""

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from annotations.core.states import AnnotationState
from annotations.models import Article, Notice, User
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
        ("en", "Proposed", "Checker proposed the verdict: accurate."),
        ("uk", "Запропоновано", "Checker: запропоновано вердикт: accurate."),
        ("de", "Vorgeschlagen", "Checker hat die Bewertung vorgeschlagen: accurate."),
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


def test_notices_are_kept_in_english_whatever_the_mover_reads(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    as_user(people.checker).get("/", headers={"Accept-Language": "uk"})

    move(annotation, people.reviewer, "return", reason="Not enough.")

    assert Notice.objects.filter(person=people.checker).latest("pk").text.startswith("Reviewer returned it (")

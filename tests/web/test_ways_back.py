"""A page that refuses somebody leads back to what they were working on, also after a login in between."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, User
from tests.people import PASSWORD, People
from tests.states import annotation_at, article_at
from tests.web.conftest import HTMX


@pytest.fixture
def proposed(article: Article, people: People) -> Annotation:
    return annotation_at(AnnotationState.PROPOSED, article, people)


def test_refused_move_leads_back_to_its_annotation(proposed: Annotation, checker: Client) -> None:
    response = checker.post(f"/annotations/{proposed.pk}/moves/approve/", {"seen_version": proposed.version})

    assert response.status_code == 403
    assert f'href="/annotations/{proposed.pk}/">Go back' in response.content.decode()


def test_refused_page_of_a_desk_leads_to_the_worklist_alone(people: People, checker: Client) -> None:
    source = checker.get("/desks/demo/members/new/").content.decode()

    assert "Go back" not in source
    assert 'href="/">Go to the worklist' in source


def test_login_in_the_middle_of_a_step_ends_on_a_page_with_a_way_back(proposed: Annotation, client: Client) -> None:
    step = f"/annotations/{proposed.pk}/comments/"
    login = client.post(step, {"text": "Which report?"})
    response = client.post(login.headers["Location"], {"username": "checker", "password": PASSWORD}, follow=True)

    source = response.content.decode()
    assert (response.request["PATH_INFO"], response.status_code) == (step, 405)
    assert "Nothing was changed. If you had typed something, go back to it" in source
    assert f'href="/annotations/{proposed.pk}/">Go back' in source


def test_programs_get_no_page_for_a_wrong_method(proposed: Annotation, checker: Client) -> None:
    page = checker.get(f"/annotations/{proposed.pk}/comments/")
    for_htmx = checker.get(f"/annotations/{proposed.pk}/comments/", headers=HTMX)
    for_programs = checker.get(f"/api/v1/annotations/{proposed.pk}/move/")

    assert page.headers["Allow"] == for_htmx.headers["Allow"] == "POST"
    assert for_htmx.content == b""
    assert b"<html" not in for_programs.content


def test_refusals_name_the_state_in_a_sentence(
    article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    annotation = annotation_at(AnnotationState.NEEDS_RECHECK, article, people)

    source = as_user(people.head).get(f"/annotations/{annotation.pk}/moves/reopen/").content.decode()

    assert "This annotation is waiting for a recheck, so nobody can reopen now." in source


def test_nobody_is_told_to_reopen_what_is_retracted(
    article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    article_at(ArticleState.RETRACTED, article, people)

    source = as_user(people.head).get(f"/articles/{article.pk}/").content.decode()

    assert "This article is retracted, so its text and annotations stay as they are." in source
    assert "Reopen it" not in source

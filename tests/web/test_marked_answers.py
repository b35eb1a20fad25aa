"""What answers say, in a language that puts every text into brackets: refusals, failures, forms of moves, reports."""

import json
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, actions_of
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, User
from annotations.services.import_runs import run_import, start_import
from annotations.services.imports import Options
from annotations.web.views.errors import bad_request, page_not_found, permission_denied, server_error
from tests.people import People
from tests.states import annotation_at, article_at
from tests.web.conftest import HTMX
from tests.web.test_access import NAMES, address
from tests.web.test_marked_texts import data, everything, in_brackets, unmarked

__all__ = ["everything", "in_brackets"]

NOT_SENT = {"logout", "events", "article-text", "article-source", "public-article", "set-language", "login"}
"""Sent in tests of their own, or nothing to send."""

NOT_TWICE = {"delete-filter", "restore-filter", "undo-several"}
"""Their addresses need something that is made once."""

ANNOTATION_ACTIONS = actions_of(ANNOTATION_MOVES)
ARTICLE_ACTIONS = actions_of(ARTICLE_MOVES)
Fail = Callable[[HttpRequest, Exception], HttpResponse]


def too_large(request: HttpRequest, _error: Exception) -> HttpResponse:
    return bad_request(request, RequestDataTooBig("Request body exceeded settings."))


def failed(request: HttpRequest, _error: Exception) -> HttpResponse:
    return server_error(request)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_no_refusal_of_an_empty_form_says_anything_that_is_not_marked(
    headers: dict[str, str], article: Article, annotation: Annotation, everything: Client
) -> None:
    """Every form, sent as it never is: what is missing is told, and the page is shown again."""
    urls = {name: address(name, article, annotation) for name in NAMES if name not in NOT_SENT | NOT_TWICE}

    answers = {name: everything.post(url, headers=headers, follow=not headers) for name, url in urls.items()}

    known = data()
    pages = {name: each.content.decode() for name, each in answers.items() if "html" in each.get("Content-Type", "")}
    assert sum(each.status_code >= 400 for each in answers.values()) > 20
    assert {name: found for name, page in pages.items() if page.strip() and (found := unmarked(page, known))} == {}


def test_no_form_of_a_move_says_anything_that_is_not_marked(
    article: Article, annotation: Annotation, everything: Client
) -> None:
    of_annotation = [reverse("annotations:move-annotation", args=(annotation.pk, each)) for each in ANNOTATION_ACTIONS]
    of_article = [reverse("annotations:move-article", args=(article.pk, each)) for each in ARTICLE_ACTIONS]

    pages = {url: everything.get(url).content.decode() for url in [*of_annotation, *of_article]}

    known = data()
    assert {url: found for url, page in pages.items() if (found := unmarked(page, known))} == {}


def test_no_public_page_says_anything_that_is_not_marked(article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    article = article_at(ArticleState.PUBLISHED, article, people)

    page = Client().get(reverse("annotations:public-article", args=(article.pk,))).content.decode()

    tree = html.fromstring(page)
    tree.get_element_by_id("main").remove(tree.find_class("public-text")[0])
    assert "⟦" in page
    assert unmarked(html.tostring(tree, encoding="unicode"), data()) == []


def test_no_report_of_an_import_says_anything_that_is_not_marked(
    article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    document = {"text": "Some words.", "annotations": [{"start": 5, "end": 50}]}
    pages = []
    line = json.dumps(document).encode()
    for content in (line, b"{", line + b"\n{\n"):
        options = Options()
        run = start_import(
            desk_id=article.desk_id, actor=people.checker, format="jsonl", name="", content=content, options=options
        )
        run_import(run.pk)
        pages.append(as_user(people.checker).get(reverse("annotations:import-run", args=(run.pk,))).content.decode())

    assert "⟦line 1⟧" in pages[0]
    assert "⟦The range " in pages[0]
    assert "⟦is no JSON⟧" in pages[1]
    assert "⟦line 2⟧" in pages[2]
    assert [found for page in pages if (found := unmarked(page, data()))] == []


@pytest.mark.parametrize("fail", [bad_request, permission_denied, page_not_found, too_large, failed])
def test_no_page_of_a_failure_says_anything_that_is_not_marked(fail: Fail, client: Client, db: None) -> None:
    request = client.get("/accounts/login/").wsgi_request

    page = fail(request, Exception()).content.decode()

    assert "⟦" in page
    assert unmarked(page, set()) == []


def test_no_page_of_a_refused_login_says_anything_that_is_not_marked(people: People) -> None:
    page = Client().post("/accounts/login/", {"username": "checker", "password": "wrong"}).content.decode()
    refused = Client(enforce_csrf_checks=True).post("/accounts/login/").content.decode()

    assert unmarked(page, {"checker"}) == []
    assert unmarked(refused, set()) == []

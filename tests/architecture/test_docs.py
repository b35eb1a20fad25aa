"""The pages of the docs that are made from the code are the ones that the code makes now.

Written anew by `make docs`.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, actions_of
from annotations.core.states import ANNOTATION_STATE_LABELS, ARTICLE_STATE_LABELS
from annotations.core.workflow_page import with_tables
from annotations.models import Annotation, Article
from annotations.web.urls import urlpatterns
from tests.api.access_table import TABLE
from tests.api.test_transitions import ARTICLE_STATES, EVERYBODY, STATES, expected, expected_of_article
from tests.factories import annotate
from tests.people import People
from tests.web.test_access import OPEN, POST_ONLY, address

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs"
COLUMNS = ("anonymous", "stranger", "reader", "checker", "reviewer", "head", "admin")
INTRODUCTION = """\
# Who gets which answer

Made from the tables that the tests try out one by one against the running code: every route and every move, each
person. An *anonymous* visitor; a *stranger*, who is a checker on another desk; and on the desk a *reader*, a
*checker* (who wrote the annotation), a *reviewer*, the *head* of research and an *admin* (administrator). The
numbers are HTTP statuses: 401 sign in first, 403 not allowed, 404 not there for you, 405 another method, 409 wrong
state, 412 stale, 422 the form has errors.
"""


def test_workflow_page_is_current() -> None:
    page = (DOCS / "workflow.md").read_text(encoding="utf-8")

    assert page == with_tables(page)


def test_permissions_page_is_current(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine")
    page = "\n".join(
        [
            INTRODUCTION,
            *_moves("Moves of annotations", STATES, actions_of(ANNOTATION_MOVES), ANNOTATION_STATE_LABELS, expected),
            *_moves(
                "Moves of articles",
                ARTICLE_STATES,
                actions_of(ARTICLE_MOVES),
                ARTICLE_STATE_LABELS,
                expected_of_article,
            ),
            *_routes(),
            *_pages(article, annotation, people),
        ]
    )
    file = DOCS / "permissions.md"
    if os.environ.get("WRITE_DOCS"):
        file.write_text(page, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == page


def _moves(title: str, states: Iterable[str], actions: Sequence[str], labels: object, answer: object) -> list[str]:
    """Each action from each state; rows that are 409 for all who may make the move at all are left out."""
    rows = []
    for state in states:
        for action in actions:
            cells = [str(answer(name, action, state)) for name in EVERYBODY]  # type: ignore[operator]
            if "201" in cells:
                rows.append([labels[state], f"`{action}`", *cells])  # type: ignore[index]
    text = "From any other state, who may make the move at all is told 409, and everybody else the same as here."
    return [f"## {title}\n\n{text}\n", *_table(["from", "action", *EVERYBODY], rows)]


def _routes() -> list[str]:
    """`nobody`, who is on no desk, gets what a stranger gets."""
    rows = []
    for row in TABLE:
        anonymous, _nobody, *rest = row.statuses
        rows.append([row.method, f"`/api/v1/{row.path}`", str(anonymous), *map(str, rest)])
    return ["## Routes of the API\n", *_table(["method", "route", *COLUMNS], rows)]


def _pages(article: Article, annotation: Annotation, people: People) -> list[str]:
    rows = []
    for pattern in urlpatterns:
        name = str(pattern.name)
        if name in OPEN or pattern.pattern.converters.keys() & {"part"} or name == "evidence-file":
            continue  # open to everybody, or of a part that the article of this page does not have
        with transaction.atomic():
            path = address(name, article, annotation)
            method = "POST" if name in POST_ONLY else "GET"
            cells = [_answer(method, path, person, people) for person in COLUMNS]
            rows.append([method, f"`/{pattern.pattern}`".replace("<uuid:", "<"), *cells])
            transaction.set_rollback(True)
    text = "302 sends an anonymous visitor to the login. Open to all are the login and the page of a published article."
    return [f"## Pages\n\n{text}\n", *_table(["method", "page", *COLUMNS], rows)]


def _answer(method: str, path: str, person: str, people: People) -> str:
    client = Client()
    if person != "anonymous":
        client.force_login(getattr(people, person), backend="django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        status = client.generic(method, path).status_code
        transaction.set_rollback(True)
    return str(status)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]

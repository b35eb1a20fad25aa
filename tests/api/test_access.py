"""Who gets which answer: every route of the API and every method, as the table says."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.drafts import AttributionDraft
from annotations.core.states import ArticleState
from annotations.models import Annotation, Article, Delivery, Desk, ImportRun, Term, Vocabulary
from annotations.services.bulk import act_on_several
from annotations.services.comments import add_comment
from annotations.services.deliveries import note_events
from annotations.services.evidence import add_attribution
from annotations.services.saved_filters import save_filter
from annotations.services.webhooks import create_webhook
from tests.api.access_table import (
    MISSING,
    OPEN,
    TABLE,
    Row,
)
from tests.api.client import PROBLEM, Api
from tests.factories import annotate
from tests.people import People
from tests.states import article_at

PEOPLE = ("anonymous", "nobody", "stranger", "reader", "checker", "reviewer", "head", "admin")


def is_stream(row: Row) -> bool:
    """Exports begin a transaction of their own."""
    return row.name.startswith("export-")


def name_of(row: Row) -> str:
    return f"{row.method} {row.path}"


@pytest.fixture
def objects(article: Article, annotation: Annotation, desk: Desk, people: People) -> dict[str, str]:
    bulk = act_on_several(
        actor=people.checker, order=Order(BulkAction.ASSIGN, "checker2"), chosen=[Chosen(annotation.pk, 1)]
    )
    term = Term.objects.get(desk=desk, key="quantity")
    other = annotate(article, people.checker, "Western")
    draft = AttributionDraft(source="Agencies")
    source, _ = add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=draft)
    comment, _ = add_comment(annotation_id=annotation.pk, actor=people.checker, text="Really?")
    webhook, _ = create_webhook(desk_id=desk.pk, actor=people.admin, url="http://localhost:9/")
    kept = save_filter(actor=people.checker, page="articles", name="Mine", parameters={"q": ["troops"]})
    note_events()
    return {
        "desk": str(desk.pk),
        "term": str(term.pk),
        "vocabulary": str(Vocabulary.objects.get(terms=term).pk),
        "article": str(article.pk),
        "revision": str(article.current.pk),
        "source": str(source.pk),
        "comment": str(comment.pk),
        "annotation": str(annotation.pk),
        "other": str(other.pk),
        "webhook": str(webhook.pk),
        "import": str(ImportRun.objects.create(desk=desk, created_by=people.checker, content=b"").pk),
        "bulk": str(bulk.bulk),
        "filter": str(kept.pk),
        "delivery": str(Delivery.objects.values_list("pk", flat=True)[0]),
    }


def api_of(person: str, people: People) -> Api:
    return Api() if person == "anonymous" else Api(getattr(people, person))


def filled(value: Any, objects: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: filled(each, objects) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, objects) for each in value]
    return value.format(**objects) if isinstance(value, str) else value


def stream(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize("row", [row for row in TABLE if not is_stream(row)], ids=name_of)
def test_everybody_gets_their_answer(row: Row, objects: dict[str, str], people: People) -> None:
    """One after the other, each from the same beginning."""
    for person, status in zip(PEOPLE, row.statuses, strict=True):
        with transaction.atomic():
            api = api_of(person, people)
            response = api.send(row.method, row.path.format(**objects), filled(row.body, objects), etag="*")
            transaction.set_rollback(True)

        assert (person, response.status_code) == (person, status), response.content
        if status >= 400:
            assert response.headers["Content-Type"] == PROBLEM
        if status == 401:
            assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("row", [row for row in TABLE if is_stream(row)], ids=name_of)
def test_everybody_gets_their_export(row: Row, people: People) -> None:
    for person, status in zip(PEOPLE, row.statuses, strict=True):
        response = api_of(person, people).send("GET", row.path)

        assert (person, response.status_code) == (person, status)
        assert status == 401 or stream(response)


@pytest.mark.parametrize(("name", "path"), sorted(MISSING))
@pytest.mark.parametrize("person", ["anonymous", "checker"])
def test_other_methods_are_refused_and_the_right_ones_named(
    name: str, path: str, person: str, objects: dict[str, str], people: People
) -> None:
    api = api_of(person, people)
    known = {row.method for row in TABLE if row.path == path}
    expected = 401 if person == "anonymous" and name not in OPEN else 405
    for method in MISSING[name, path]:
        response = api.send(method, path.format(**objects), {})

        assert (method, response.status_code, response.headers["Content-Type"]) == (method, expected, PROBLEM)
        if expected == 405:
            assert known <= set(re.split(", ", response.headers["Allow"]))


@pytest.mark.parametrize("row", [row for row in TABLE if "{" in row.path], ids=name_of)
def test_wrong_ids_are_not_found(row: Row, checker: Api) -> None:
    for id in ("7", "no-uuid", "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b", "%00", "%F0%9F%A5%B3"):
        response = checker.send(row.method, re.sub(r"{\w+}", id, row.path), {}, etag="*")

        assert (id, response.status_code, response.json()["code"]) == (id, 404, "not_found")


def test_reader_sees_a_cleared_article_and_is_told_why_they_may_not_change_it(article: Article, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)
    reader = Api(people.reader)
    annotation = Annotation.objects.get()

    shown = reader.send("GET", f"annotations/{annotation.pk}/")
    refused = reader.send("PATCH", f"annotations/{annotation.pk}/", {"note": "x"}, etag=shown.headers["ETag"])

    assert shown.status_code == 200
    assert refused.status_code == 403
    assert refused.json()["detail"] == "Only checkers, reviewers and the head of research can work on annotations."


def test_deactivated_person_is_shut_out_at_once(people: People, checker: Api) -> None:
    assert checker.send("GET", "desks/").status_code == 200

    type(people.checker).objects.filter(pk=people.checker.pk).update(is_active=False)

    assert checker.send("GET", "desks/").status_code == 401


def test_table_has_every_route() -> None:
    names = {name for name in get_resolver("annotations.api.urls").reverse_dict if isinstance(name, str)}

    assert names - {"unknown"} == {row.name for row in TABLE}

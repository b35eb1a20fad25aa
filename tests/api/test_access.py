"""Who gets which answer: every route of the API, every person, every method, in one table."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.drafts import AttributionDraft
from annotations.core.states import ArticleState
from annotations.models import Annotation, Article, Delivery, Desk, ImportRun, Term, Vocabulary
from annotations.queries.export_files import FORMATS
from annotations.services.bulk import act_on_several
from annotations.services.comments import add_comment
from annotations.services.deliveries import note_events
from annotations.services.evidence import add_attribution
from annotations.services.saved_filters import save_filter
from annotations.services.webhooks import create_webhook
from tests.api.client import PROBLEM, Api
from tests.factories import annotate
from tests.people import People
from tests.states import article_at

PEOPLE = ("anonymous", "nobody", "stranger", "reader", "checker", "reviewer", "head", "admin")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """The expected statuses of one method on one route, in the order of PEOPLE; methods that have no row are 405."""

    name: str
    method: str
    path: str
    statuses: tuple[int, ...]
    body: Any = None


def same(status: int, anonymous: int = 401) -> tuple[int, ...]:
    """Everybody who is signed in gets the same."""
    return (anonymous, *[status] * 7)


HIDDEN_FROM_OUTSIDE = (401, 404, 404, 404, 200, 200, 200, 200)
"""An object of an article that is being checked: not for strangers, and not yet for readers."""
EDITORIAL_MAY = (401, 404, 404, 404, 201, 201, 201, 403)
EDITORIAL_SETS = (401, 404, 404, 404, 200, 200, 200, 403)
CANNOT_CLEAR_YET = (401, 404, 404, 404, 403, 403, 409, 403)
KEPT = {"content": "A clerk of the ministry"}
MARKS = {"ranges": [], "seen": "unseen"}
FILTER = {"page": "worklist", "name": "Open ones", "parameters": {"state": ["open"]}}
HOOK = {"desk": "demo", "url": "http://localhost:9/"}
FOR_ADMINISTRATORS = (401, 404, 404, 404, 404, 404, 404, 200)
PLACE = {"start": 0, "end": 6}
BULK = {"action": "release", "annotations": [{"id": "{annotation}", "version": 1}]}
WEB_ANNOTATION = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "Annotation",
    "target": {"source": "urn:uuid:{article}", "selector": {"type": "TextQuoteSelector", "exact": "Western"}},
}
CONTAINED = {
    "contained-annotation": "articles/{article}/web-annotations/{annotation}/",
    "web-annotation": "web-annotations/{annotation}/",
}

TABLE = (
    Row("tokens", "POST", "tokens/", same(400, 400), {}),
    Row("current-token", "DELETE", "tokens/current/", same(204)),
    Row("desks", "GET", "desks/", same(200)),
    Row("desk", "GET", "desks/{desk}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("vocabularies", "GET", "vocabularies/", same(200)),
    Row("vocabulary", "GET", "vocabularies/{vocabulary}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("terms", "GET", "terms/", same(200)),
    Row("term", "GET", "terms/{term}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("articles", "GET", "articles/", same(200)),
    Row("articles", "POST", "articles/", (401, 404, 404, 403, 201, 201, 201, 403), {"desk": "demo", "text": "Words."}),
    Row("article", "GET", "articles/{article}/", HIDDEN_FROM_OUTSIDE),
    Row("article", "PATCH", "articles/{article}/", (401, 404, 404, 404, 200, 200, 200, 403), {"byline": "Somebody"}),
    Row("article-text", "GET", "articles/{article}/text/", HIDDEN_FROM_OUTSIDE),
    Row("article-source", "GET", "articles/{article}/source/", HIDDEN_FROM_OUTSIDE),
    Row("revisions", "GET", "articles/{article}/revisions/", HIDDEN_FROM_OUTSIDE),
    Row(
        "revisions", "POST", "articles/{article}/revisions/", (401, 404, 404, 404, 201, 201, 201, 403), {"text": "New."}
    ),
    Row("revision", "GET", "articles/{article}/revisions/1/", HIDDEN_FROM_OUTSIDE),
    Row("carry-over", "GET", "articles/{article}/revisions/1/carry-over/", HIDDEN_FROM_OUTSIDE),
    Row("web-annotations", "GET", "articles/{article}/web-annotations/", HIDDEN_FROM_OUTSIDE),
    Row("web-annotations", "POST", "articles/{article}/web-annotations/", EDITORIAL_MAY, WEB_ANNOTATION),
    *(
        Row(name, method, path, statuses, body)
        for name, path in CONTAINED.items()
        for method, statuses, body in (
            ("GET", HIDDEN_FROM_OUTSIDE, None),
            ("PUT", EDITORIAL_SETS, WEB_ANNOTATION),
            ("DELETE", (401, 404, 404, 404, 204, 403, 204, 403), None),
        )
    ),
    Row("article-transitions", "GET", "articles/{article}/transitions/", HIDDEN_FROM_OUTSIDE),
    Row("article-transitions", "POST", "articles/{article}/transitions/", CANNOT_CLEAR_YET, {"action": "clear"}),
    Row("coverage", "GET", "articles/{article}/coverage/", HIDDEN_FROM_OUTSIDE),
    Row("coverage", "POST", "articles/{article}/coverage/", EDITORIAL_SETS, {**MARKS, "revision": "{revision}"}),
    Row("annotations", "GET", "annotations/", same(200)),
    Row("annotations", "POST", "annotations/", EDITORIAL_MAY, {"article": "{article}", **PLACE}),
    Row("annotation", "GET", "annotations/{annotation}/", HIDDEN_FROM_OUTSIDE),
    Row(
        "annotation", "PATCH", "annotations/{annotation}/", (401, 404, 404, 404, 200, 200, 200, 403), {"note": "Look."}
    ),
    Row(
        "annotation",
        "DELETE",
        "annotations/{annotation}/",
        (401, 404, 404, 404, 200, 403, 200, 403),
        {"reason": "Twice."},
    ),
    Row("bulk", "POST", "annotations/bulk/", same(200), BULK),
    Row("bulk-undo", "POST", "annotations/bulk/{bulk}/undo/", (401, 404, 404, 404, 200, 403, 403, 403)),
    Row("evidence", "GET", "annotations/{annotation}/evidence/", HIDDEN_FROM_OUTSIDE),
    Row("evidence", "POST", "annotations/{annotation}/evidence/", EDITORIAL_MAY, {"url": "https://example.org/"}),
    Row("attributions", "GET", "annotations/{annotation}/attributions/", HIDDEN_FROM_OUTSIDE),
    Row("attributions", "POST", "annotations/{annotation}/attributions/", EDITORIAL_MAY, {"source": "Agencies"}),
    Row("identity", "PUT", "annotations/{annotation}/attributions/{source}/identity/", EDITORIAL_MAY, KEPT),
    Row(
        "identity-reading",
        "POST",
        "annotations/{annotation}/attributions/{source}/identity/read/",
        (401, 404, 404, 404, 404, 404, 404, 404),
    ),
    Row("links", "GET", "annotations/{annotation}/links/", HIDDEN_FROM_OUTSIDE),
    Row("links", "POST", "annotations/{annotation}/links/", EDITORIAL_MAY, {"target": "{other}", "kind": "same_fact"}),
    Row("comments", "GET", "annotations/{annotation}/comments/", HIDDEN_FROM_OUTSIDE),
    Row("comments", "POST", "annotations/{annotation}/comments/", EDITORIAL_MAY, {"text": "Really?"}),
    Row("comment-resolution", "POST", "annotations/{annotation}/comments/{comment}/resolve/", EDITORIAL_SETS, {}),
    Row(
        "place",
        "POST",
        "annotations/{annotation}/place/",
        (401, 404, 404, 404, 409, 409, 409, 403),
        {"choice": "accept"},
    ),
    Row("placements", "GET", "annotations/{annotation}/placements/", HIDDEN_FROM_OUTSIDE),
    Row("transitions", "GET", "annotations/{annotation}/transitions/", HIDDEN_FROM_OUTSIDE),
    Row(
        "transitions",
        "POST",
        "annotations/{annotation}/transitions/",
        (401, 404, 404, 404, 201, 403, 201, 403),
        {"action": "withdraw", "reason": "Twice."},
    ),
    Row("history", "GET", "annotations/{annotation}/history/", HIDDEN_FROM_OUTSIDE),
    Row("annotation-claimreview", "GET", "annotations/{annotation}/claimreview/", same(404, 404)),
    Row("filters", "GET", "filters/", same(200)),
    Row("filters", "POST", "filters/", same(201), FILTER),
    Row("filter", "DELETE", "filters/{filter}/", (401, 404, 404, 404, 204, 404, 404, 404)),
    Row("import", "POST", "import/jsonl/", same(400), {"text": "Words."}),
    Row("import-runs", "GET", "imports/", same(200)),
    Row("import-run", "GET", "imports/{import}/", HIDDEN_FROM_OUTSIDE),
    Row("webhooks", "GET", "webhooks/", same(200)),
    Row("webhooks", "POST", "webhooks/", (401, 404, 404, 403, 403, 403, 403, 201), HOOK),
    Row("webhook", "GET", "webhooks/{webhook}/", FOR_ADMINISTRATORS),
    Row("webhook", "PUT", "webhooks/{webhook}/", FOR_ADMINISTRATORS, {"active": False}),
    Row("deliveries", "GET", "deliveries/", same(200)),
    Row("delivery-replay", "POST", "deliveries/{delivery}/replay/", (401, 404, 404, 404, 404, 404, 404, 409)),
    Row("events", "GET", "events/", same(200)),
    Row("verdicts", "GET", "verdicts/", same(200)),
    Row("claims-search", "GET", "claims:search", same(400)),
    Row("claims-search-of-google", "GET", "v1alpha1/claims:search", same(400)),
    *(Row(f"export-{name}", "GET", f"export/{name}/", same(200)) for name in FORMATS),
    Row("schema", "GET", "schema/", same(200, 200)),
    Row("docs", "GET", "docs/", same(200, 200)),
)
OPEN = {"tokens", "schema", "docs", "annotation-claimreview"}
MISSING = {
    (row.name, row.path): [
        method for method in METHODS if not any((each.path, each.method) == (row.path, method) for each in TABLE)
    ]
    for row in TABLE
}
"""The methods that each address does not know."""


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
    comment = add_comment(annotation_id=annotation.pk, actor=people.checker, text="Really?")
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

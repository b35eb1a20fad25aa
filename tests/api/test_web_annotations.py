"""Web Annotation Protocol: one annotation at its address: read, replaced, withdrawn."""

import re
from typing import Any
from uuid import uuid4

import pytest

from annotations.core.drafts import EvidenceDraft
from annotations.core.states import AnnotationState
from annotations.formats.web_annotation import MEDIA_TYPE
from annotations.models import Annotation, Article
from annotations.services.articles import edit_article
from tests.api.client import Api, problem
from tests.api.linked_data import LDP, bodies, body, links, post, put, sent, words
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("short", [False, True])
def test_annotation_says_what_it_is_and_does(method: str, short: bool, checker: Api, three: list[str]) -> None:
    address = f"web-annotations/{three[0][-37:]}" if short else three[0]
    response = checker.send(method, address)

    assert response.status_code == 200
    assert words(response.headers["Allow"]) == {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}
    assert "Accept" in words(response.headers["Vary"])
    assert links(response) == {(f"{LDP}Resource", "type"), ("http://www.w3.org/ns/oa#Annotation", "type")}
    if method != "OPTIONS":
        assert response.headers["Content-Type"] == MEDIA_TYPE
        assert re.fullmatch('"[^"]+"', response.headers["ETag"])
        assert response.headers["Content-Location"] == three[0]
    if method == "GET":
        assert response.json()["id"] == three[0]
    else:
        assert response.content == b""


def test_known_annotation_is_not_sent_again(checker: Api, three: list[str]) -> None:
    etag = checker.send("GET", three[0]).headers["ETag"]

    assert checker.send("GET", three[0], If_None_Match=etag).status_code == 304


def test_tag_names_everything_that_the_document_says(
    checker: Api, three: list[str], article: Article, people: People
) -> None:
    before = checker.send("GET", three[0])
    changes = {"canonical_url": "https://www.example.org/other"}
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=changes)

    after = checker.send("GET", three[0])

    assert after.json()["target"]["source"] == "https://www.example.org/other"
    assert before.headers["ETag"] != after.headers["ETag"]


def test_annotation_of_another_container_is_not_found(checker: Api, three: list[str]) -> None:
    address = three[0].replace(three[0].split("/")[6], str(uuid4()))

    problem(checker.send("GET", address), 404, "not_found")


def test_put_replaces_it(checker: Api, container: str, article: Article) -> None:
    made = post(checker, container, sent(article, id="http://example.org/anno1"))
    start = TEXT.index("thousands of troops")
    selector = {"type": "FragmentSelector", "value": f"char={start},{start + 19}"}
    target = {"source": f"urn:uuid:{article.pk}", "selector": selector}
    document = made.json() | bodies(("describing", "Thousands.")) | {"target": target}

    answer = put(checker, made.json()["id"], document, made.headers["ETag"])

    assert answer.status_code == 200, answer.content
    assert answer.json()["target"]["selector"][0]["start"] == start
    assert [(each["purpose"], each["value"]) for each in answer.json()["body"]] == [("describing", "Thousands.")]
    assert (answer.json()["id"], answer.json()["via"]) == (made.json()["id"], "http://example.org/anno1")
    row = Annotation.objects.get()
    assert (row.exact, row.claim, row.note, row.version) == ("thousands of troops", "Thousands.", "", 2)
    assert answer.headers["ETag"] == checker.send("GET", made.json()["id"]).headers["ETag"] != made.headers["ETag"]


def test_put_of_what_is_there_changes_nothing(checker: Api, article: Article, people: People, container: str) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)

    answer = put(checker, address, shown.json(), shown.headers["ETag"])

    assert (answer.status_code, answer.json(), answer.headers["ETag"]) == (200, shown.json(), shown.headers["ETag"])
    annotation.refresh_from_db()
    assert annotation.state == AnnotationState.SIGNED_OFF


def test_put_obeys_the_review(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"] = [each for each in document["body"] if each["purpose"] not in ("classifying", "assessing")]
    document["motivation"] = "highlighting"

    answer = put(checker, address, document, shown.headers["ETag"])

    assert answer.status_code == 200, answer.content
    annotation.refresh_from_db()
    assert (annotation.state, list(annotation.verdicts.filter(retired_at=None))) == ("needs_recheck", [])
    assert answer.json()["motivation"] == "highlighting"


def test_put_and_delete_need_the_current_tag(checker: Api, three: list[str], article: Article) -> None:
    shown = checker.send("GET", three[0])

    for etag, status, code in (
        (None, 428, "precondition_required"),
        ('"x"', 412, "stale"),
        (f"W/{shown.headers['ETag']}", 412, "stale"),
    ):
        problem(put(checker, three[0], shown.json(), etag), status, code)
        problem(checker.send("DELETE", three[0], etag=etag), status, code)
    changed = shown.json() | body(value="New.")
    assert put(checker, three[0], changed, shown.headers["ETag"]).status_code == 200
    problem(put(checker, three[0], changed, shown.headers["ETag"]), 412, "stale")


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"id": "http://example.org/anno1"}, "read_only", "/id"),
        ({"canonical": "urn:uuid:1"}, "read_only", "/canonical"),
        ({"via": "urn:uuid:1"}, "read_only", "/via"),
        ({"created": "2015-10-14T15:13:28Z"}, "read_only", "/created"),
        ({"modified": "2015-10-14T15:13:28Z"}, "read_only", "/modified"),
        ({"creator": {"type": "Person", "nickname": "head"}}, "read_only", "/creator"),
        ({"target": "http://other.example/"}, "source_differs", "/target"),
    ],
)
def test_put_changes_nothing_that_it_cannot_keep(
    more: dict[str, Any], code: str, pointer: str, checker: Api, article: Article, people: People
) -> None:
    evidence = [EvidenceDraft(url="https://www.example.org/a")]
    annotation = annotate(article, people.checker, "nine", evidence=evidence)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)

    found = problem(put(checker, address, shown.json() | more, shown.headers["ETag"]), 400, code)

    assert found["errors"][0]["pointer"] == pointer
    assert checker.send("GET", address).json() == shown.json()


def test_not_everybody_may_replace_or_withdraw(three: list[str], people: People) -> None:
    admin = Api(people.admin)
    shown = admin.send("GET", three[0])

    changed = shown.json() | body(value="New.")
    problem(put(admin, three[0], changed, shown.headers["ETag"]), 403, "not_allowed")
    problem(admin.send("DELETE", three[0], etag=shown.headers["ETag"]), 403, "not_allowed")


def test_delete_withdraws_it(checker: Api, container: str, three: list[str]) -> None:
    etag = checker.send("GET", three[0]).headers["ETag"]

    answer = checker.send("DELETE", f"{three[0]}?reason=Twice.", etag=etag)

    assert (answer.status_code, answer.content) == (204, b"")
    for method in ("GET", "PUT", "DELETE"):
        problem(checker.send(method, three[0], {}, etag="*"), 410, "gone")
    assert checker.send("GET", f"{container}?iris=1").json()["first"]["items"] == three[1:]
    row = Annotation.objects.get(pk=three[0][-37:-1])
    assert (row.state, row.events.get(action="withdraw").reason) == ("withdrawn", "Twice.")


def test_signed_off_one_is_not_withdrawn(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    problem(checker.send("DELETE", f"web-annotations/{annotation.pk}/", etag="*"), 409, "wrong_state")


def test_suggestion_is_no_annotation_yet(checker: Api, container: str, three: list[str]) -> None:
    Annotation.objects.filter(pk=three[0][-37:-1]).update(state=AnnotationState.SUGGESTED)

    problem(checker.send("GET", three[0]), 404, "not_found")
    assert checker.send("GET", container).json()["total"] == 2

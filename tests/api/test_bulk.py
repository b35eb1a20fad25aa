"""Bulk actions over the API: one answer an annotation, all of it taken back by its id."""

from uuid import uuid4

import pytest

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Event
from tests.api.client import Api
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at

PATH = "annotations/bulk/"


def named(*annotations: Annotation) -> list[dict[str, object]]:
    return [{"id": str(each.pk), "version": each.version} for each in annotations]


def test_each_annotation_gets_the_answer_it_would_get_alone(article: Article, people: People, checker: Api) -> None:
    fine, stale, signed = (
        annotate(article, people.checker, "agencies"),
        annotate(article, people.checker, "leader"),
        annotation_at(AnnotationState.SIGNED_OFF, article, people, "nine"),
    )
    stale.version = 7
    body = {
        "action": "withdraw",
        "reason": "Twice.",
        "annotations": [*named(signed, fine, stale), {"id": str(uuid4()), "version": 1}],
    }

    response = checker.send("POST", PATH, body)

    found = response.json()
    assert response.status_code == 200
    assert (found["done"], found["unchanged"], found["refused"]) == (1, 0, 3)
    assert [(each["status"], each["code"], each["version"]) for each in found["results"]] == [
        (409, "wrong_state", None),
        (200, "done", 2),
        (412, "stale", None),
        (404, "not_found", None),
    ]
    assert found["results"][0]["detail"] == "This annotation is signed off, so nobody can withdraw now."
    assert Event.objects.get(after__bulk=found["bulk"]).reason == "Twice."


def test_unknown_term_and_person_are_refusals_of_each(article: Article, people: People, checker: Api) -> None:
    made = annotate(article, people.checker, "nine")

    for more, code in (
        ({"action": "add_term", "term": "nowhere"}, "unknown_term"),
        ({"action": "assign", "username": "stranger"}, "unknown_member"),
    ):
        found = checker.send("POST", PATH, {**more, "annotations": named(made)}).json()
        assert [(each["status"], each["code"]) for each in found["results"]] == [(400, code)]


def test_bulk_action_is_undone_by_its_id(article: Article, people: People, checker: Api) -> None:
    made = annotate(article, people.checker, "nine")
    bulk = checker.send("POST", PATH, {"action": "add_term", "term": "event", "annotations": named(made)}).json()[
        "bulk"
    ]

    undone = checker.send("POST", f"{PATH}{bulk}/undo/")

    assert undone.status_code == 200
    assert [each["code"] for each in undone.json()["results"]] == ["done"]
    assert undone.json()["bulk"] != bulk
    assert checker.send("GET", f"annotations/{made.pk}/").json()["terms"] == []


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"action": "propose", "annotations": []}, "/action", "invalid_choice"),
        ({"action": "approve", "annotations": []}, "/annotations", "nothing_chosen"),
        ({"action": "approve", "annotations": [{"id": "7", "version": 1}]}, "/annotations/0/id", "invalid"),
        ({"action": "approve", "annotations": [{"id": str(uuid4())}]}, "/annotations/0/version", "required"),
        (
            {"action": "approve", "annotations": [{"id": str(uuid4()), "version": 1}] * 501},
            "/annotations",
            "too_many",
        ),
        ({"action": "withdraw", "annotations": [{"id": str(uuid4()), "version": 1}]}, "/reason", "missing"),
    ],
)
def test_request_that_makes_no_sense_is_refused_as_a_whole(
    body: dict[str, object], pointer: str, code: str, checker: Api
) -> None:
    response = checker.send("POST", PATH, body)

    assert response.status_code == 400
    assert [(each["pointer"], each["code"]) for each in response.json()["errors"]] == [(pointer, code)]

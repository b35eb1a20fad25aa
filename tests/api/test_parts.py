"""Evidence, attributions, links, comments and history of an annotation over the API."""

import hashlib
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Annotation, Article, Comment, Evidence, Notice, StoredFile
from tests.api.client import Api, problem
from tests.factories import annotate
from tests.people import People

EVIDENCE = {
    "url": "https://www.example.org/a?b=c#d",
    "title": " A report ",
    "publisher": "Agency",
    "quote": "Nine\u2028died.",
    "locator": "p. 3",
    "stance": "contradicts",
    "tier": "primary",
    "independence_group": "agency",
    "unnamed": True,
    "retrieved_at": "2026-01-31T12:00:00+02:00",
}
ATTRIBUTION = {
    "source": "Western intelligence agencies",
    "origin": "intelligence-sourced",
    "identification": "named-group",
    "channel": None,
    "distance": "",
    "source_range": {"start": 35, "end": 40},
    "cue_range": None,
}
DUE = {"kind": "question", "text": "When, @checker2?", "blocking": True, "due": "2026-02-01"}


def test_evidence_comes_back_as_it_was_sent(checker: Api, annotation: Annotation) -> None:
    path = f"annotations/{annotation.pk}/evidence/"

    made = checker.send("POST", path, EVIDENCE)
    listed = checker.send("GET", path).json()

    row = made.json()
    sent = EVIDENCE | {"retrieved_at": "2026-01-31T10:00:00Z"}
    assert made.status_code == 201
    assert {name: row[name] for name in sent} == sent
    assert (row["author"], row["file"]) == ("checker", None)
    assert listed == {"next": None, "previous": None, "results": [row]}
    assert checker.send("GET", f"annotations/{annotation.pk}/").json()["evidence"] == [row]


def test_a_file_is_evidence_with_its_hash(checker: Api, annotation: Annotation) -> None:
    content = b"\x00\xff\r\n" * 100
    fields = {"file": SimpleUploadedFile("rep\u00f6rt.bin", content, "application/x-thing"), "title": "T"}

    made = checker.post(f"/api/v1/annotations/{annotation.pk}/evidence/", fields, format="multipart")

    digest = hashlib.sha256(content).hexdigest()
    assert made.status_code == 201
    assert made.json()["file"] == {"name": "rep\u00f6rt.bin", "size": 400, "sha256": digest}
    assert bytes(StoredFile.objects.get(sha256=digest).content) == content


def test_an_attribution_comes_back_as_it_was_sent(checker: Api, annotation: Annotation) -> None:
    path = f"annotations/{annotation.pk}/attributions/"

    row = checker.send("POST", path, ATTRIBUTION).json()

    sent = ATTRIBUTION | {"distance": None}
    assert {name: row[name] for name in sent} == sent
    assert checker.send("GET", path).json()["results"] == [row]


@pytest.mark.parametrize(("kind", "body"), [("evidence", EVIDENCE), ("attributions", ATTRIBUTION)])
def test_the_same_id_adds_once(kind: str, body: dict[str, Any], checker: Api, annotation: Annotation) -> None:
    path, key = f"annotations/{annotation.pk}/{kind}/", str(uuid4())

    first, second = (checker.send("POST", path, {"id": key, **body}) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert first.json()["id"] == key
    assert len(checker.send("GET", path).json()["results"]) == 1


def test_an_id_of_something_else_is_taken(
    checker: Api, article: Article, annotation: Annotation, people: People
) -> None:
    key, other = str(uuid4()), annotate(article, people.checker, "nine")
    checker.send("POST", f"annotations/{annotation.pk}/evidence/", {"id": key, **EVIDENCE})

    problem(checker.send("POST", f"annotations/{other.pk}/evidence/", {"id": key, **EVIDENCE}), 409, "id_taken")
    problem(
        Api(people.head).send("POST", f"annotations/{annotation.pk}/evidence/", {"id": key, **EVIDENCE}),
        409,
        "id_taken",
    )
    assert Evidence.objects.count() == 1


def test_a_link_is_drawn_once_and_only_on_the_desk(
    checker: Api, article: Article, foreign_article: Article, annotation: Annotation, people: People
) -> None:
    other = annotate(article, people.checker, "nine")
    foreign = annotate(foreign_article, people.stranger, "nine")
    path = f"annotations/{annotation.pk}/links/"
    body = {"target": str(other.pk), "kind": "contradicts"}

    row = checker.send("POST", path, body).json()

    assert (row["annotation"], row["target"], row["kind"]) == (str(annotation.pk), str(other.pk), "contradicts")
    assert checker.send("GET", path).json()["results"] == [row]
    problem(checker.send("POST", path, body), 409, "already_linked")
    for target in (foreign.pk, annotation.pk, uuid4()):
        problem(checker.send("POST", path, {"target": str(target), "kind": "same_fact"}), 400, "unknown_target")
    problem(checker.send("POST", path, body | {"kind": "cousin"}), 400, "invalid_choice")


def test_comments_thread_newest_first(checker: Api, annotation: Annotation, people: People) -> None:
    path = f"annotations/{annotation.pk}/comments/"

    first = checker.send("POST", path, DUE).json()
    reply = Api(people.reviewer).send("POST", path, {"text": " In May.\r\n", "parent": first["id"]}).json()

    assert {name: first[name] for name in DUE} == DUE
    assert (reply["text"], reply["parent"], reply["author"], reply["resolved_at"]) == (
        " In May.\n",
        first["id"],
        "reviewer",
        None,
    )
    assert checker.send("GET", path).json()["results"] == [reply, first]
    assert checker.send("GET", f"annotations/{annotation.pk}/").json()["version"] == 1


def test_comment_that_is_sent_again_is_the_same_one(checker: Api, annotation: Annotation, people: People) -> None:
    path = f"annotations/{annotation.pk}/comments/"
    body = {"id": str(uuid4()), "text": "Ask @reviewer."}

    answers = [checker.send("POST", path, body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["id"] == body["id"]
    assert Notice.objects.filter(person=people.reviewer).count() == 1
    problem(Api(people.reviewer).send("POST", path, body), 409, "id_taken")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": " \n"}, "missing"),
        ({}, "required"),
        ({"text": "x", "parent": str(uuid4())}, "unknown_parent"),
        ({"text": "x", "kind": "shout"}, "invalid_choice"),
        ({"text": "x", "kind": "question", "due": "soon"}, "invalid"),
        ({"text": "x", "blocking": "perhaps"}, "invalid"),
    ],
)
def test_wrong_comments_are_refused(body: dict[str, Any], code: str, checker: Api, annotation: Annotation) -> None:
    problem(checker.send("POST", f"annotations/{annotation.pk}/comments/", body), 400, code)

    assert Comment.objects.count() == 0


def test_history_tells_what_was_done_newest_first(checker: Api, annotation: Annotation, people: People) -> None:
    checker.send("PATCH", f"annotations/{annotation.pk}/", {"note": "Look."}, etag="*")
    checker.send("POST", f"annotations/{annotation.pk}/comments/", {"text": "Hm."})

    rows = checker.send("GET", f"annotations/{annotation.pk}/history/").json()["results"]

    assert [(row["action"], row["actor"], row["object_type"]) for row in rows] == [
        ("comment", "checker", "comment"),
        ("edit", "checker", "annotation"),
        ("create", "checker", "annotation"),
    ]
    assert (rows[1]["before"]["note"], rows[1]["after"]["note"]) == ("", "Look.")
    assert rows[2]["before"] is None
    assert [row["previous_hash"] for row in rows[:2]] == [row["hash"] for row in rows[1:]]


def test_history_comes_in_pages(checker: Api, annotation: Annotation) -> None:
    for number in range(3):
        checker.send("PATCH", f"annotations/{annotation.pk}/", {"note": str(number)}, etag="*")

    first = checker.send("GET", f"annotations/{annotation.pk}/history/?page_size=3").json()
    second = checker.send("GET", first["next"]).json()

    assert [row["action"] for row in first["results"] + second["results"]] == ["edit", "edit", "edit", "create"]

"""Web Annotation Protocol: what becomes of evidence, verdict and review when an annotation is replaced."""

import json
from datetime import datetime

from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState
from annotations.models import Article
from tests.api.client import Api
from tests.api.linked_data import put, resource
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at, move


def test_put_keeps_what_the_review_said(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    move(annotation, people.head, "approve_in_emergency", reason="Going to print.")
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    assert "in an emergency" in json.dumps(shown.json()["body"])

    answer = put(checker, address, shown.json(), shown.headers["ETag"])

    assert (answer.status_code, answer.json()) == (200, shown.json())


def test_put_replaces_evidence_and_leaves_what_is_the_same(checker: Api, article: Article, people: People) -> None:
    evidence = [
        EvidenceDraft(url="https://www.example.org/a", quote="nine", stance="supports", tier="primary"),
        EvidenceDraft(url="https://www.example.org/b"),
        EvidenceDraft(file=("a.pdf", "application/pdf", b"%PDF")),
    ]
    annotation = annotate(article, people.checker, "nine", evidence=evidence)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"] = [each for each in document["body"] if each.get("source") != "https://www.example.org/b"]
    document["body"].append(resource(source="https://www.example.org/c", purpose="linking")["body"])

    answer = put(checker, address, document, shown.headers["ETag"])

    assert answer.status_code == 200, answer.content
    sources = [each["source"] for each in answer.json()["body"] if each["purpose"] == "linking"]
    assert sources == ["https://www.example.org/a", "https://www.example.org/c"]
    kept = checker.show(f"annotations/{annotation.pk}/").json()["evidence"]
    assert [(each["url"], each["stance"], each["tier"]) for each in kept] == [
        ("https://www.example.org/a", "supports", "primary"),
        ("", "context", "secondary"),
        ("https://www.example.org/c", "context", "secondary"),
    ]
    assert [event.action for event in annotation.events.order_by("number")] == [
        "create",
        "retire_evidence",
        "add_evidence",
    ]


def test_put_of_other_evidence_voids_the_review(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"].append(resource(source="https://www.example.org/a", purpose="linking")["body"])

    assert put(checker, address, document, shown.headers["ETag"]).status_code == 200

    annotation.refresh_from_db()
    assert annotation.state == AnnotationState.NEEDS_RECHECK


def test_put_leaves_the_day_of_a_verdict_that_stays(checker: Api, article: Article, people: People) -> None:
    verdict = VerdictDraft("accurate", "So.", datetime(2020, 1, 31).date())
    annotation = annotate(article, people.checker, "nine", verdict=verdict)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"].append({"type": "TextualBody", "value": "quantity", "purpose": "tagging"})

    assert put(checker, address, document, shown.headers["ETag"]).status_code == 200

    assert str(annotation.verdicts.get().as_of) == "2020-01-31"

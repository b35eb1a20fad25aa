"""The ClaimReview of one verdict: what it holds, who may read it, and how the public page leads there."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article
from tests.api.client import Api, problem
from tests.conformance import needs_conformance
from tests.formats.test_claimreview import objections
from tests.people import People
from tests.states import annotation_at, article_at, move


def path_of(annotation: Annotation) -> str:
    return f"annotations/{annotation.pk}/claimreview/"


def statuses(annotation: Annotation, people: People) -> dict[str, Any]:
    names = ("checker", "reader", "stranger", "nobody")
    answers = {name: Api(getattr(people, name)).send("GET", path_of(annotation)).status_code for name in names}
    return {**answers, "anonymous": Api().send("GET", path_of(annotation)).status_code}


@needs_conformance
def test_document_is_valid_and_its_own(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    answer = checker.send("GET", path_of(annotation))

    assert answer.headers["Content-Type"] == "application/ld+json"
    document = answer.json()
    assert objections(document) == []
    assert document["url"] == f"http://testserver/p/{article.pk}/#c-{annotation.pk}"
    assert (document["claimReviewed"], document["reviewRating"]["ratingValue"]) == ("Nine died.", 5)


def test_known_document_is_not_sent_again(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    etag = checker.send("GET", path_of(annotation)).headers["ETag"]

    again = checker.send("GET", path_of(annotation), If_None_Match=etag)

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("state", [state for state in AnnotationState if state not in ("signed_off", "suggested")])
def test_verdict_that_is_not_signed_off_has_none(
    state: AnnotationState, checker: Api, article: Article, people: People
) -> None:
    annotation = annotation_at(state, article, people)

    problem(checker.send("GET", path_of(annotation)), 404, "not_found")


@pytest.mark.parametrize(
    ("state", "everybody", "reader"),
    [
        (ArticleState.CHECKING, 404, 404),
        (ArticleState.CLEARED, 404, 200),
        (ArticleState.PUBLISHED, 200, 200),
        (ArticleState.RETRACTED, 410, 200),
    ],
)
def test_everybody_may_read_what_is_published_and_nothing_else(
    state: ArticleState, everybody: int, reader: int, article: Article, people: People
) -> None:
    article_at(state, article, people)
    annotation = Annotation.objects.get()

    outside = dict.fromkeys(("stranger", "nobody", "anonymous"), everybody)
    assert statuses(annotation, people) == {"checker": 200, "reader": reader, **outside}


def test_verdict_of_a_retracted_article_is_gone_and_says_so(article: Article, people: People) -> None:
    article = article_at(ArticleState.RETRACTED, article, people)

    gone = problem(Api().send("GET", path_of(Annotation.objects.get())), 410, "gone")

    assert gone["detail"].startswith(f"{article.desk.name} withdrew this verdict on ")
    assert "Nine" not in str(gone)


def test_wrong_token_is_refused_where_none_is_needed(article: Article, people: People) -> None:
    article_at(ArticleState.PUBLISHED, article, people)
    path = path_of(Annotation.objects.get())

    problem(Api().send("GET", path, Authorization="Bearer nonsense"), 401, "invalid_token")
    problem(Api(people.checker, scopes=["write"]).send("GET", path), 403, "scope_missing")


def test_public_page_leads_there(client: Client, article: Article, people: People) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    page = client.get(f"/p/{article.pk}/").content.decode()

    links = re.findall(r'rel="alternate" type="application/ld\+json" href="([^"]+)"', page)
    assert [client.get(link).status_code for link in links] == [200]


def test_emergency_is_said(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    annotation = move(annotation, people.head, "approve_in_emergency", reason="Going to print.")

    assert "in an emergency" in checker.send("GET", path_of(annotation)).json()["description"]

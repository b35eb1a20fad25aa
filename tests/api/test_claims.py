"""Search through checked claims in the shape of Google's API: the same parameters, the same answers, its own schema."""

import datetime as dt
import json
from typing import Any

import jsonschema
import pytest

from annotations.core.drafts import VerdictDraft
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk
from annotations.services.articles import edit_article
from tests.api.client import PREFIX, Api, problem
from tests.conformance import CONFORMANCE, needs_conformance
from tests.factories import annotate, import_text
from tests.people import People
from tests.states import annotation_at, article_at, move

SEARCH = "claims:search"
HOST = "testserver"


def found(api: Api, path: str = SEARCH, **params: Any) -> list[str]:
    response = api.show(path, params)
    assert response.status_code == 200, response.content
    return [each["text"] for each in response.json().get("claims", [])]


def several(article: Article, people: People, count: int) -> list[str]:
    """Signed-off claims, newest first."""
    names = [f"Claim {number}." for number in range(count)]
    for name in names:
        verdict = VerdictDraft("not-checkable", "So.")
        annotation = annotate(article, people.checker, "nine", claim=name, verdict=verdict)
        move(move(annotation, people.checker, "propose"), people.reviewer, "approve")
    return names[::-1]


def test_answer_has_the_shape_of_the_api(checker: Api, signed: Annotation, article: Article) -> None:
    verdict = signed.verdicts.get()

    answer = checker.show(SEARCH, {"query": "died"})

    assert answer.json() == {
        "claims": [
            {
                "text": "Nine died.",
                "claimant": "The leader",
                "claimDate": "2020-01-31T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Demo desk", "site": HOST},
                        "url": f"http://{HOST}/p/{article.pk}/#c-{signed.pk}",
                        "title": "Troops cleared mines",
                        "reviewDate": f"{verdict.as_of}T00:00:00Z",
                        "textualRating": "Accurate",
                        "languageCode": "en-GB",
                    }
                ],
            }
        ]
    }


@needs_conformance
def test_answers_follow_the_public_schema(checker: Api, article: Article, people: People, signed: Annotation) -> None:
    schema = json.loads((CONFORMANCE / "claimreview" / "claims_search.schema.json").read_text(encoding="utf-8"))
    several(article, people, 2)

    for params in ({"query": "nine"}, {"query": "nine", "pageSize": 1}, {"query": "absent"}):
        answer = checker.show(SEARCH, params).json()
        jsonschema.validate(
            answer, schema, jsonschema.Draft202012Validator, format_checker=jsonschema.FormatChecker(("date-time",))
        )


@needs_conformance
def test_parameters_are_those_of_the_discovery_document(checker: Api) -> None:
    text = (CONFORMANCE / "claimreview" / "factchecktools.v1alpha1.json").read_text(encoding="utf-8")
    method = json.loads(text)["resources"]["claims"]["methods"]["search"]
    refused = checker.show(SEARCH, {"callback": "run"})

    known = problem(refused, 400, "unknown_parameter")["detail"].partition("Known parameters: ")[2].strip(".")

    assert set(known.split(", ")) == {*method["parameters"], "key", "alt", "fields", "prettyPrint"}
    assert PREFIX + method["path"] == "/api/v1/v1alpha1/claims:search"


def test_what_is_not_found_is_an_empty_object(checker: Api, signed: Annotation) -> None:
    assert checker.show(SEARCH, {"query": "absent"}).json() == {}


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"query": "NINE died"}, 1),
        ({"query": "mines nine"}, 1),
        ({"query": "leader"}, 1),
        ({"query": "nine lives"}, 0),
        ({"query": "n%e"}, 0),
        ({"query": "nine", "languageCode": "en"}, 1),
        ({"query": "nine", "languageCode": "EN-US"}, 1),
        ({"query": "nine", "languageCode": "e"}, 0),
        ({"query": "nine", "languageCode": "de"}, 0),
        ({"query": "nine", "maxAgeDays": 1}, 1),
        ({"query": "nine", "maxAgeDays": 2**31 - 1}, 1),
        ({"reviewPublisherSiteFilter": HOST}, 1),
        ({"reviewPublisherSiteFilter": f"www.{HOST.upper()}"}, 1),
        ({"reviewPublisherSiteFilter": "example.org"}, 0),
        ({"query": "nine", "reviewPublisherSiteFilter": "example.org"}, 0),
        ({"query": "nine", "offset": 1}, 0),
    ],
)
def test_search_is_narrowed(checker: Api, signed: Annotation, params: dict[str, Any], count: int) -> None:
    assert len(found(checker, **params)) == count


def test_age_is_that_of_the_newer_of_claim_and_review(checker: Api, article: Article, people: People) -> None:
    verdict = VerdictDraft("not-checkable", "So.", dt.date(2020, 1, 31))
    annotation = annotate(article, people.checker, "nine", claim="Old.", verdict=verdict)
    move(move(annotation, people.checker, "propose"), people.reviewer, "approve")
    assert found(checker, query="old", maxAgeDays=30) == []

    changes = {"published_at": dt.date.today()}
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=changes)

    assert found(checker, query="old", maxAgeDays=30) == ["Old."]


def test_pages_lead_on_and_new_claims_do_not_shift_them(checker: Api, article: Article, people: People) -> None:
    names = several(article, people, 5)
    first = checker.show(SEARCH, {"query": "claim", "pageSize": 2}).json()
    several(article, people, 1)

    second = checker.show(SEARCH, {"query": "claim", "pageSize": 2, "pageToken": first["nextPageToken"]}).json()
    third = checker.show(SEARCH, {"query": "claim", "pageToken": second["nextPageToken"], "offset": 4}).json()

    texts = [[claim["text"] for claim in page["claims"]] for page in (first, second, third)]
    assert texts == [names[:2], names[2:4], names[4:]]
    assert "nextPageToken" not in third


def test_ten_claims_are_a_page_and_offset_begins_later(checker: Api, article: Article, people: People) -> None:
    names = several(article, people, 12)

    assert found(checker, query="claim") == names[:10]
    assert found(checker, query="claim", pageSize=0, offset=3) == names[3:]
    assert found(checker, query="claim", pageSize=100_000) == names


def test_search_shows_a_person_what_verdicts_shows_them(
    article: Article, people: People, desk: Desk, signed: Annotation
) -> None:
    annotation_at(AnnotationState.PROPOSED, article, people, "hundred")
    foreign = import_text(signed.article.desk, people.checker2, "Nine of ten died.", title="Other")
    annotation_at(AnnotationState.SIGNED_OFF, foreign, people, "Nine")

    for person in (people.checker, people.reader, people.admin, people.stranger, people.nobody):
        api = Api(person)
        rows = api.send("GET", "verdicts/").json()["results"]
        assert found(api, query="died") == [row["claim"] for row in rows]

    assert len(found(Api(people.checker), query="died")) == 2
    assert found(Api(people.reader), query="died") == []


def test_reader_finds_what_was_cleared(article: Article, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)

    assert found(Api(people.reader), query="died") == ["Nine died."]


def test_emergency_shows_with_the_verdict(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    move(annotation, people.head, "approve_in_emergency", reason="Going to print.")

    claim = Api(people.checker).show(SEARCH, {"query": "died"}).json()["claims"][0]

    rating = "Accurate (approved by the head of research alone, in an emergency)"
    assert claim["claimReview"][0]["textualRating"] == rating

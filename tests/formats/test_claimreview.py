"""ClaimReview: valid by Google's profile, without numbers off the scale."""

import importlib.util
import json
from typing import Any

import pytest

from annotations.core.states import AnnotationState
from annotations.formats import claimreview
from annotations.models import Article
from annotations.queries.export_files import export_file
from annotations.queries.export_rows import Export
from tests.conformance import CONFORMANCE, needs_conformance
from tests.people import People
from tests.states import annotation_at

ID = "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b"
SITE = "https://facts.example.org/"
ROW: dict[str, Any] = {
    "id": ID, "annotation": ID, "article": ID, "article_title": "Troops cleared mines", "exact": "nine",
    "canonical_url": "https://www.example.org/article", "claim": "Nine died.", "verdict_name": "Mostly accurate",
    "rating_value": 4, "rating_best": 5, "rating_worst": 1, "rationale": "Two reports say so.", "as_of": "2026-01-31",
    "created": "2026-02-01T10:00:00Z", "updated": "2026-02-01T10:00:00.5Z", "desk_name": "Demo desk",
    "published_at": "2026-01-30", "said_by": "The leader", "emergency": False,
}  # fmt: skip
BARE = ROW | dict.fromkeys(("as_of", "published_at", "said_by", "rating_value", "rating_best", "rating_worst"))
BARE |= {"claim": "", "canonical_url": "", "rationale": "", "verdict_name": "Cannot be verified"}


def objections(document: dict[str, Any]) -> list[str]:
    """What Google's documented profile forbids."""
    file = CONFORMANCE / "claimreview" / "profile_validate.py"
    spec = importlib.util.spec_from_file_location("profile_validate", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[str] = module.check("claimreview", document)[0]
    return found


@needs_conformance
@pytest.mark.parametrize("row", [ROW, BARE])
def test_reviews_are_valid(row: dict[str, Any]) -> None:
    assert objections(claimreview.document(row, SITE)) == []


def test_rating_is_the_place_on_the_scale() -> None:
    document = claimreview.document(ROW, SITE)

    assert document["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Mostly accurate",
        "ratingValue": 4,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert document["url"] == f"{SITE}p/{ID}/#c-{ID}"


def test_emergency_is_said() -> None:
    assert "description" not in claimreview.document(ROW, SITE)
    assert "emergency" in claimreview.document(ROW | {"emergency": True}, SITE)["description"]


def test_verdict_off_the_scale_has_no_numbers() -> None:
    document = claimreview.document(BARE, SITE)

    assert document["reviewRating"] == {"@type": "Rating", "alternateName": "Cannot be verified"}
    assert document["claimReviewed"] == "nine"
    assert document["datePublished"] == "2026-02-01"


@pytest.mark.django_db(transaction=True)
def test_feed_has_the_signed_off_verdicts_and_no_others(article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people, "agencies")
    annotation_at(AnnotationState.PROPOSED, article, people)

    feed = json.loads(b"".join(export_file(Export(Article.objects.all()), "claimreview", SITE)))

    assert feed["@type"] == "DataFeed"
    assert [each["claimReviewed"] for each in feed["dataFeedElement"]] == ["Nine died."]
    assert feed["dataFeedElement"][0]["author"]["name"] == "Demo desk"
    assert feed["dataFeedElement"][0]["reviewRating"]["ratingValue"] == 5

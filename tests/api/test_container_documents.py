"""Web Annotation Protocol: what is served holds every must of the model and protocol, and JSON-LD drops nothing."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from pyld import jsonld

from annotations.core.states import AnnotationState
from annotations.models import Article
from annotations.services.moves import move_annotation
from tests.api.client import Api
from tests.api.linked_data import loaded, post, prefer, sent
from tests.conformance import needs_conformance
from tests.factories import annotate
from tests.formats.test_web_annotation import missed, strings
from tests.people import People
from tests.states import annotation_at


@pytest.fixture
def documents(checker: Api, container: str, article: Article, people: People, small_pages: None) -> dict[str, Any]:
    """Everything that a container answers, by the suite that judges it."""
    annotation = annotation_at(AnnotationState.PROPOSED, article, people, "hundred")
    move_annotation(
        annotation_id=annotation.pk,
        actor=people.head,
        action="approve_in_emergency",
        seen_version=None,
        reason="Going to print.",
    )
    post(checker, container, sent(article, id="http://example.org/anno1", via=["urn:x:1"], canonical="urn:x:2"))
    annotate(article, people.checker, "agencies", terms=["intelligence-sourced"], note="Ask 👩🏽‍🔬.")
    headers = [{}, {"Prefer": prefer("minimal")}, {"Prefer": prefer("iris")}]
    found = [checker.send("GET", container, **each).json() for each in headers]
    pages = [checker.send("GET", f"{container}?iris={iris}&page={page}").json() for iris in (0, 1) for page in (0, 1)]
    items = [item for page in pages[:2] for item in page["items"]]
    return {"collection": found, "page": pages, "annotation": items}


@needs_conformance
def test_every_must_of_the_model_holds(documents: dict[str, list[Any]]) -> None:
    assert {suite: len(found) for suite, found in documents.items()} == {"collection": 3, "page": 4, "annotation": 3}
    for suite, found in documents.items():
        for document in found:
            assert missed(suite, document) == [], document


@needs_conformance
def test_json_ld_drops_nothing(documents: dict[str, list[Any]]) -> None:
    for document in (each for found in documents.values() for each in found):
        options = {"documentLoader": loaded}

        again = jsonld.compact(jsonld.expand(document, options), document["@context"], options)

        assert sorted(strings(again)) == sorted(strings(document))


def test_moments_end_in_z(documents: dict[str, list[Any]]) -> None:
    text = json.dumps(documents)

    moments = re.findall(r'"(?:created|modified)": "([^"]+)"', text)
    assert len(moments) > 10
    assert all(moment.endswith("Z") and datetime.fromisoformat(moment) for moment in moments)

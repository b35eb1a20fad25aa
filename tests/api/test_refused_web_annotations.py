"""Web Annotation Protocol: what clients post and cannot be kept is refused with a reason."""

from typing import Any

import pytest

from annotations.core.states import ArticleState
from annotations.formats.web_annotation import CONTEXT
from annotations.models import Annotation, Article
from tests.api.client import Api, problem
from tests.api.linked_data import LD, bodies, body, post, resource, sent
from tests.people import People
from tests.states import article_at

REFUSED = [
    ({"@context": "http://schema.org/"}, "not_kept", "/@context"),
    ({"@context": [CONTEXT, {"fc": "https://example.org/ns#"}]}, "not_kept", "/@context"),
    ({"type": "Note"}, "malformed", "/type"),
    ({"target": []}, "required", "/target"),
    ({"target": "http://www.example.com/index.html"}, "source_differs", "/target"),
    ({"target": {"id": "http://www.example.com/index.html#char=0,4"}}, "source_differs", "/target/id"),
    ({"target": {"id": "https://elsewhere.example/", "format": "text/html"}}, "not_kept", "/target/format"),
    ({"target": {"id": "https://elsewhere.example/", "type": "Image"}}, "not_kept", "/target/type"),
    ({"target": {"source": "https://elsewhere.example/"}}, "source_differs", "/target/source"),
    ({"target": {"selector": {}}}, "source_differs", "/target/source"),
    ({"target": {"type": "Choice", "items": []}}, "not_kept", "/target/items"),
    ({"canonical": "no iri"}, "malformed", "/canonical"),
    ({"canonical": ["urn:x:1", "urn:x:2"]}, "malformed", "/canonical"),
    ({"via": ["urn:x:1", 7]}, "malformed", "/via"),
    ({"id": "7"}, "malformed", "/id"),
    ({"rights": "no address"}, "malformed", "/rights"),
    ({"rights": ["urn:x:1", {}]}, "malformed", "/rights/1"),
    ({"audience": {"type": "Audience", "role": "teacher"}}, "not_kept", "/audience/role"),
    ({"audience": {"type": "Nobody"}}, "malformed", "/audience/type"),
    ({"audience": {"schema:audienceType": {"a": 1}}}, "malformed", "/audience/schema:audienceType"),
    ({"stylesheet": ["https://example.org/style.css"]}, "malformed", "/stylesheet"),
    ({"generator": {"type": "Software", "version": "2"}}, "not_kept", "/generator/version"),
    ({"generated": "2015-10-14"}, "malformed", "/generated"),
    ({"state": {}}, "not_kept", "/state"),
    ({"created": "2015-10-14T15:13:28Z"}, "read_only", "/created"),
    ({"creator": "https://example.org/ana"}, "read_only", "/creator"),
    ({"creator": {"type": "Person", "nickname": "head"}}, "read_only", "/creator"),
    ({"motivation": "moderating"}, "not_kept", "/motivation"),
    ({"motivation": "wondering"}, "not_kept", "/motivation"),
    ({"motivation": [{}]}, "malformed", "/motivation"),
    ({"motivation": "tagging", **body(purpose="commenting")}, "not_kept", "/motivation"),
    ({"body": "no address"}, "invalid", "/body"),
    ({"body": ["https://example.org/a", 7]}, "not_kept", "/body/1"),
    ({"body": {"id": "http://example.org/a.mp4", "format": "video/mp4"}}, "not_kept", "/body/format"),
    ({"body": {"type": "Video"}}, "not_kept", "/body"),
    ({"body": {"type": "Choice", "items": []}}, "not_kept", "/body"),
    ({"bodyValue": "x"}, "malformed", "/bodyValue"),
    (body(format="text/html"), "not_kept", "/body/format"),
    (body(language="en"), "not_kept", "/body/language"),
    (body(creator="https://example.org/ana"), "not_kept", "/body/creator"),
    (body(value=""), "required", "/body/value"),
    (body(value=7), "malformed", "/body/value"),
    (body(purpose="replying"), "not_kept", "/body/purpose"),
    (body(purpose="assessing"), "required", "/body"),
    (bodies(("describing", "a"), ("describing", "b")), "repeated", "/body/1"),
    (bodies(("tagging", "quantity"), ("tagging", "quantity")), "repeated", "/body/1"),
    (bodies(("commenting", "a"), ("tagging", "no-such-term")), "unknown_term", "/body/1"),
    (bodies(("classifying", "quantity")), "wrong_vocabulary", "/body/0"),
    (resource(purpose="classifying"), "not_kept", "/body/purpose"),
    (resource(source=""), "required", "/body/source"),
    (resource(source="no address"), "invalid", "/body"),
    (resource(state={"type": "TimeState"}), "not_kept", "/body/state"),
    (resource(selector={"type": "XPathSelector", "exact": "x"}), "not_kept", "/body/selector"),
    (
        resource(selector={"type": "TextQuoteSelector", "exact": "x", "prefix": "y"}),
        "not_kept",
        "/body/selector/prefix",
    ),
]


@pytest.mark.parametrize(("more", "code", "pointer"), REFUSED)
def test_what_cannot_be_kept_is_refused_with_a_reason(
    more: dict[str, Any], code: str, pointer: str, checker: Api, container: str, article: Article
) -> None:
    found = problem(post(checker, container, sent(article) | more), 400, code)

    assert [each["pointer"] for each in found["errors"]] == [pointer]
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"[]", "malformed"), (b"{", "malformed"), (b'"x"', "malformed"), (b'{"@context": "\\u0000"}', "nul")],
)
def test_broken_bodies_are_refused(raw: bytes, code: str, checker: Api, container: str) -> None:
    problem(checker.send("POST", container, raw=raw, media_type=LD), 400, code)


def test_locked_article_takes_none(article: Article, people: People, checker: Api, container: str) -> None:
    article_at(ArticleState.CLEARED, article, people)

    problem(post(checker, container, sent(article)), 409, "wrong_state")

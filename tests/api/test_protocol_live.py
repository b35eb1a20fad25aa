"""Web Annotation Protocol over a real connection: the headers that the public suite's own server sends, and ours."""

from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from pytest_django.live_server_helper import LiveServer

from annotations.formats.web_annotation import MEDIA_TYPE
from annotations.models import Article
from annotations.services.tokens import create_token
from tests.api.linked_data import LD, body, prefer, sent, words
from tests.conformance import CONFORMANCE, needs_conformance
from tests.people import People

SAMPLES: Final = CONFORMANCE / "wpt-annotation/annotation-protocol/files/annotations"


@pytest.fixture
def http(live_server: LiveServer, article: Article, people: People) -> Iterator[httpx.Client]:
    """A client of a running server, below the article's container."""
    key = create_token(user=people.checker, name="test", scopes=None)[1]
    base = f"{live_server.url}/api/v1/articles/{article.pk}/web-annotations/"
    with httpx.Client(base_url=base, headers={"Authorization": f"Bearer {key}"}, timeout=30) as client:
        yield client


def expected(name: str) -> list[tuple[str, str]]:
    lines = (SAMPLES / f"{name}.headers").read_text(encoding="utf-8").split("\n")
    return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines if line.strip())]


def assert_headers(response: httpx.Response, name: str) -> None:
    """As in the public sample: methods exactly, links and Vary at least."""
    for header, value in expected(name):
        found = response.headers[header]
        match header:
            case "Allow":
                assert words(found) == words(value) - MISSING.get(name, set())
            case "Vary":
                assert words(value) <= words(found)
            case "Link":
                assert value in found
            case _:
                assert found == value


MISSING: Final = {"collection.options": {"PUT", "DELETE"}}
"""The sample of OPTIONS allows what that of GET does not; a container of ours is neither replaced nor deleted."""


@needs_conformance
def test_headers_are_those_of_the_public_samples(http: httpx.Client, article: Article) -> None:
    made = http.post("", json=sent(article), headers={"Content-Type": LD})
    address = made.headers["Location"]

    assert (made.status_code, made.headers["Content-Location"]) == (201, address)
    for method in ("GET", "HEAD"):
        assert_headers(http.request(method, ""), "collection")
        assert_headers(http.request(method, "?iris=0&page=0"), "page")
        assert_headers(http.request(method, address), "annotation")
    assert_headers(http.options(""), "collection.options")
    assert_headers(http.options(address), "annotation.options")
    container = http.get("")
    assert container.headers["Accept-Post"] == MEDIA_TYPE
    tags = [each.headers["ETag"] for each in (container, http.get("?iris=0&page=0"), http.get(address), made)]
    assert all(tag.startswith('"') for tag in tags)
    assert tags[2] == tags[3]
    known = [
        http.get(path, headers={"If-None-Match": tag}).status_code
        for path, tag in zip(("", address), (tags[0], tags[2]), strict=True)
    ]
    assert known == [304, 304]


@pytest.mark.parametrize("name", ["minimal", "iris", "descriptions"])
def test_preferences_are_applied_and_said(name: str, http: httpx.Client, article: Article) -> None:
    address = http.post("", json=sent(article), headers={"Content-Type": LD}).headers["Location"]

    response = http.get("", headers={"Prefer": prefer(name)})

    first: Any = response.json()["first"]
    assert response.headers["Preference-Applied"] == "return=representation"
    assert response.headers["Content-Location"] == response.json()["id"]
    if name == "minimal":
        first = http.get(first).json()
    assert [each if name == "iris" else each["id"] for each in first["items"]] == [address]


def test_an_annotation_lives_and_ends_by_the_protocol(http: httpx.Client, article: Article) -> None:
    made = http.post("", json=sent(article), headers={"Content-Type": LD})
    address, tag = made.headers["Location"], made.headers["ETag"]
    changed = made.json() | body(value="Else.")
    headers = {"Content-Type": MEDIA_TYPE}

    refused = [
        http.put(address, json=changed, headers=headers),
        http.put(address, json=changed, headers=headers | {"If-Match": '"other"'}),
        http.delete(address),
        http.post("", json={"type": "Annotation"}, headers=headers),
        http.get(f"{address[:-37]}{article.pk}/"),
    ]
    replaced = http.put(address, json=changed, headers=headers | {"If-Match": tag})
    stale = http.delete(address, headers={"If-Match": tag})
    gone = [http.delete(address, headers={"If-Match": replaced.headers["ETag"]}), http.get(address)]

    assert replaced.status_code == 200, replaced.content
    assert [each.status_code for each in refused] == [428, 412, 428, 400, 404]
    assert (replaced.status_code, replaced.json()["body"][0]["value"]) == (200, "Else.")
    assert [each.status_code for each in (stale, *gone)] == [412, 204, 410]
    for each in (*refused, stale, gone[1]):
        assert each.headers["Content-Type"] == "application/problem+json"
        assert each.json()["detail"].endswith(".")
    assert http.get("").json()["total"] == 0

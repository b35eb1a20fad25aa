"""Web Annotation Protocol: an article's container and its pages.

What the protocol's public server tests ask of any server is asked of ours in this file and its neighbours,
test_web_annotations.py, test_incoming_web_annotations.py and test_refused_web_annotations.py.
"""

import re

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from annotations.formats.web_annotation import CONTEXT, MEDIA_TYPE
from annotations.formats.web_resources import LDP_CONTEXT
from annotations.ingest import read_text
from annotations.models import Annotation, Article
from annotations.services.revisions import revise_article
from tests.api.client import Api, problem
from tests.api.linked_data import LD, LDP, PREFER, body, links, post, prefer, put, sent, words
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import move


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_container_says_what_it_is_and_does(method: str, checker: Api, container: str, three: list[str]) -> None:
    response = checker.send(method, container)

    assert (response.status_code, container[-1]) == (200, "/")
    assert words(response.headers["Allow"]) == {"GET", "HEAD", "OPTIONS", "POST"}
    assert {"Accept", "Prefer"} <= words(response.headers["Vary"])
    assert response.headers["Accept-Post"] == MEDIA_TYPE
    assert re.fullmatch('"[^"]+"', response.headers["ETag"])
    assert links(response) == {
        (f"{LDP}BasicContainer", "type"),
        ("http://www.w3.org/TR/annotation-protocol/", f"{LDP}constrainedBy"),
    }
    if method != "OPTIONS":
        assert response.headers["Content-Type"] == MEDIA_TYPE == 'application/ld+json; profile="' + CONTEXT + '"'
    assert (method == "GET") == bool(response.content)


@pytest.mark.parametrize("accept", ["*/*", LD, MEDIA_TYPE, "application/json", "text/turtle", "text/html;q=0.5"])
def test_json_ld_is_what_there_is_whatever_is_accepted(accept: str, checker: Api, container: str) -> None:
    response = checker.send("GET", container, Accept=accept)

    assert (response.status_code, response.headers["Content-Type"]) == (200, MEDIA_TYPE)


def test_container_describes_itself(checker: Api, container: str, three: list[str], article: Article) -> None:
    response = checker.send("GET", container, Prefer=prefer("minimal"))

    assert response.json() == {
        "@context": [CONTEXT, LDP_CONTEXT],
        "id": f"{container}?iris=0",
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": article.title,
        "total": 3,
        "modified": Annotation.objects.get(pk=three[-1][-37:-1]).updated.isoformat().replace("+00:00", "Z"),
        "first": f"{container}?iris=0&page=0",
        "last": f"{container}?iris=0&page=0",
    }


@pytest.mark.parametrize(
    ("header", "iris", "embedded"),
    [
        (None, 0, True),
        (prefer("descriptions"), 0, True),
        (prefer("iris"), 1, True),
        (prefer("minimal"), 0, False),
        (prefer("minimal", "iris"), 1, False),
        (prefer("iris", "descriptions"), 0, True),
        (f"respond-async, return=representation; include={PREFER['iris']}", 1, True),
        (f'RETURN="representation"; foo=1; Include="{PREFER["iris"]} urn:x"', 1, True),
        ("return=minimal", 0, True),
        (f'handling=lenient; include="{PREFER["iris"]}"', 0, True),
        ('return=representation;include="urn:unknown"', 0, True),
        ("%%%", 0, True),
    ],
)
def test_preferences_choose_the_representation(
    header: str | None, iris: int, embedded: bool, checker: Api, container: str, three: list[str]
) -> None:
    response = checker.send("GET", container, **({"Prefer": header} if header else {}))
    document = response.json()

    assert response.headers["Content-Location"] == document["id"] == f"{container}?iris={iris}"
    assert "Prefer" not in response.headers
    assert not {"items", "ldp:contains"} & document.keys()
    first = document["first"]
    assert (first["id"] if embedded else first) == f"{container}?iris={iris}&page=0"
    if embedded:
        found = first["items"] if iris else [each["id"] for each in first["items"]]
        assert (first["type"], found) == ("AnnotationPage", three)
    assert (response.headers.get("Preference-Applied") is not None) == any(
        name in (header or "") and "return" in (header or "").lower() for name in PREFER.values()
    )


def test_address_wins_over_preference(checker: Api, container: str, three: list[str]) -> None:
    response = checker.send("GET", f"{container}?iris=1", Prefer=prefer("descriptions"))

    assert response.json()["first"]["items"] == three


def test_empty_container_has_no_pages(checker: Api, container: str) -> None:
    document = checker.send("GET", container).json()

    assert (document["total"], document.keys() & {"first", "last"}) == (0, set())
    assert checker.send("GET", f"{container}?iris=1&page=0").json()["items"] == []


@pytest.mark.parametrize("iris", [0, 1])
def test_pages_lead_forth_and_back(
    iris: int, checker: Api, container: str, three: list[str], small_pages: None
) -> None:
    document = checker.send("GET", container, Prefer=prefer("minimal", *(["iris"] if iris else []))).json()
    first = checker.send("GET", document["first"]).json()
    last = checker.send("GET", document["last"]).json()

    assert (first["next"], last["prev"]) == (document["last"], document["first"])
    assert ("prev" in first, "next" in last) == (False, False)
    assert (first["startIndex"], last["startIndex"]) == (0, 2)
    owner = {name: document[name] for name in ("id", "label", "total", "modified")}
    assert first["partOf"] == last["partOf"] == {"type": "AnnotationCollection", **owner}
    items = first["items"] + last["items"]
    assert [each if iris else each["id"] for each in items] == three
    assert iris or all(each["@context"] == CONTEXT for each in items)


def test_page_is_no_container(checker: Api, container: str, three: list[str]) -> None:
    response = checker.send("GET", f"{container}?iris=0&page=0")

    assert words(response.headers["Allow"]) == {"GET", "HEAD", "OPTIONS"}
    assert {"Accept", "Prefer"} <= words(response.headers["Vary"])
    assert response.headers["Content-Type"] == MEDIA_TYPE


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("page=1", 404, "not_found"),
        ("page=-1", 400, "min_value"),
        ("page=x", 400, "invalid"),
        ("iris=2", 400, "invalid_choice"),
        ("iris=true&page=0", 400, "invalid_choice"),
        ("pages=1", 400, "unknown_parameter"),
    ],
)
def test_wrong_addresses_are_refused(query: str, status: int, code: str, checker: Api, container: str) -> None:
    problem(checker.send("GET", f"{container}?{query}"), status, code)


def test_tag_changes_with_what_is_in_it_and_only_then(
    checker: Api, container: str, three: list[str], article: Article, people: People
) -> None:
    addresses = (container, f"{container}?iris=1", f"{container}?iris=0&page=0")
    before = [checker.send("GET", address).headers["ETag"] for address in addresses]
    again = [checker.send("GET", address, If_None_Match=tag) for address, tag in zip(addresses, before, strict=True)]
    assert [(each.status_code, each.content) for each in again] == [(304, b"")] * 3

    withdrawn = Annotation.objects.get(pk=three[0][-37:-1])
    move(withdrawn, people.checker, "withdraw", reason="Twice.")

    after = [checker.send("GET", address) for address in addresses]
    assert all(each.headers["ETag"] != tag for each, tag in zip(after, before, strict=True))
    assert after[1].json()["first"]["items"] == three[1:]


def test_container_holds_what_lies_on_the_current_text(
    checker: Api, container: str, three: list[str], article: Article, people: People
) -> None:
    new = TEXT.replace("We lost nine", "We lost many")
    revise_article(article_id=article.pk, actor=people.checker, seen_version=None, incoming=read_text(new))

    held = checker.send("GET", f"{container}?iris=1").json()
    left = checker.send("GET", three[2])

    assert (held["total"], held["first"]["items"]) == (2, three[:2])
    quote = {"type": "TextQuoteSelector", "exact": "nine", "prefix": "", "suffix": ""}
    selectors = left.json()["target"]["selector"]
    assert [each | {"prefix": "", "suffix": ""} for each in selectors] == [quote]
    same = put(checker, three[2], left.json() | body(value="Gone."), left.headers["ETag"])
    assert (same.status_code, same.json()["body"][0]["value"]) == (200, "Gone.")
    moved = same.json()
    moved["target"]["selector"] = {"type": "TextQuoteSelector", "exact": "mines"}
    problem(put(checker, three[2], moved, same.headers["ETag"]), 409, "wrong_state")


def test_container_takes_as_many_statements_for_three_as_for_one(
    checker: Api, container: str, article: Article, people: People, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for quote in ("nine", "mines", "leader"):
        annotate(article, people.checker, quote, terms=["quantity"])
        checker.send("GET", container)
        with django_assert_num_queries(7):
            checker.send("GET", container)


def test_others_do_not_see_it(container: str, three: list[str], article: Article, people: People) -> None:
    for address in (container, three[0]):
        for method in ("GET", "HEAD", "OPTIONS"):
            assert Api(people.stranger).send(method, address).status_code == 404 or method == "OPTIONS"
            assert Api().send(method, address).status_code == 401
    assert Api(people.stranger).send("OPTIONS", container).status_code == 404
    problem(post(Api(people.stranger), container, sent(article)), 404, "not_found")
    problem(post(Api(people.admin), container, sent(article)), 403, "not_allowed")
    problem(post(Api(people.checker, scopes=["read"]), container, sent(article)), 403, "scope_missing")


def test_text_leads_to_its_container(checker: Api, article: Article, container: str) -> None:
    response = checker.send("GET", f"articles/{article.pk}/text/")

    assert links(response) == {(container, "http://www.w3.org/ns/oa#annotationService")}

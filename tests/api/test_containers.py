"""Web Annotation Protocol: an article's container, its pages, and one annotation at its address.

What the protocol's public server tests ask of any server is asked of ours here, one by one.
"""

import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from pyld import jsonld
from pytest_django.fixtures import DjangoAssertNumQueries

from annotations.api import containers
from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState, ArticleState
from annotations.formats.web_annotation import CONTEXT, MEDIA_TYPE
from annotations.formats.web_resources import LDP_CONTEXT
from annotations.ingest import read_text
from annotations.models import Annotation, Article
from annotations.services.articles import edit_article
from annotations.services.moves import move_annotation
from annotations.services.revisions import revise_article
from tests.api.client import Api, problem
from tests.conformance import CONFORMANCE, needs_conformance
from tests.factories import annotate
from tests.formats.test_web_annotation import missed, strings
from tests.people import TEXT, People
from tests.states import annotation_at, article_at, move

LD = "application/ld+json"
NINE = TEXT.index("nine")
LDP = "http://www.w3.org/ns/ldp#"
PREFER = {
    "minimal": "http://www.w3.org/ns/ldp#PreferMinimalContainer",
    "iris": "http://www.w3.org/ns/oa#PreferContainedIRIs",
    "descriptions": "http://www.w3.org/ns/oa#PreferContainedDescriptions",
}


def container_of(article: Article) -> str:
    return f"http://testserver/api/v1/articles/{article.pk}/web-annotations/"


def prefer(*names: str) -> str:
    return f'return=representation;include="{" ".join(PREFER[name] for name in names)}"'


@pytest.fixture
def container(article: Article) -> str:
    return container_of(article)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "PAGE_SIZE", 2)


@pytest.fixture
def three(article: Article, people: People) -> list[str]:
    """The addresses of three annotations, oldest first."""
    made = [annotate(article, people.checker, words, claim=f"About {words}.") for words in ("Troops", "mines", "nine")]
    return [f"{container_of(article)}{each.pk}/" for each in made]


def sent(article: Article, **more: Any) -> dict[str, Any]:
    """An annotation of "nine", as a client would send it."""
    selector = [
        {"type": "TextPositionSelector", "start": NINE, "end": NINE + 4},
        {"type": "TextQuoteSelector", "exact": "nine", "prefix": "We lost "},
    ]
    target = {"type": "SpecificResource", "source": f"urn:uuid:{article.pk}", "selector": selector}
    body = {"type": "TextualBody", "value": "I like this page!"}
    return {"@context": CONTEXT, "type": "Annotation", "body": body, "target": target, **more}


def post(api: Api, container: str, document: Any, **headers: str) -> Any:
    return api.send("POST", container, document, media_type=LD, **headers)


def put(api: Api, address: str, document: Any, etag: str | None) -> Any:
    return api.send("PUT", address, document, media_type=MEDIA_TYPE, etag=etag)


def links(response: Any) -> set[tuple[str, str]]:
    return set(re.findall(r'<([^>]+)>; rel="([^"]+)"', response.headers["Link"]))


def words(header: str) -> set[str]:
    return set(re.split(r"[\s,]+", header))


# ── The container ───────────────────────────────────────────────────────────────────────────────────────────────────


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
        with django_assert_num_queries(6):
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


# ── One annotation ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("short", [False, True])
def test_annotation_says_what_it_is_and_does(method: str, short: bool, checker: Api, three: list[str]) -> None:
    address = f"web-annotations/{three[0][-37:]}" if short else three[0]
    response = checker.send(method, address)

    assert response.status_code == 200
    assert words(response.headers["Allow"]) == {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"}
    assert "Accept" in words(response.headers["Vary"])
    assert links(response) == {(f"{LDP}Resource", "type"), ("http://www.w3.org/ns/oa#Annotation", "type")}
    if method != "OPTIONS":
        assert response.headers["Content-Type"] == MEDIA_TYPE
        assert re.fullmatch('"[^"]+"', response.headers["ETag"])
        assert response.headers["Content-Location"] == three[0]
    if method == "GET":
        assert response.json()["id"] == three[0]
    else:
        assert response.content == b""


def test_known_annotation_is_not_sent_again(checker: Api, three: list[str]) -> None:
    etag = checker.send("GET", three[0]).headers["ETag"]

    assert checker.send("GET", three[0], If_None_Match=etag).status_code == 304


def test_tag_names_everything_that_the_document_says(
    checker: Api, three: list[str], article: Article, people: People
) -> None:
    before = checker.send("GET", three[0])
    changes = {"canonical_url": "https://www.example.org/other"}
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=changes)

    after = checker.send("GET", three[0])

    assert after.json()["target"]["source"] == "https://www.example.org/other"
    assert before.headers["ETag"] != after.headers["ETag"]


def test_annotation_of_another_container_is_not_found(checker: Api, three: list[str]) -> None:
    address = three[0].replace(three[0].split("/")[6], str(uuid4()))

    problem(checker.send("GET", address), 404, "not_found")


# ── Making one ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_posted_annotation_is_made_and_answered(checker: Api, container: str, article: Article) -> None:
    canonical = f"urn:uuid:{uuid4()}"

    response = post(checker, container, sent(article, canonical=canonical))

    document = response.json()
    assert response.status_code == 201
    assert response.headers["Location"] == document["id"]
    assert re.fullmatch(re.escape(container) + r"[0-9a-f-]{36}/", document["id"])
    assert document["canonical"] == canonical
    assert document["body"] == [
        {"type": "TextualBody", "value": "I like this page!", "format": "text/plain", "purpose": "commenting"}
    ]
    assert (f"{LDP}BasicContainer", "type") in links(response)
    again = checker.send("GET", document["id"])
    assert (again.json(), again.headers["ETag"]) == (document, response.headers["ETag"])
    made = Annotation.objects.get()
    assert (made.start, made.end, made.note, made.state) == (NINE, NINE + 4, "I like this page!", "open")


@pytest.mark.parametrize("media_type", [LD, MEDIA_TYPE, f"{LD}; charset=utf-8", "application/json"])
def test_media_types_of_json_ld_are_read(media_type: str, checker: Api, container: str, article: Article) -> None:
    response = checker.send("POST", container, sent(article), media_type=media_type)

    assert response.status_code == 201, response.content


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "text/plain", f'{LD}; profile="http://iiif.io/api/presentation/3/context.json"']
)
def test_other_media_types_are_refused(media_type: str, checker: Api, container: str, article: Article) -> None:
    problem(checker.send("POST", container, sent(article), media_type=media_type), 415, "unsupported_media_type")


def test_everything_that_we_say_of_an_annotation_can_be_sent(checker: Api, container: str, article: Article) -> None:
    def text(value: str, purpose: str) -> dict[str, str]:
        return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}

    bodies = [
        text("Nine died.", "describing"),
        text("Ask twice.", "commenting"),
        text("casualties", "tagging"),
        text("quantity", "tagging"),
        text("accurate", "classifying"),
        text("The report says so.", "assessing"),
        {"type": "SpecificResource", "source": "https://www.example.org/a", "purpose": "linking"},
        {
            "type": "SpecificResource",
            "source": "https://www.example.org/b",
            "purpose": "linking",
            "selector": {"type": "TextQuoteSelector", "exact": "Nine died."},
        },
    ]
    bodies = [each for each in bodies if each.get("value") != "casualties"]
    document = sent(
        article,
        id="https://elsewhere.example/annotations/7",
        via="https://elsewhere.example/notes/7",
        body=bodies,
        motivation=["assessing", "tagging"],
        creator={"type": "Person", "nickname": "checker"},
    )

    answer = post(checker, container, document).json()

    assert answer["body"] == bodies
    assert answer["motivation"] == "assessing"
    assert answer["creator"] == document["creator"]
    assert answer["via"] == ["https://elsewhere.example/notes/7", "https://elsewhere.example/annotations/7"]
    assert answer["canonical"] == f"urn:uuid:{answer['id'][-37:-1]}"
    made = Annotation.objects.get()
    assert made.verdicts.get().term.key == "accurate"


@pytest.mark.parametrize("address", ["http://example.org/post1", {"id": "http://example.org/post1"}])
def test_address_as_a_body_is_evidence_that_supports_nothing_yet(
    address: Any, checker: Api, container: str, article: Article
) -> None:
    answer = post(checker, container, sent(article, body=address)).json()

    assert answer["body"] == [{"type": "SpecificResource", "source": "http://example.org/post1", "purpose": "linking"}]
    assert Annotation.objects.get().evidence.get().stance == "context"


def test_own_id_becomes_the_way_it_came(checker: Api, container: str, article: Article) -> None:
    answer = post(checker, container, sent(article, id="http://example.org/anno1")).json()

    assert (answer["via"], answer["id"].startswith(container)) == ("http://example.org/anno1", True)
    page = checker.send("GET", container).json()["first"]["items"]
    assert page == [answer]


def test_slug_makes_a_retry_safe(checker: Api, container: str, article: Article) -> None:
    slug = str(uuid4())
    first = post(checker, container, sent(article), Slug=slug)
    second = post(checker, container, sent(article), Slug=f'"{slug}"')
    other = post(checker, container, sent(article), Slug="my_first_annotation")

    assert [each.status_code for each in (first, second, other)] == [201, 200, 201]
    assert first.headers["Location"] == second.headers["Location"] == f"{container}{slug}/"
    assert UUID(other.headers["Location"][-37:-1])
    assert second.json() == first.json()


@pytest.mark.parametrize("name", ["urn", "text", "article", "page", "object", "canonical"])
def test_article_has_many_names(name: str, checker: Api, container: str, article: Article, people: People) -> None:
    changes = {"canonical_url": "https://www.example.org/troops"}
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=changes)
    site = "http://testserver"
    source: Any = {
        "urn": f"urn:uuid:{article.pk}",
        "text": f"{site}/api/v1/articles/{article.pk}/text/",
        "article": f"{site}/api/v1/articles/{article.pk}/",
        "page": f"{site}/articles/{article.pk}/",
        "object": {"id": f"{site}/p/{article.pk}/"},
        "canonical": "https://www.example.org/troops",
    }[name]
    document = sent(article)
    document["target"]["source"] = source

    answer = post(checker, container, document)

    assert (answer.status_code, answer.json()["target"]["source"]) == (201, "https://www.example.org/troops")


def test_targets_are_the_parts_of_a_discontinuous_one(checker: Api, container: str, article: Article) -> None:
    def part(words: str) -> dict[str, Any]:
        selector = {"type": "TextQuoteSelector", "exact": words}
        return {"source": f"urn:uuid:{article.pk}", "selector": selector}

    answer = post(checker, container, sent(article, target=[part("We lost nine"), part("hundred and twenty days")]))

    assert answer.status_code == 201, answer.content
    made = Annotation.objects.get()
    quotes = [made.exact[start - made.start : end - made.start] for start, end in made.fragments]
    assert quotes == ["We lost nine", "hundred and twenty days"]
    assert [each["selector"][1]["exact"] for each in answer.json()["target"]] == quotes


def test_quote_alone_is_located(checker: Api, container: str, article: Article) -> None:
    document = sent(article)
    document["target"]["selector"] = {"type": "TextQuoteSelector", "exact": "thousands of troops"}

    answer = post(checker, container, document).json()

    start = TEXT.index("thousands of troops")
    assert answer["target"]["selector"][0] == {"type": "TextPositionSelector", "start": start, "end": start + 19}


def test_ambiguous_quote_lists_its_places(checker: Api, container: str, article: Article) -> None:
    document = sent(article)
    document["target"]["selector"] = {"type": "TextQuoteSelector", "exact": "agencies"}

    found = problem(post(checker, container, document), 400, "quote_ambiguous")

    assert (found["count"], found["errors"][0]["pointer"]) == (2, "/target/selector")


def body(**members: Any) -> dict[str, Any]:
    return {"body": {"type": "TextualBody", "value": "x", **members}}


def bodies(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"body": [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in pairs]}


def resource(**members: Any) -> dict[str, Any]:
    return {"body": {"type": "SpecificResource", "source": "https://www.example.org/", **members}}


REFUSED = [
    ({"@context": "http://schema.org/"}, "not_kept", "/@context"),
    ({"@context": [CONTEXT, {"fc": "https://example.org/ns#"}]}, "not_kept", "/@context"),
    ({"type": "Note"}, "malformed", "/type"),
    ({"target": []}, "required", "/target"),
    ({"target": "http://www.example.com/index.html"}, "not_kept", "/target"),
    ({"target": {"source": "https://elsewhere.example/"}}, "source_differs", "/target/source"),
    ({"target": {"selector": {}}}, "source_differs", "/target/source"),
    ({"target": {"type": "Choice", "items": []}}, "not_kept", "/target/items"),
    ({"canonical": "no iri"}, "malformed", "/canonical"),
    ({"canonical": ["urn:x:1", "urn:x:2"]}, "malformed", "/canonical"),
    ({"via": ["urn:x:1", 7]}, "malformed", "/via"),
    ({"id": "7"}, "malformed", "/id"),
    ({"rights": "https://creativecommons.org/licenses/by/4.0/"}, "not_kept", "/rights"),
    ({"audience": {"type": "Audience"}}, "not_kept", "/audience"),
    ({"stylesheet": "https://example.org/style.css"}, "not_kept", "/stylesheet"),
    ({"generated": "2015-10-14T15:13:28Z"}, "not_kept", "/generated"),
    ({"created": "2015-10-14T15:13:28Z"}, "read_only", "/created"),
    ({"creator": "https://example.org/ana"}, "read_only", "/creator"),
    ({"creator": {"type": "Person", "nickname": "head"}}, "read_only", "/creator"),
    ({"motivation": "moderating"}, "not_kept", "/motivation"),
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


@needs_conformance
@pytest.mark.parametrize(
    "file", sorted((CONFORMANCE / "wpt-annotation/annotation-protocol/files/annotations").glob("anno*.json")), ids=str
)
def test_public_samples_are_kept_or_refused_with_a_reason(
    file: Any, checker: Api, container: str, article: Article
) -> None:
    """They are about other pages, so that their targets become words of ours; the rest is as it was written."""
    document = json.loads(file.read_text(encoding="utf-8"))
    whole = post(checker, container, document)
    about_ours = post(checker, container, document | {"target": sent(article)["target"]})

    assert whole.status_code == 400
    assert about_ours.status_code in (201, 400)
    if about_ours.status_code == 201:
        kept = strings({name: value for name, value in document.items() if name not in ("target", "motivation")})
        assert set(kept) <= set(strings(about_ours.json()))
    else:
        assert about_ours.json()["errors"][0]["detail"].endswith(".")


def test_locked_article_takes_none(article: Article, people: People, checker: Api, container: str) -> None:
    article_at(ArticleState.CLEARED, article, people)

    problem(post(checker, container, sent(article)), 409, "wrong_state")


# ── Replacing one ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_put_replaces_it(checker: Api, container: str, article: Article) -> None:
    made = post(checker, container, sent(article, id="http://example.org/anno1"))
    start = TEXT.index("thousands of troops")
    selector = {"type": "FragmentSelector", "value": f"char={start},{start + 19}"}
    target = {"source": f"urn:uuid:{article.pk}", "selector": selector}
    document = made.json() | bodies(("describing", "Thousands.")) | {"target": target}

    answer = put(checker, made.json()["id"], document, made.headers["ETag"])

    assert answer.status_code == 200, answer.content
    assert answer.json()["target"]["selector"][0]["start"] == start
    assert [(each["purpose"], each["value"]) for each in answer.json()["body"]] == [("describing", "Thousands.")]
    assert (answer.json()["id"], answer.json()["via"]) == (made.json()["id"], "http://example.org/anno1")
    row = Annotation.objects.get()
    assert (row.exact, row.claim, row.note, row.version) == ("thousands of troops", "Thousands.", "", 2)
    assert answer.headers["ETag"] == checker.send("GET", made.json()["id"]).headers["ETag"] != made.headers["ETag"]


def test_put_of_what_is_there_changes_nothing(checker: Api, article: Article, people: People, container: str) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)

    answer = put(checker, address, shown.json(), shown.headers["ETag"])

    assert (answer.status_code, answer.json(), answer.headers["ETag"]) == (200, shown.json(), shown.headers["ETag"])
    annotation.refresh_from_db()
    assert annotation.state == AnnotationState.SIGNED_OFF


def test_put_obeys_the_review(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"] = [each for each in document["body"] if each["purpose"] not in ("classifying", "assessing")]
    document["motivation"] = "highlighting"

    answer = put(checker, address, document, shown.headers["ETag"])

    assert answer.status_code == 200, answer.content
    annotation.refresh_from_db()
    assert (annotation.state, list(annotation.verdicts.filter(retired_at=None))) == ("needs_recheck", [])
    assert answer.json()["motivation"] == "highlighting"


def test_put_keeps_what_the_review_said(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    move(annotation, people.head, "approve_in_emergency", reason="Going to print.")
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    assert "in an emergency" in json.dumps(shown.json()["body"])

    answer = put(checker, address, shown.json(), shown.headers["ETag"])

    assert (answer.status_code, answer.json()) == (200, shown.json())


def test_put_and_delete_need_the_current_tag(checker: Api, three: list[str], article: Article) -> None:
    shown = checker.send("GET", three[0])

    for etag, status, code in (
        (None, 428, "precondition_required"),
        ('"x"', 412, "stale"),
        (f"W/{shown.headers['ETag']}", 412, "stale"),
    ):
        problem(put(checker, three[0], shown.json(), etag), status, code)
        problem(checker.send("DELETE", three[0], etag=etag), status, code)
    changed = shown.json() | body(value="New.")
    assert put(checker, three[0], changed, shown.headers["ETag"]).status_code == 200
    problem(put(checker, three[0], changed, shown.headers["ETag"]), 412, "stale")


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"id": "http://example.org/anno1"}, "read_only", "/id"),
        ({"canonical": "urn:uuid:1"}, "read_only", "/canonical"),
        ({"via": "urn:uuid:1"}, "read_only", "/via"),
        ({"created": "2015-10-14T15:13:28Z"}, "read_only", "/created"),
        ({"modified": "2015-10-14T15:13:28Z"}, "read_only", "/modified"),
        ({"creator": {"type": "Person", "nickname": "head"}}, "read_only", "/creator"),
        ({"body": []}, "not_kept", "/body"),
        (resource(), "not_kept", "/body"),
        ({"target": "http://other.example/"}, "not_kept", "/target"),
    ],
)
def test_put_changes_nothing_that_it_cannot_keep(
    more: dict[str, Any], code: str, pointer: str, checker: Api, article: Article, people: People
) -> None:
    evidence = [EvidenceDraft(url="https://www.example.org/a")]
    annotation = annotate(article, people.checker, "nine", evidence=evidence)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)

    found = problem(put(checker, address, shown.json() | more, shown.headers["ETag"]), 400, code)

    assert found["errors"][0]["pointer"] == pointer
    assert checker.send("GET", address).json() == shown.json()


def test_put_leaves_the_day_of_a_verdict_that_stays(checker: Api, article: Article, people: People) -> None:
    verdict = VerdictDraft("accurate", "So.", datetime(2020, 1, 31).date())
    annotation = annotate(article, people.checker, "nine", verdict=verdict)
    address = f"web-annotations/{annotation.pk}/"
    shown = checker.send("GET", address)
    document = shown.json()
    document["body"].append({"type": "TextualBody", "value": "quantity", "purpose": "tagging"})

    assert put(checker, address, document, shown.headers["ETag"]).status_code == 200

    assert str(annotation.verdicts.get().as_of) == "2020-01-31"


def test_not_everybody_may_replace_or_withdraw(three: list[str], people: People) -> None:
    admin = Api(people.admin)
    shown = admin.send("GET", three[0])

    changed = shown.json() | body(value="New.")
    problem(put(admin, three[0], changed, shown.headers["ETag"]), 403, "not_allowed")
    problem(admin.send("DELETE", three[0], etag=shown.headers["ETag"]), 403, "not_allowed")


# ── Withdrawing one ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_delete_withdraws_it(checker: Api, container: str, three: list[str]) -> None:
    etag = checker.send("GET", three[0]).headers["ETag"]

    answer = checker.send("DELETE", f"{three[0]}?reason=Twice.", etag=etag)

    assert (answer.status_code, answer.content) == (204, b"")
    for method in ("GET", "PUT", "DELETE"):
        problem(checker.send(method, three[0], {}, etag="*"), 410, "gone")
    assert checker.send("GET", f"{container}?iris=1").json()["first"]["items"] == three[1:]
    row = Annotation.objects.get(pk=three[0][-37:-1])
    assert (row.state, row.events.get(action="withdraw").reason) == ("withdrawn", "Twice.")


def test_signed_off_one_is_not_withdrawn(checker: Api, article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    problem(checker.send("DELETE", f"web-annotations/{annotation.pk}/", etag="*"), 409, "wrong_state")


def test_suggestion_is_no_annotation_yet(checker: Api, container: str, three: list[str]) -> None:
    Annotation.objects.filter(pk=three[0][-37:-1]).update(state=AnnotationState.SUGGESTED)

    problem(checker.send("GET", three[0]), 404, "not_found")
    assert checker.send("GET", container).json()["total"] == 2


# ── The model ───────────────────────────────────────────────────────────────────────────────────────────────────────


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


def loaded(url: str, _options: Any) -> dict[str, Any]:
    """Contexts come from the public test data, never from the network; of LDP's there is only what we use."""
    assert url in (CONTEXT, LDP_CONTEXT)
    file = CONFORMANCE / "contexts" / "anno-fixed.jsonld"
    terms = {"@context": {"BasicContainer": f"{LDP}BasicContainer"}}
    document = json.loads(file.read_text(encoding="utf-8")) if url == CONTEXT else terms
    return {"contextUrl": None, "documentUrl": url, "document": document}


def test_moments_end_in_z(documents: dict[str, list[Any]]) -> None:
    text = json.dumps(documents)

    moments = re.findall(r'"(?:created|modified)": "([^"]+)"', text)
    assert len(moments) > 10
    assert all(moment.endswith("Z") and datetime.fromisoformat(moment) for moment in moments)

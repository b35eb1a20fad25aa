"""Web Annotation Protocol: what clients post becomes an annotation."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from annotations.formats.web_annotation import MEDIA_TYPE
from annotations.models import Annotation, Article
from annotations.services.articles import edit_article
from tests.api.client import Api, problem
from tests.api.linked_data import LD, LDP, NINE, links, post, sent
from tests.people import TEXT, People


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

"""Web Annotation Protocol: what its public samples say is kept, or refused with the member that stands in the way."""

import json
from typing import Any

import pytest
from pyld import jsonld

from annotations.formats.web_annotation import CONTEXT
from annotations.models import Article
from annotations.services.articles import edit_article
from tests.api.client import Api, problem
from tests.api.linked_data import body, loaded, post, put, sent
from tests.conformance import CONFORMANCE, needs_conformance
from tests.formats.test_web_annotation import missed, strings
from tests.people import TEXT, People


def about(part: str) -> dict[str, Any]:
    """By what is sent as the target, which words are meant."""
    return {
        "source": "{source}", "whole": "{source}", "fragment": "{source}#char=0,7",
        "object": {"id": "{source}"}, "text": {"id": "{source}", "type": "Text"},
        "part": {"id": "{source}#char=8,", "type": "Text"}, "bare": {"type": "SpecificResource", "source": "{source}"},
        "named": {"source": {"id": "{source}#char=0,7"}},
    }[part]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "place"),
    [("whole", (0, None)), ("object", (0, None)), ("text", (0, None)), ("bare", (0, None)),
     ("fragment", (0, 7)), ("part", (8, None)), ("named", (0, 7))],
)  # fmt: skip
def test_article_itself_and_its_fragments_are_targets(
    part: str, place: tuple[int, int | None], checker: Api, container: str, article: Article
) -> None:
    target = json.loads(json.dumps(about(part)).replace("{source}", f"urn:uuid:{article.pk}"))

    answer = post(checker, container, sent(article, target=target))

    start, end = place[0], place[1] or len(TEXT)
    assert answer.status_code == 201, answer.content
    position, quote = answer.json()["target"]["selector"]
    assert (position["start"], position["end"], quote["exact"]) == (start, end, TEXT[start:end])


PROVENANCE = {
    "generator": {"id": "http://example.org/client1", "type": "Software", "name": "Code", "homepage": "http://a.org/"},
    "generated": "2015-02-04T12:00:00Z",
    "rights": ["https://creativecommons.org/publicdomain/zero/1.0/"],
    "audience": {
        "id": "http://example.edu/roles/teacher",
        "type": "schema:EducationalAudience",
        "schema:role": "teacher",
    },
    "stylesheet": {"type": "CssStylesheet", "value": ".red { color: red }"},
}


@needs_conformance
def test_what_it_says_of_itself_stays(checker: Api, container: str, article: Article, people: People) -> None:
    made = post(checker, container, sent(article, motivation=["bookmarking", "commenting"], **PROVENANCE))

    document = made.json()
    assert {name: document[name] for name in PROVENANCE} == PROVENANCE
    assert document["motivation"] == ["highlighting", "bookmarking"]
    assert missed("annotation", document) == []
    again = jsonld.compact(jsonld.expand(document, {"documentLoader": loaded}), CONTEXT, {"documentLoader": loaded})
    assert sorted(strings(again)) == sorted(strings(document))
    same = put(checker, document["id"], document | body(value="Else.", purpose="commenting"), made.headers["ETag"])
    assert same.json()["body"][0]["value"] == "Else."
    assert {name: same.json()[name] for name in (*PROVENANCE, "motivation")} == {
        name: document[name] for name in (*PROVENANCE, "motivation")
    }
    other = put(checker, document["id"], same.json() | {"rights": "urn:x:1"}, same.headers["ETag"])
    more = put(checker, document["id"], same.json() | {"motivation": "editing"}, same.headers["ETag"])
    assert [problem(each, 400, "read_only")["errors"][0]["pointer"] for each in (other, more)] == [
        "/rights", "/motivation",
    ]  # fmt: skip


SAMPLES = CONFORMANCE / "wpt-annotation/annotation-protocol/files/annotations"
REFUSED_SAMPLES = {
    2: "/body/format", 3: "/body/type", 5: "/body/language", 10: "/body", 12: "/body", 13: "/motivation",
    14: "/body/creator", 15: "/creator", 17: "/motivation", 18: "/body/0", 19: "/body/rights", 20: "/body/rights",
    21: "/body/purpose", 22: "/body/selector", 23: "/body/purpose", 41: "/body/1",
}  # fmt: skip
"""By number, what stands in the way though the target is words of ours: see docs/formats.md."""

NO_PLACE_IN_TEXT = REFUSED_SAMPLES | {
    4: "/target/format", 9: "/target/1", 11: "/target/items", 12: "/target/items",
    24: "/target/selector/type", 25: "/target/selector/type", 26: "/target/selector", 27: "/target/selector",
    28: "/target/selector/type", 29: "/target/selector/type", 30: "/target/selector/type",
    31: "/target/selector/startSelector/type", 32: "/target/selector", 33: "/target/state", 34: "/target/state",
    35: "/target/state", 36: "/target/state", 37: "/target/styleClass", 38: "/target/styleClass",
    39: "/target/selector", 40: "/target/scope",
}  # fmt: skip


def samples() -> list[tuple[int, dict[str, Any]]]:
    files = {int(file.stem[4:]): file for file in SAMPLES.glob("anno*.json")}
    return [(number, json.loads(files[number].read_text(encoding="utf-8"))) for number in sorted(files)]


def kept_or_refused(answer: Any, document: dict[str, Any]) -> str:
    """ "" when everything of the document came back, or the member that stands in the way."""
    if answer.status_code != 201:
        (error,) = problem(answer, 400, answer.json()["code"])["errors"]
        assert error["detail"].endswith(".")
        return str(error["pointer"])
    silent = ("target", "motivation")
    kept = strings({name: value for name, value in document.items() if name not in silent})
    assert set(kept) <= set(strings(answer.json())), answer.content
    return ""


@needs_conformance
def test_public_samples_about_words_of_ours(checker: Api, container: str, article: Article) -> None:
    found = {}
    for number, document in samples():
        about_ours = document | {"target": sent(article)["target"]}
        found[number] = kept_or_refused(post(checker, container, about_ours), about_ours)

    assert len(found) == 41
    assert {number: pointer for number, pointer in found.items() if pointer} == REFUSED_SAMPLES


@needs_conformance
def test_public_samples_as_they_are(checker: Api, container: str, article: Article, people: People) -> None:
    """Of an article that is the page they are about."""
    found = {}
    for number, document in samples():
        (first, *_) = document["target"] if isinstance(document["target"], list) else [document["target"]]
        name = first if isinstance(first, str) else first.get("id") or first.get("source") or first["items"][0]
        changes = {"canonical_url": name.partition("#")[0]}
        edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes=changes)
        found[number] = kept_or_refused(post(checker, container, document), document)

    assert {number: pointer for number, pointer in found.items() if pointer} == NO_PLACE_IN_TEXT

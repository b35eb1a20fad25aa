"""The demo articles: every reference in the data files leads somewhere, before any database sees them."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from annotations.core.anchors import Anchor, check_fragments, locate
from annotations.core.drafts import LinkKind, Stance, Tier
from annotations.core.text import canonical, canonical_field
from annotations.core.vocabularies import DEFAULT_VOCABULARIES

DEMO = Path(__file__).resolve().parents[2] / "annotations" / "management" / "demo"
DESKS = json.loads((DEMO / "desks.json").read_text(encoding="utf-8"))
NAMES = ("kursk-sappers", "reading-festival", "yavoropil-trolleybuses")
KEYS = {vocabulary.key: {term.key for term in vocabulary.terms} for vocabulary in DEFAULT_VOCABULARIES}
LABELS = set().union(*(keys for vocabulary, keys in KEYS.items() if vocabulary != "verdict"))
REPORT_BEING_CHECKED = (
    "https://www.themoscowtimes.com/2025/12/13/north-korea-acknowledges-its-troops-cleared-mines-for-russia-a91432"
)


def text_of(name: str) -> str:
    return (DEMO / "articles" / f"{name}.txt").read_bytes().decode("utf-8")


def data_of(name: str) -> dict[str, Any]:
    return json.loads((DEMO / "articles" / f"{name}.json").read_text(encoding="utf-8"))


def cases() -> list[Any]:
    return [
        pytest.param(text_of(name), annotation, id=f"{name}-{annotation['key']}")
        for name in NAMES
        for annotation in data_of(name)["annotations"]
    ]


def place(text: str, annotation: dict[str, Any]) -> Anchor:
    return locate(text, annotation["quote"], occurrence=annotation.get("occurrence"))


def places_of(name: str) -> dict[str, Anchor]:
    return {annotation["key"]: place(text_of(name), annotation) for annotation in data_of(name)["annotations"]}


def all_evidence() -> list[dict[str, Any]]:
    return [evidence for name in NAMES for a in data_of(name)["annotations"] for evidence in a["evidence"]]


def test_no_file_is_left_out_of_these_tests():
    files = sorted(path.name for path in (DEMO / "articles").iterdir())

    assert files == sorted(f"{name}.{ending}" for name in NAMES for ending in ("json", "txt"))


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_canonical(name: str):
    assert canonical(text_of(name)) == text_of(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [("kursk-sappers", (450, 600)), ("reading-festival", (150, 220)), ("yavoropil-trolleybuses", (200, 300))],
)
def test_lengths_suit_a_demo(name: str, words: tuple[int, int]):
    assert words[0] <= len(text_of(name).split()) <= words[1]


@pytest.mark.parametrize("name", NAMES)
def test_metadata_is_whole_and_the_title_is_the_headline(name: str):
    data = data_of(name)

    assert data["title"] == text_of(name).split("\n")[0]
    assert (data["byline"], data["outlet"]) == ("Factcheck demo desk", "Demo Courier")
    assert data["canonical_url"].startswith("https://www.example.org/demo-courier/")
    assert dt.date.fromisoformat(data["published_at"])
    assert data["language"] == {"kursk-sappers": "en", "reading-festival": "ar", "yavoropil-trolleybuses": "uk"}[name]


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_quotes_are_where_they_are_said_to_be(text: str, annotation: dict[str, Any]):
    anchor = place(text, annotation)

    assert text[anchor.start : anchor.end] == annotation["quote"]
    assert annotation["quote"] == annotation["quote"].strip()


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_fragments_fill_their_envelope(text: str, annotation: dict[str, Any]):
    anchor = place(text, annotation)
    parts = [locate(anchor.exact, quote) for quote in annotation.get("fragments", [])]
    ranges = [(anchor.start + part.start, anchor.start + part.end) for part in parts]

    assert check_fragments(text, anchor.start, anchor.end, ranges) == tuple(ranges)


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_sources_and_cues_stand_once_in_the_paragraph_of_the_annotation(text: str, annotation: dict[str, Any]):
    anchor = place(text, annotation)
    (paragraph,) = (
        found[0]
        for found in re.finditer(r"(?:.+\n?)+", text)
        if found.start() <= anchor.start < anchor.end <= found.end()
    )
    quotes = [
        attribution[name]
        for attribution in annotation["attributions"]
        for name in ("source_quote", "cue_quote")
        if name in attribution
    ]

    assert [locate(paragraph, quote).exact for quote in quotes] == quotes


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_labels_verdicts_and_attributions_use_terms_of_their_vocabulary(text: str, annotation: dict[str, Any]):
    assert annotation["terms"]
    assert len(set(annotation["terms"])) == len(annotation["terms"])
    assert set(annotation["terms"]) <= LABELS
    assert annotation["verdict"] is None or annotation["verdict"]["term"] in KEYS["verdict"]
    for attribution in annotation["attributions"]:
        for vocabulary in ("origin", "identification", "channel", "distance"):
            assert attribution[vocabulary] in KEYS[vocabulary]


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_annotations_are_written_out_by_a_checker_of_the_desk(text: str, annotation: dict[str, Any]):
    people = {account["username"] for account in DESKS["accounts"] if account["desk"] == "demo"}
    comments = annotation["comments"]

    assert annotation["author"] in {"checker", "checker2"}
    assert annotation["claim"].endswith((".", "»."))
    assert canonical_field(annotation["note"]) == annotation["note"]
    assert {comment["author"] for comment in comments} <= people - {"reader", "admin"}
    assert all(comment["text"] for comment in comments)


@pytest.mark.parametrize(("text", "annotation"), cases())
def test_a_verdict_has_a_rationale_a_date_and_something_to_rest_on(text: str, annotation: dict[str, Any]):
    if (verdict := annotation["verdict"]) is None:
        return

    assert len(verdict["rationale"]) > 60
    assert dt.date.fromisoformat(verdict["as_of"])
    assert annotation["evidence"] or set(annotation["terms"]) & {"general-knowledge", "opinion"}


@pytest.mark.parametrize("name", NAMES)
def test_most_annotations_have_a_verdict_but_not_all(name: str):
    verdicts = [annotation["verdict"] for annotation in data_of(name)["annotations"]]

    assert verdicts.count(None) <= len(verdicts) // 5


def test_evidence_is_complete():
    for evidence in all_evidence():
        assert evidence["stance"] in set(Stance)
        assert evidence["tier"] in set(Tier)
        assert evidence["title"]
        assert evidence["publisher"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", evidence["retrieved_at"])
        assert dt.datetime.fromisoformat(evidence["retrieved_at"])


def test_evidence_lies_on_reserved_domains_except_the_report_being_checked():
    elsewhere = [e["url"] for e in all_evidence() if not e["url"].startswith("https://www.example.org/")]

    assert elsewhere == [REPORT_BEING_CHECKED]


@pytest.mark.parametrize("name", NAMES)
def test_links_join_two_annotations_of_the_article(name: str):
    data = data_of(name)
    keys = [annotation["key"] for annotation in data["annotations"]]
    links = [(link["from"], link["to"], link["kind"]) for link in data["links"]]

    assert len(set(keys)) == len(keys)
    assert len(set(links)) == len(links)
    assert all(start in keys and end in keys and start != end for start, end, _ in links)
    assert {kind for _, _, kind in links} <= set(LinkKind)


def test_thousands_of_troops_stands_once_and_is_intelligence_sourced():
    annotations = [a for a in data_of("kursk-sappers")["annotations"] if a["quote"] == "thousands of troops"]

    assert text_of("kursk-sappers").count("thousands of troops") == 1
    assert ["intelligence-sourced" in annotation["terms"] for annotation in annotations] == [True, True]
    assert annotations[0]["verdict"]["term"] == "mostly-accurate"


def test_the_english_article_shows_ranges_that_coincide_nest_and_overlap():
    kinds = {
        "coinciding": ("thousands-of-troops", "who-counts-as-troops"),
        "nested": ("nine-dead", "while-clearing"),
        "overlapping": ("area-made-safe", "missing-month"),
    }
    at = places_of("kursk-sappers")
    first, second = (at[key] for key in kinds["coinciding"])
    outer, inner = (at[key] for key in kinds["nested"])
    left, right = (at[key] for key in kinds["overlapping"])

    assert (first.start, first.end) == (second.start, second.end)
    assert outer.start < inner.start < inner.end < outer.end
    assert left.start < right.start < left.end < right.end


def test_the_english_article_has_contradictions_and_every_kind_of_link():
    links = data_of("kursk-sappers")["links"]

    assert {link["kind"] for link in links} == set(LinkKind)
    assert [(link["from"], link["to"]) for link in links if link["kind"] == LinkKind.CONTRADICTS] == [
        ("never-conceded", "april-confirmation"),
        ("ceremony-friday", "caption-saturday"),
    ]


def test_the_arabic_article_has_an_emoji_sequence_and_both_kinds_of_digits():
    at = places_of("reading-festival")

    assert [hex(ord(character)) for character in at["family-emoji"].exact] == [
        "0x1f468",
        "0x200d",
        "0x1f469",
        "0x200d",
        "0x1f467",
        "0x200d",
        "0x1f466",
    ]
    assert re.match("[٠-٩]+ ", at["headline-visitors"].exact)
    assert re.match("[0-9]+ ", at["visitors"].exact)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_annotations_of_an_article_make_the_same_claim(name: str):
    claims = [annotation["claim"] for annotation in data_of(name)["annotations"]]

    assert len(set(claims)) == len(claims)

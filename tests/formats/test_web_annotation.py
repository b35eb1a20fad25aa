"""W3C Web Annotation: every MUST of the public suite holds, and no JSON-LD processor drops anything."""

import importlib.util
import json
from typing import Any

import pytest
from pyld import jsonld

from annotations.formats import web_annotation
from tests.conformance import CONFORMANCE, needs_conformance
from tests.formats.test_csv_table import ROW

ID = "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b"
EVIDENCE = {"url": "https://www.example.org/report", "quote": "Nine died.", "stance": "supports"}
FULL: dict[str, Any] = ROW | {
    "id": ID,
    "article": ID,
    "canonical_url": "https://www.example.org/article",
    "claim": "Nine died 👩🏽‍🔬.",
    "note": "Ask.",
    "terms": ["quantity"],
    "verdict": {"term": "accurate", "rationale": "The report says so."},
    "reviews": [{"decision": "approve_in_emergency", "person": "head", "reason": "Going to print."}],
    "evidence": [EVIDENCE, EVIDENCE | {"quote": ""}],
}
PLAIN = ROW | {"id": ID, "article": ID}
PARTED = PLAIN | {
    "fragments": [{"start": 4, "end": 6, "exact": "ni"}, {"start": 7, "end": 9, "exact": "e,"}],
}
ROWS = (FULL, PLAIN, PARTED)


def page(*rows: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(b"".join(web_annotation.written(rows)))
    return document


def missed(suite: str, document: dict[str, Any]) -> list[str]:
    """The MUSTs of the public suite that do not hold."""
    file = CONFORMANCE / "wpt-annotation" / "wpt_validate.py"
    spec = importlib.util.spec_from_file_location("wpt_validate", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return [name for level, name, ok, _ in module.run(suite, document) if level == "must" and not ok]


def loaded(url: str, _options: Any) -> dict[str, Any]:
    """Contexts come from the public test data, never from the network."""
    assert url == web_annotation.CONTEXT
    context = json.loads((CONFORMANCE / "contexts" / "anno-fixed.jsonld").read_text(encoding="utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": context}


@needs_conformance
@pytest.mark.parametrize("row", ROWS)
def test_every_must_holds(row: dict[str, Any]) -> None:
    assert missed("annotation", web_annotation.document(row)) == []


@needs_conformance
@pytest.mark.parametrize("row", ROWS)
def test_json_ld_drops_nothing(row: dict[str, Any]) -> None:
    document = web_annotation.document(row)
    options = {"documentLoader": loaded}

    expanded = jsonld.expand(document, options)
    again = jsonld.compact(expanded, web_annotation.CONTEXT, options)

    assert sorted(strings(again)) == sorted(strings(document))


def strings(value: Any) -> list[str]:
    """Every value that a document says, whatever way lists of one are written; types with their names."""
    if isinstance(value, dict):
        return [each for key, inner in value.items() if key != "@context" for each in strings(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in strings(inner)]
    return [str(value)]


def test_selectors_are_the_range_and_the_quote() -> None:
    target = web_annotation.annotation(FULL)["target"]

    assert target == {
        "type": "SpecificResource",
        "source": "https://www.example.org/article",
        "selector": [
            {"type": "TextPositionSelector", "start": 4, "end": 9},
            {"type": "TextQuoteSelector", "exact": "nine,", "prefix": "lost "},
        ],
    }


def test_emergency_is_said() -> None:
    bodies = web_annotation.annotation(FULL)["body"]

    assert "Approved by head alone, in an emergency: Going to print." in [each.get("value") for each in bodies]


def test_discontinuous_one_has_a_target_for_each_fragment() -> None:
    targets = web_annotation.annotation(PARTED)["target"]

    assert [(each["selector"][0]["start"], each["selector"][1]["exact"]) for each in targets] == [(4, "ni"), (7, "e,")]


def test_page_holds_all_and_a_cut_one_is_no_json() -> None:
    whole = b"".join(web_annotation.written([FULL] * 450))

    assert len(json.loads(whole)["items"]) == 450
    assert page()["items"] == []
    for at in (len(whole) - 3, len(whole) // 2):
        with pytest.raises(ValueError, match=r"."):
            json.loads(whole[:at])

"""The rules that the conformance traps state, case by case, and the naughty strings through the core."""

import json
import re
from typing import Any

import pytest

from annotations.core.anchors import anchor_at, check_exact, grapheme_bounds, locate
from annotations.core.blocks import Block, BlockKind
from annotations.core.errors import DomainError
from annotations.core.segments import Span, segments_of
from annotations.core.sentences import sentences_of
from annotations.core.text import canonical, canonical_field, decode
from tests.conformance import CONFORMANCE, needs_conformance

pytestmark = needs_conformance


def load(name: str) -> list[Any]:
    file = CONFORMANCE / "traps" / name
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []


TRAPS: dict[str, dict[str, Any]] = {case["name"]: case for case in load("traps.json")}
NAUGHTY: list[str] = load("blns.json")
REFUSED = {"nul": ("nul", 4), "lone-surrogate": ("lone_surrogate", 4), "very-long-line": ("too_long", None)}
ACCEPTED = [case for name, case in TRAPS.items() if name not in REFUSED]

# Start of the range once the text is canonical, where that is not the start in the text as sent.
MOVED = {"crlf": 10, "bom": 0}
AMBIGUOUS = {"overlap-repeat": [1, 3]}


def text_of(case: dict[str, Any]) -> str:
    return "word " * 400_000 + "thousands of troops" if "make" in case else case["text"]


def test_there_are_29_traps_and_each_is_accepted_or_refused_here() -> None:
    assert (len(TRAPS), len(ACCEPTED)) == (29, 26)


@pytest.mark.parametrize("case", TRAPS.values(), ids=lambda case: case["name"])
def test_a_trap_has_its_range_where_it_says_before_it_is_canonical(case: dict[str, Any]) -> None:
    start, end = case["cp"]

    anchor = anchor_at(text_of(case), start, end)

    assert anchor.exact == case["exact"]


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["name"])
def test_a_trap_has_its_range_in_the_canonical_text_as_its_rule_says(case: dict[str, Any]) -> None:
    text = canonical(text_of(case))
    start = MOVED.get(case["name"], case["cp"][0])
    end = start + len(case["exact"])

    check_exact(text, start, end, case["exact"])
    starts = AMBIGUOUS.get(case["name"], [start])
    assert [found.start() for found in re.finditer(f"(?={re.escape(case['exact'])})", text)] == starts
    number = starts.index(start) + 1 if len(starts) > 1 else None
    assert locate(text, case["exact"], occurrence=number) == anchor_at(text, start, end)


@pytest.mark.parametrize("case", ACCEPTED, ids=lambda case: case["name"])
def test_a_trap_comes_out_of_bytes_as_out_of_characters(case: dict[str, Any]) -> None:
    assert canonical(decode(text_of(case).encode()).text) == canonical(text_of(case))


@pytest.mark.parametrize(("name", "expected"), REFUSED.items())
def test_traps_that_cannot_be_stored_are_refused_with_the_position(name: str, expected: tuple[str, int | None]) -> None:
    with pytest.raises(DomainError) as refused:
        canonical(text_of(TRAPS[name]))

    assert (refused.value.code, refused.value.extra.get("position")) == expected


@pytest.mark.parametrize(
    "name", ["zwj-family", "flag", "skin-tone", "vs16", "nfd-quote", "hebrew-points", "devanagari"]
)
def test_no_end_of_these_traps_cuts_a_character(name: str) -> None:
    case = TRAPS[name]
    start, end = case["cp"]

    assert grapheme_bounds(case["text"], start, end) == (start, end)


@pytest.mark.parametrize("name", ["zwj-family", "flag", "skin-tone", "vs16"])
def test_a_range_inside_one_character_is_widened_to_all_of_it(name: str) -> None:
    case = TRAPS[name]
    start, end = case["cp"]

    for place in range(start, end):
        assert grapheme_bounds(case["text"], place, place + 1) == (start, end)


def test_an_ambiguous_quote_lists_overlapping_places() -> None:
    with pytest.raises(DomainError) as refused:
        locate("bananas", "ana")

    assert refused.value.code == "quote_ambiguous"
    assert refused.value.extra == {
        "candidates": [
            {"start": 1, "end": 4, "exact": "ana", "prefix": "b", "suffix": "nas"},
            {"start": 3, "end": 6, "exact": "ana", "prefix": "ban", "suffix": "s"},
        ],
        "count": 2,
    }


def test_a_typed_space_is_not_the_no_break_space_of_the_text() -> None:
    with pytest.raises(DomainError) as refused:
        locate(TRAPS["nbsp"]["text"], "10 000")

    assert refused.value.extra == {"closest": {"start": 0, "end": 6, "exact": "10\u00a0000"}}


@pytest.mark.parametrize("quote", ["istanbul ı", "İstanbul", "i̇stanbul"])
def test_case_matters_and_is_never_folded(quote: str) -> None:
    text = TRAPS["turkish-case"]["text"]
    if quote in text:
        assert locate(text, quote).start == text.index(quote)
        return

    with pytest.raises(DomainError) as refused:
        locate(text, quote)

    assert (refused.value.code, refused.value.extra) == ("quote_not_found", {})


@pytest.mark.parametrize("number", range(len(NAUGHTY)))
def test_a_naughty_string_goes_through_the_core_as_it_is(number: int) -> None:
    naughty = canonical_field(NAUGHTY[number])
    if not naughty.strip():
        naughty += "x"
    text = f"Before. {naughty} After."
    start, end = 8, 8 + len(naughty)

    assert canonical(decode(canonical(text).encode()).text) == text
    assert locate(text, naughty, "Before. ", " After.") == anchor_at(text, start, end)
    widened = grapheme_bounds(text, start, end)
    assert widened[0] <= start < end <= widened[1]
    found = sentences_of(text, [Block(BlockKind.PARAGRAPH, 0, len(text))])
    assert "".join("".join(text[each.start : each.end] for each in found).split()) == "".join(text.split())
    segments = segments_of(len(text), [Span("it", start, end)])
    assert [text[each.start : each.end] for each in segments] == ["Before. ", naughty, " After."]

"""Ranges and quotes: what a range quotes, where a quote stands, and every refusal."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.anchors import CONTEXT, anchor_at, check_exact, check_fragments, grapheme_bounds, locate
from annotations.core.errors import DomainError
from annotations.core.text import canonical
from tests.conformance import CONFORMANCE, needs_conformance

TEXT = "Officials said thousands of troops moved. Later, officials said nothing."
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1, max_size=60)
TRAPS_FILE = CONFORMANCE / "traps" / "traps.json"
TRAPS: list[dict[str, Any]] = json.loads(TRAPS_FILE.read_text(encoding="utf-8")) if TRAPS_FILE.is_file() else []
NO_PICTOGRAPH_ANY_MORE = "2701"  # the test data is Unicode 13's; newer versions join nothing to these scissors
GRAPHEMES_FILE = CONFORMANCE / "traps" / "GraphemeBreakTest.txt"


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@settings(deadline=None, max_examples=100)
@given(ranges())
def test_a_range_quotes_its_slice_with_its_context(case: tuple[str, int, int]) -> None:
    text, start, end = case

    anchor = anchor_at(text, start, end)

    assert (anchor.exact, anchor.start, anchor.end) == (text[start:end], start, end)
    assert anchor.prefix == text[:start][-CONTEXT:]
    assert anchor.suffix == text[end:][:CONTEXT]


@settings(deadline=None, max_examples=100)
@given(ranges())
def test_a_quote_with_all_its_context_is_found_again(case: tuple[str, int, int]) -> None:
    text, start, end = case

    found = locate(text, text[start:end], text[:start], text[end:])

    assert (found.start, found.end) == (start, end)


@settings(deadline=None, max_examples=100)
@given(st.text("ab", min_size=1, max_size=30), st.text("ab", min_size=1, max_size=4))
def test_every_occurrence_is_found_overlapping_ones_too(text: str, quote: str) -> None:
    expected = [match.start() for match in re.finditer(f"(?={quote})", text)]

    if not expected:
        with pytest.raises(DomainError):
            locate(text, quote)
    for number, start in enumerate(expected, 1):
        assert locate(text, quote, occurrence=number).start == start
    if len(expected) > 1:
        with pytest.raises(DomainError) as refused:
            locate(text, quote)
        assert refused.value.extra["count"] == len(expected)
        assert [each["start"] for each in refused.value.extra["candidates"]] == expected[:20]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (5, 2, "range_reversed"),
        (3, 3, "range_empty"),
        (-1, 3, "range_outside_text"),
        (0, len(TEXT) + 1, "range_outside_text"),
    ],
)
def test_ranges_that_are_none_are_refused(start: int, end: int, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        anchor_at(TEXT, start, end)

    assert refused.value.code == code


def test_a_wrong_quote_is_shown_beside_the_right_one() -> None:
    with pytest.raises(DomainError, match="“thousand”.*“thousands”") as refused:
        check_exact(TEXT, 15, 24, "thousand")

    assert refused.value.code == "quote_mismatch"


def test_browsers_line_breaks_are_no_difference() -> None:
    check_exact("one\ntwo", 0, 7, "one\r\ntwo")


def test_a_quote_with_the_line_breaks_of_a_browser_is_found() -> None:
    assert locate("b\none\ntwo\nc", "one\r\ntwo", "b\r\n", "\r\nc").start == 2


def test_a_quote_that_stands_elsewhere_is_not_taken_against_its_context() -> None:
    with pytest.raises(DomainError, match="not directly after “In May ” and directly before “ said”") as refused:
        locate(TEXT, "Officials", "In May ", " said")

    assert refused.value.code == "quote_not_found"
    assert refused.value.extra == {
        "candidates": [
            {"start": 0, "end": 9, "exact": "Officials", "prefix": "", "suffix": TEXT[9:41]},
        ],
        "count": 1,
    }


@pytest.mark.parametrize("occurrence", [0, -1, 3])
def test_an_occurrence_that_does_not_exist_is_refused_with_those_that_do(occurrence: int) -> None:
    with pytest.raises(
        DomainError, match=f"Occurrence {occurrence} of “fficials” does not exist: the text has 2"
    ) as refused:
        locate(TEXT, "fficials", occurrence=occurrence)

    assert [each["start"] for each in refused.value.extra["candidates"]] == [1, 50]


@pytest.mark.parametrize(
    ("quote", "code"), [("", "quote_empty"), ("a\0", "nul"), ("\ud83e", "lone_surrogate"), ("x", "quote_not_found")]
)
def test_a_quote_that_can_stand_nowhere_is_refused(quote: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        locate(TEXT, quote)

    assert (refused.value.code, "candidates" in refused.value.extra) == (code, False)


def test_a_message_leaves_out_the_middle_of_a_long_quote() -> None:
    with pytest.raises(DomainError) as refused:
        locate(TEXT, "a" * 500 + "b" * 500)

    assert f"“{'a' * 90} … {'b' * 30}” (1000 code points)" in refused.value.message


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "occurrence", "start"),
    [
        ("fficials said", "O", "", None, 1),
        ("fficials said", "", " nothing", None, 50),
        ("fficials said", "", "", 2, 50),
        ("thousands of troops", "", "", None, 15),
    ],
)
def test_context_or_number_makes_a_quote_unique(
    quote: str, prefix: str, suffix: str, occurrence: int | None, start: int
) -> None:
    assert locate(TEXT, quote, prefix, suffix, occurrence).start == start


@pytest.mark.parametrize(
    ("text", "quote", "closest"),
    [
        ("He said “no” twice.", 'said "no"', "said “no”"),
        ("10\u00a0000 troops", "10 000 troops", "10\u00a0000 troops"),
        ("Le cafe\u0301 ferme", "café ferme", "cafe\u0301 ferme"),
        ("a – b", "a - b", "a – b"),
    ],
)
def test_a_near_miss_is_named_and_not_chosen(text: str, quote: str, closest: str) -> None:
    with pytest.raises(DomainError) as refused:
        locate(text, quote)

    assert refused.value.code == "quote_not_found"
    assert refused.value.extra["closest"]["exact"] == closest


@pytest.mark.parametrize(
    ("fragments", "code"),
    [
        ([(0, 3)], "fragments_single"),
        ([(0, 3), (3, 3), (4, 9)], "fragment_empty"),
        ([(0, 5), (4, 9)], "fragments_disordered"),
        ([(5, 9), (0, 3)], "fragments_disordered"),
        ([(1, 3), (5, 9)], "fragments_not_envelope"),
        ([(0, 3), (5, 8)], "fragments_not_envelope"),
    ],
)
def test_fragments_are_ordered_disjoint_and_fill_the_envelope(fragments: list[tuple[int, int]], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_fragments(TEXT, 0, 9, fragments)

    assert refused.value.code == code


def test_fragments_that_touch_are_fine() -> None:
    assert check_fragments(TEXT, 0, 9, [(0, 3), (3, 9)]) == ((0, 3), (3, 9))


@needs_conformance
@pytest.mark.parametrize("case", [each for each in TRAPS if "text" in each], ids=lambda case: case["name"])
def test_traps_quote_what_they_say(case: dict[str, Any]) -> None:
    start, end = case["cp"]
    if case["name"] in {"nul", "lone-surrogate"}:
        with pytest.raises(DomainError):
            canonical(case["text"])
        return
    text, before = canonical(case["text"]), case["text"][:start]
    shift = before.startswith("\ufeff") + before.count("\r\n")

    anchor = anchor_at(text, start - shift, end - shift)

    assert anchor.exact == case["exact"]
    assert len(text[: anchor.start].encode("utf-16-le")) // 2 == case["utf16"][0] - shift
    check_exact(text, anchor.start, anchor.end, case["exact"])


@needs_conformance
def test_the_longest_line_holds_its_range() -> None:
    text = "word " * 400_000 + "thousands of troops"

    assert locate(text, "thousands of troops").start == 2_000_000


@needs_conformance
def test_graphemes_are_never_cut() -> None:
    for line in GRAPHEMES_FILE.read_text(encoding="utf-8").splitlines():
        marks = line.split("#")[0].split()
        if not marks or NO_PICTOGRAPH_ANY_MORE in marks:
            continue
        text = "".join(chr(int(each, 16)) for each in marks[1::2])
        breaks = [place for place, mark in enumerate(marks[::2]) if mark == "÷"]
        for start in range(len(text)):
            expected = max(place for place in breaks if place <= start), min(place for place in breaks if place > start)
            assert grapheme_bounds(text, start, start + 1) == expected, line

"""The canonical form of a text and of a short field: what changes, what is refused, and where the message points."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.core.text import MAX_LENGTH, canonical, canonical_field, sha256_of

STORABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def refusal(text: str) -> DomainError:
    with pytest.raises(DomainError) as refused:
        canonical(text)
    return refused.value


def test_line_breaks_become_line_feeds_and_nothing_else_changes():
    text = "  One.\r\nTwo.\rThree.\n\r\nFour\x0b\x0c\x85\u2028\u2029 cafe\u0301 \u00a0\ufb01\u00ad\u200b\ufeff \t"

    assert canonical(text) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert (
        canonical(text)
        == "  One.\nTwo.\nThree.\n\nFour\x0b\x0c\x85\u2028\u2029 cafe\u0301 \u00a0\ufb01\u00ad\u200b\ufeff \t"
    )


def test_exactly_one_leading_byte_order_mark_is_dropped():
    assert canonical("\ufeffTroops") == "Troops"
    assert canonical("\ufeff\ufeffTroops") == "\ufeffTroops"
    assert canonical("Tro\ufeffops") == "Tro\ufeffops"


def test_a_nul_is_refused_with_its_position_in_the_text_as_sent():
    error = refusal("🥳\r\nzero\0byte\0")

    assert (error.code, error.extra) == ("nul", {"position": 7})
    assert error.message == (
        "The text has a NUL character (U+0000) at position 7 (code points, counted from 0). "
        "Remove it and send the text again."
    )


@pytest.mark.parametrize(("text", "position"), [("bad \ud83e half", 4), ("\udc00", 0), ("🥳\ud83e\udd73", 1)])
def test_a_lone_surrogate_is_refused_with_its_position(text: str, position: int):
    error = refusal(text)

    assert (error.code, error.extra) == ("lone_surrogate", {"position": position})
    assert f"U+{ord(text[position]):04X}) at position {position} " in error.message


@pytest.mark.parametrize("text", ["", "\ufeff", " \t\r\n\u00a0\u2003\u2028", "\ufeff\n"])
def test_a_text_of_nothing_but_white_space_is_refused(text: str):
    assert refusal(text).code == "empty"


def test_the_longest_text_passes_and_one_more_character_does_not():
    longest = "\ufeff" + "a\r\n" * (MAX_LENGTH // 2)

    assert len(canonical(longest)) == MAX_LENGTH

    error = refusal(longest + "b")
    assert (error.code, error.extra) == ("too_long", {"length": MAX_LENGTH + 1, "maximum": MAX_LENGTH})
    assert error.message == (
        "The text has 2,000,001 characters; 2,000,000 is the most one article can have. Split it into parts."
    )


def test_a_field_keeps_its_edges_and_may_be_empty():
    assert canonical_field("") == ""
    assert canonical_field(" \ufeffnote\r\nline\r ") == " \ufeffnote\nline\n "


@pytest.mark.parametrize(("text", "code"), [("a\0", "nul"), ("a\ud800", "lone_surrogate")])
def test_a_field_refuses_what_the_database_cannot_hold(text: str, code: str):
    with pytest.raises(DomainError) as refused:
        canonical_field(text)

    assert (refused.value.code, refused.value.extra) == (code, {"position": 1})


@settings(deadline=None)
@given(STORABLE)
def test_a_canonical_field_stays_as_it_is(text: str):
    once = canonical_field(text)

    assert canonical_field(once) == once
    assert "\r" not in once


def test_the_hash_is_that_of_the_utf8_bytes():
    # printf 'caf\xc3\xa9 \xf0\x9f\xa5\xb3' | sha256sum
    assert sha256_of("café 🥳") == "ba7b4f63d55c735701fe0cc50ac3021f27fde2ffe41d3e12a3d26c7d7536c04e"

"""A near miss explains a quote that is missing: Unicode spellings of the same words, and no other difference."""

import pytest

from annotations.core.near_misses import LONGEST_QUOTE, near_miss


@pytest.mark.parametrize(
    ("text", "quote", "place"),
    [
        ("He said, “it’s over”.", '"it\'s over"', (9, 20)),
        ("Er sagte: „Nein“.", '"Nein"', (10, 16)),
        ("Il a dit « non ».", '" non "', (9, 16)),
        ("two\n\t lines", "two lines", (0, 11)),
        ("10\u202f000 troops", "  10 000  ", (0, 6)),
        ("one—two", "one--two", (0, 7)),
        ("one – two", "one - two", (0, 9)),
        ("le cafe\u0301 ferme", "café", (3, 8)),
        ("le café ferme", "cafe\u0301", (3, 7)),
        ("\u1112\u1161\u11ab", "한", (0, 3)),
        ("a.c and (b)*", "(b)* ", (8, 12)),
    ],
)
def test_a_difference_of_spelling_is_found(text: str, quote: str, place: tuple[int, int]) -> None:
    assert near_miss(text, quote) == place


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Officials said", "officials said"),
        ("the ﬁnal office", "the final office"),
        ("cafe ferme", "café ferme"),
        ("ten thousand", "tenthousand"),
        ("ten, thousand", "ten thousand"),
        ("anything", " \n"),
        ("anything", ""),
        ("“" + "x" * LONGEST_QUOTE + "”", '"' + "x" * LONGEST_QUOTE + '"'),
    ],
)
def test_any_other_difference_is_none_of_its_business(text: str, quote: str) -> None:
    assert near_miss(text, quote) is None


@pytest.mark.parametrize("text", ["-" * 200_000, " " * 200_000, "a" * 100_000 + " " * 100_000])
@pytest.mark.parametrize("quote", ["–-b", "b  a", "-" * 400 + "b", "a" * 400 + " a"])
def test_runs_of_one_character_take_no_time(text: str, quote: str) -> None:
    # Without possessive runs that begin at their first character this takes minutes, which nobody would overlook.
    assert near_miss(text, quote) is None

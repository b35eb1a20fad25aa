"""Links to words on a published page: what is named, what is given as context, what is encoded."""

import pytest

from annotations.core.text_fragment import linked, text_fragment

TEXT = (
    "Troops cleared mines\n\n"
    "The country sent troops, the agencies say. The country sent money, too.\n\n"
    "A well-known man & co said: “We lost nine.” The country\u00a0waits.\n\n"
    + "Word after word goes on. " * 8
    + "It ends here."
)


def fragment(words: str, nth: int = 0) -> str:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return text_fragment(TEXT, start, start + len(words)).removeprefix(":~:text=")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("cleared mines", "cleared%20mines"),
        ("agencies say", "agencies%20say"),
        ("well-known man & co", "well%2Dknown%20man%20%26%20co"),
        ("money, too", "money%2C%20too"),
        ("country\u00a0waits", "country%20waits"),
        ("“We lost nine.”", "%E2%80%9CWe%20lost%20nine.%E2%80%9D"),
    ],
)
def test_words_that_stand_once_are_named_alone(words: str, named: str) -> None:
    assert fragment(words) == named


def test_words_that_stand_more_often_get_the_words_around_them() -> None:
    assert fragment("The country sent") == "The%20country%20sent"  # a browser takes the first one
    second = "sent%20troops%2C%20the%20agencies%20say.-,The%20country%20sent,-money%2C%20too."
    assert fragment("The country sent", 1) == second


@pytest.mark.parametrize(
    ("words", "named"),
    [("gencies say", "a-,gencies%20say"), ("agencies sa", "agencies%20sa,-y."), ("genc", "a-,genc,-ies")],
)
def test_cut_words_are_completed_by_context(words: str, named: str) -> None:
    assert fragment(words) == named


def test_range_over_blocks_is_named_by_its_first_and_last_words() -> None:
    start, end = TEXT.index("cleared mines"), TEXT.index(" the agencies")

    assert text_fragment(TEXT, start, end) == ":~:text=cleared%20mines,The%20country%20sent%20troops%2C"


def test_long_range_is_named_by_its_first_and_last_words() -> None:
    start = TEXT.index("Word after")

    named = text_fragment(TEXT, start, len(TEXT))

    assert named == ":~:text=Word%20after%20word%20goes%20on.,goes%20on.%20It%20ends%20here."


def test_long_range_whose_first_words_stand_before_it_too_gets_context() -> None:
    start = TEXT.index("Word after", TEXT.index("Word after") + 1)

    named = text_fragment(TEXT, start, len(TEXT))

    assert named == (
        ":~:text=Word%20after%20word%20goes%20on.-,Word%20after%20word%20goes%20on.,goes%20on.%20It%20ends%20here."
    )


def test_white_space_at_the_ends_counts_for_nothing_and_alone_names_nothing() -> None:
    start = TEXT.index(" cleared mines\n")

    assert text_fragment(TEXT, start, start + len(" cleared mines\n\n")) == ":~:text=cleared%20mines"
    assert text_fragment(TEXT, start, start + 1) == ""


def test_fragment_of_the_address_stays() -> None:
    assert linked("https://example.org/a", ":~:text=b") == "https://example.org/a#:~:text=b"
    assert linked("https://example.org/a#top", ":~:text=b") == "https://example.org/a#top:~:text=b"

"""The palette: every colour can be seen on our pages, and the style sheet draws with the same ones."""

import re
from pathlib import Path

import pytest

from annotations.core.errors import DomainError
from annotations.core.palette import PAGE, PALETTE, Colour, check_contrast, check_number, contrast

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"


def test_contrast_is_counted_as_in_wcag() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_every_colour_of_the_palette_can_be_seen() -> None:
    for number in range(len(PALETTE)):
        check_number(number)


def test_style_sheet_draws_with_the_same_colours() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    drawn = dict(re.findall(r"--(c\d|paper): light-dark\((#\w{6}, #\w{6})\)", css))

    assert drawn == {
        "paper": f"{PAGE.light}, {PAGE.dark}",
        **{f"c{number}": f"{colour.light}, {colour.dark}" for number, colour in enumerate(PALETTE)},
    }


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [
        (Colour("Yellow", "#ffee00", "#ffee00"), "Yellow is hard to see on a light page: its contrast is 1.17 to 1"),
        (Colour("Night", "#101060", "#101060"), "Night is hard to see on a dark page"),
    ],
)
def test_colour_that_is_hard_to_see_is_refused(colour: Colour, sentence: str) -> None:
    with pytest.raises(DomainError, match=sentence) as refused:
        check_contrast(colour)

    assert refused.value.code == "low_contrast"


@pytest.mark.parametrize("number", [-1, 10])
def test_number_outside_of_the_palette_is_refused(number: int) -> None:
    with pytest.raises(DomainError, match=f"There is no colour {number}") as refused:
        check_number(number)

    assert (refused.value.code, refused.value.errors[0].pointer) == ("unknown_colour", "/colour")

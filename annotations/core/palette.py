"""The ten colours that labels may have, each in a light and a dark shade, and the contrast that they must have.

static/css/tokens.css draws with the same colours; a test compares the two.
"""

from dataclasses import dataclass
from typing import Final

from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _, gettext_noop

LEAST_CONTRAST: Final = 3.0
"""What WCAG asks of lines and dots that carry a meaning."""


@dataclass(frozen=True, slots=True)
class Colour:
    """`light` and `dark` are "#rrggbb", for pages in either scheme; `name` is English."""

    name: str
    light: str
    dark: str


PAGE: Final = Colour("Page", "#fdfcf9", "#14171c")
PALETTE: Final = (
    Colour(gettext_noop("Navy"), "#20308d", "#75acf7"),
    Colour(gettext_noop("Blue"), "#11699c", "#61e3fc"),
    Colour(gettext_noop("Teal"), "#039299", "#259988"),
    Colour(gettext_noop("Green"), "#005539", "#b5e3b8"),
    Colour(gettext_noop("Olive"), "#596100", "#decb30"),
    Colour(gettext_noop("Amber"), "#a27f1b", "#9f8017"),
    Colour(gettext_noop("Brown"), "#611b09", "#eb8b67"),
    Colour(gettext_noop("Rose"), "#cf4966", "#ce5965"),
    Colour(gettext_noop("Plum"), "#753e5f", "#c797b8"),
    Colour(gettext_noop("Violet"), "#9763ee", "#8e6fc3"),
)


def contrast(one: str, other: str) -> float:
    """How far two colours ("#rrggbb") are apart, from 1 to 21, as WCAG 2 counts it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check_number(number: int | None) -> None:
    """Raises "unknown_colour" or "low_contrast". None is the neutral line."""
    if number is None:
        return
    if not 0 <= number < len(PALETTE):
        raise _refused(
            "unknown_colour",
            _("There is no colour {number}. Choose one of 0 to {last}, or none.").format(
                number=number, last=len(PALETTE) - 1
            ),
        )
    check_contrast(PALETTE[number])


def check_contrast(colour: Colour) -> None:
    """Raises "low_contrast" for a colour that would be hard to see on our pages."""
    schemes = ((gettext_noop("light"), colour.light, PAGE.light), (gettext_noop("dark"), colour.dark, PAGE.dark))
    for scheme, shade, page in schemes:
        if (found := contrast(shade, page)) < LEAST_CONTRAST:
            raise _refused(
                "low_contrast",
                _(
                    "{colour} is hard to see on a {scheme} page: its contrast is {found:.2f} to 1, and "
                    "{least:.0f} to 1 is needed. Choose another colour."
                ).format(colour=_(colour.name), scheme=_(scheme), found=found, least=LEAST_CONTRAST),
            )


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _refused(code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError("/colour", code, sentence)])

"""A quote as sentences show it."""

from typing import Final

from annotations.core.wording import _, gettext_noop

SHOWN: Final = 120
"""Characters of a quote that a sentence shows."""

LONG: Final = gettext_noop("“{start} … {end}” ({length} code points)")


def shown(quote: str) -> str:
    """A quote as messages show it: in quotation marks, its middle left out when it is long."""
    return _in_marks(quote, _(LONG))


def shown_in_english(quote: str) -> str:
    """The same for texts that are stored, whoever reads them."""
    return _in_marks(quote, LONG)


def _in_marks(quote: str, long: str) -> str:
    if len(quote) <= SHOWN:
        return f"“{quote}”"
    return long.format(start=quote[: SHOWN * 3 // 4], end=quote[-SHOWN // 4 :], length=len(quote))

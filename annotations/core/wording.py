"""Sentences for people, in the language of whoever reads them. English unless `speak` was told who translates.

Named as gettext names them, so that its tools find the texts: `_` and `ngettext` translate now; `gettext_noop` marks a
text of a table, which is kept in English and handed to `_` when it is shown.
"""

from collections.abc import Callable

Translate = Callable[[str], str]
TranslateCount = Callable[[str, str, int], str]
WriteNumber = Callable[[int], str]


def _unchanged(text: str) -> str:
    return text


def _unchanged_count(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


def _with_commas(number: int) -> str:
    return f"{number:,}"


class _Speaker:
    """Who translates, for the whole process; which language it is, they know for each request."""

    text: Translate = staticmethod(_unchanged)
    count: TranslateCount = staticmethod(_unchanged_count)
    number: WriteNumber = staticmethod(_with_commas)


def speak(text: Translate, count: TranslateCount, number: WriteNumber) -> None:
    """From now on the first two translate, as gettext and ngettext do, and the third writes large whole numbers."""
    _Speaker.text, _Speaker.count, _Speaker.number = staticmethod(text), staticmethod(count), staticmethod(number)


def _(text: str) -> str:
    """The sentence in the reader's language; values go into named places afterwards, with `.format(count=3)`."""
    return _Speaker.text(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for `count` things; the language decides how many forms there are."""
    return _Speaker.count(one, many, count)


def grouped(number: int) -> str:
    """A large whole number as the language writes it: 2,000,000."""
    return _Speaker.number(number)


def gettext_noop(text: str) -> str:
    """The text itself, marked for the catalogue."""
    return text

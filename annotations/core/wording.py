"""Sentences for people, in the language of whoever reads them. English unless `speak` was told who translates.

Named as gettext names them, so that its tools find the texts: `_` and `ngettext` translate now; `gettext_noop` marks a
text of a table, which is kept in English and handed to `_` when it is shown.
"""

from collections.abc import Callable

Translate = Callable[[str], str]
TranslateCount = Callable[[str, str, int], str]


def _unchanged(text: str) -> str:
    return text


def _unchanged_count(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


class _Speaker:
    """Who translates, for the whole process; which language it is, they know for each request."""

    text: Translate = staticmethod(_unchanged)
    count: TranslateCount = staticmethod(_unchanged_count)


def speak(text: Translate, count: TranslateCount) -> None:
    """From now on these two translate, as gettext and ngettext do."""
    _Speaker.text, _Speaker.count = staticmethod(text), staticmethod(count)


def _(text: str) -> str:
    """The sentence in the reader's language; values go into named places afterwards, with `.format(count=3)`."""
    return _Speaker.text(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for `count` things; the language decides how many forms there are."""
    return _Speaker.count(one, many, count)


def gettext_noop(text: str) -> str:
    """The text itself, marked for the catalogue."""
    return text

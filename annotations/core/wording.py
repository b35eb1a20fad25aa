"""Sentences for people, in the language of whoever reads them. English unless `speak` was told who translates.

Named as gettext names them, so that its tools find the texts: `_` and `ngettext` translate now; `gettext_noop` marks a
text of a table, which is kept in English and handed to `_` when it is shown. What is stored and read by others later
goes through `kept`, and through `told` when somebody reads it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

Translate = Callable[[str], str]
TranslateCount = Callable[[str, str, int], str]
WriteNumber = Callable[[int], str]

IMPOSSIBLE: Final = re.compile("[\0\ud800-\udfff]")
REPEATED: Final = 1000
"""Characters of a text sent by somebody that a sentence repeats; lists of names that are known here are shorter."""


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


class Saying(str):
    """A text in the reader's language that remembers what it was made of: the English text, and the values in it."""

    __slots__ = ("origin",)

    origin: Mapping[str, Any]

    def __new__(cls, text: str, origin: Mapping[str, Any] | None = None) -> "Saying":
        made = super().__new__(cls, text)
        made.origin = origin or {"text": text}
        return made

    def format(self, *args: object, **values: object) -> "Saying":
        """With the values in their places; a value may be a sentence itself, or an error that carries one.

        Of a text that somebody sent, such as the name of a field, a sentence repeats the beginning and the end.
        """
        values = {name: shortened(value) if type(value) is str else value for name, value in values.items()}
        return Saying(str(self).format(*args, **values), {**self.origin, "values": values})

    def __deepcopy__(self, _memo: object) -> "Saying":
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process, which says it in the language of its own reader."""
        return told, (kept(self),)


def speak(text: Translate, count: TranslateCount, number: WriteNumber) -> None:
    """From now on the first two translate, as gettext and ngettext do, and the third writes large whole numbers."""
    _Speaker.text, _Speaker.count, _Speaker.number = staticmethod(text), staticmethod(count), staticmethod(number)


def shortened(text: str) -> str:
    """A text that somebody sent, as answers and reports repeat it: its middle left out when it is long.

    U+FFFD stands for what no answer and no database can hold: NUL and half of a surrogate pair.
    """
    text = text if text.isascii() and "\0" not in text else IMPOSSIBLE.sub("\ufffd", text)
    return text if len(text) <= REPEATED else f"{text[: REPEATED // 2]} … {text[-REPEATED // 2 :]}"


def _(text: str) -> Saying:
    """The sentence in the reader's language; values go into named places afterwards, with `.format(count=3)`."""
    return Saying(_Speaker.text(text), {"text": text})


def ngettext(one: str, many: str, count: int) -> Saying:
    """The sentence for `count` things; the language decides how many forms there are."""
    return Saying(_Speaker.count(one, many, count), {"text": one, "plural": many, "count": count})


def listed(pieces: Iterable[str]) -> Saying:
    """The pieces with commas between them."""
    found = list(pieces)
    return Saying(", ".join(found), {"list": found})


def said_by(error: Exception) -> str:
    """What an error says, which may be a sentence of ours."""
    return error.args[0] if error.args and isinstance(error.args[0], Saying) else str(error)


def kept(text: str) -> Any:
    """A sentence as JSON, to be told in any language later; a text that is no sentence of ours as it is."""
    if not isinstance(text, Saying):
        return text
    if "list" in text.origin:
        return {"list": [kept(each) for each in text.origin["list"]]}
    return {**text.origin, "values": {name: _kept_value(each) for name, each in text.origin.get("values", {}).items()}}


def _kept_value(value: object) -> Any:
    if isinstance(value, Exception):
        return kept(said_by(value))
    if isinstance(value, str):
        return kept(value)
    return value if isinstance(value, int | float) else str(value)


def told(found: Any) -> str:
    """What was `kept`, in the reader's language."""
    if not isinstance(found, dict):
        return cast(str, found)
    if "number" in found:
        return grouped(found["number"])
    if "list" in found:
        return listed(told(each) for each in found["list"])
    text = ngettext(found["text"], found["plural"], found["count"]) if "plural" in found else _(found["text"])
    values = {name: told(each) for name, each in found["values"].items()}
    return text.format(**values) if values else text


def grouped(number: int) -> Saying:
    """A large whole number as the language writes it: 2,000,000."""
    return Saying(_Speaker.number(number), {"number": number})


def gettext_noop(text: str) -> str:
    """The text itself, marked for the catalogue."""
    return text

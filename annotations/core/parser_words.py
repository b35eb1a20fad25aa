"""What parsers of Python say of a broken file, in the reader's language. What they say beside that stays as it is."""

from json import JSONDecodeError
from typing import Final
from xml.parsers.expat import ErrorString, ExpatError

from annotations.core.wording import _, gettext_noop

WORDS: Final = frozenset(
    {
        gettext_noop("Expecting value"),
        gettext_noop("Expecting ',' delimiter"),
        gettext_noop("Expecting ':' delimiter"),
        gettext_noop("Expecting property name enclosed in double quotes"),
        gettext_noop("Unterminated string starting at"),
        gettext_noop("Invalid control character at"),
        gettext_noop("Invalid \\escape"),
        gettext_noop("Invalid \\uXXXX escape"),
        gettext_noop("Extra data"),
        gettext_noop("Illegal trailing comma before end of object"),
        gettext_noop("Illegal trailing comma before end of array"),
        gettext_noop("syntax error"),
        gettext_noop("no element found"),
        gettext_noop("not well-formed (invalid token)"),
        gettext_noop("unclosed token"),
        gettext_noop("partial character"),
        gettext_noop("mismatched tag"),
        gettext_noop("duplicate attribute"),
        gettext_noop("junk after document element"),
        gettext_noop("undefined entity"),
        gettext_noop("unknown encoding"),
        gettext_noop("encoding specified in XML declaration is incorrect"),
        gettext_noop("unclosed CDATA section"),
        gettext_noop("unbound prefix"),
        gettext_noop("XML declaration not well-formed"),
        gettext_noop("XML or text declaration not at start of entity"),
    }
)
"""Of the json module and of expat, to the letter."""


def parser_words(error: Exception) -> str:
    """What is wrong, and in which line and column (from 1) where the parser says it."""
    if isinstance(error, JSONDecodeError):
        return _placed(error.msg, error.lineno, error.colno)
    if isinstance(error, ExpatError):
        return _placed(ErrorString(error.code), error.lineno, error.offset + 1)
    if isinstance(error, UnicodeDecodeError):
        return _("it is not written in UTF-8")
    return str(error)


def _placed(words: str, line: int, column: int) -> str:
    known = _(words) if words in WORDS else words
    return _("{words}, line {line}, column {column}").format(words=known, line=line, column=column)

"""What Python's parsers say is known to the letter, so that it can be said in other languages."""

import json
from xml.parsers import expat

import pytest

from annotations.core.parser_words import WORDS, parser_words


def refusal_of(data: str | bytes) -> Exception:
    try:
        if str(data[:1]) == "<" or isinstance(data, bytes):
            expat.ParserCreate(namespace_separator="}").Parse(data, True)
        else:
            json.loads(data)
    except (ValueError, expat.ExpatError) as error:
        return error
    raise AssertionError("The parser took it")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "Expecting property name enclosed in double quotes, line 1, column 2"),
        ("[\n1 2]", "Expecting ',' delimiter, line 2, column 3"),
        ('{"a" 1}', "Expecting ':' delimiter, line 1, column 6"),
        ("nonsense", "Expecting value, line 1, column 1"),
        ('"a', "Unterminated string starting at, line 1, column 1"),
        ('"a\t"', "Invalid control character at, line 1, column 3"),
        ('"\\x"', "Invalid \\escape, line 1, column 2"),
        ('"\\u12"', "Invalid \\uXXXX escape, line 1, column 3"),
        ("1 2", "Extra data, line 1, column 3"),
        (b"<a><b></a>", "mismatched tag, line 1, column 9"),
        (b"", "no element found, line 1, column 1"),
        (b"<a/>\nx", "junk after document element, line 2, column 1"),
        (b"<a b='1' b='2'/>", "duplicate attribute, line 1, column 10"),
        (b"<a>&b;</a>", "undefined entity, line 1, column 4"),
        (b"<a>1 < 2</a>", "not well-formed (invalid token), line 1, column 7"),
        (b"<x:a/>", "unbound prefix, line 1, column 1"),
    ],
)
def test_words_and_place(data: str | bytes, words: str) -> None:
    assert parser_words(refusal_of(data)) == words
    assert words.split(", line")[0] in WORDS


def test_wrong_charset_is_named() -> None:
    with pytest.raises(UnicodeDecodeError) as refused:
        b"\xff".decode()

    assert parser_words(refused.value) == "it is not written in UTF-8"


def test_whatever_else_is_wrong_is_said_as_it_is() -> None:
    assert parser_words(ValueError("Something else")) == "Something else"

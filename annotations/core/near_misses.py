"""Places that read like a quote but are spelt differently in Unicode: to explain, never to choose."""

import re
import unicodedata
from typing import Final

import regex

LONGEST_QUOTE: Final = 1_000
"""Code points; longer quotes get no explanation, since the pattern grows with the quote."""

SINGLE_QUOTES: Final = "'‘’‚‛′‵‹›`´ʼ"
DOUBLE_QUOTES: Final = '"“”„‟″‶«»〝〞〟＂'
DASHES: Final = "-‐‑‒–—―−﹘﹣－"

TOKEN: Final = regex.compile(rf"\s+|[{re.escape(DASHES)}]+|\X")


def near_miss(text: str, quote: str) -> tuple[int, int] | None:
    """The first range of `text` that differs from `quote` only in white space, quotation marks, dashes or in how
    accented letters are composed (NFC, NFD); code points, end exclusive. None when there is none.
    """
    wanted = quote.strip()
    if not wanted or len(wanted) > LONGEST_QUOTE:
        return None
    found = re.search("".join(map(_pattern, TOKEN.findall(wanted))), text)
    return found and found.span()


def _pattern(token: str) -> str:
    """A regular expression for every spelling of one token. Runs are possessive, so that no text makes them slow."""
    if token.isspace():
        return r"\s++"
    if token[0] in DASHES:
        # A dash may be typed as several; only the start of a run may match, or a line of dashes would take for ever.
        return f"(?<![{re.escape(DASHES)}])[{re.escape(DASHES)}]++"
    for marks in (SINGLE_QUOTES, DOUBLE_QUOTES):
        if token in marks:
            return f"[{re.escape(marks)}]"
    spellings = {token, unicodedata.normalize("NFC", token), unicodedata.normalize("NFD", token)}
    return f"(?:{'|'.join(re.escape(each) for each in sorted(spellings))})" if len(spellings) > 1 else re.escape(token)

"""What a line looks like: how long, how it ends, how it begins. Knows no language's words."""

import re
from functools import lru_cache
from typing import Final

kept = lru_cache(maxsize=64)
"""For what many rules ask of the same few texts, one after the other."""

CLOSERS: Final = "\"'”’»›)]}*_“‘」』）】"
ENDS: Final = ".!?…。！？؟।۔։"
PAUSES: Final = ":;,，、；：؛،—–-"
_AROUND_END: Final = CLOSERS + " \t\n"
_ENDS, _PAUSES = tuple(ENDS), tuple(PAUSES)

LONGEST_LABELLED: Final = 160
"""Code points of a line that labels itself without any of these marks, and is no caption or note of an agency."""
_TELLING = re.compile(
    r"[:：|/／\\©@#*_()\[\]{}<>«»‹›→\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)

_FULL_STOPS: Final = (".", "!", "?", "…")
_FIRST_WORDS: Final = ("photo", "addition", "report", "writ", "edit", "compil")
"""Of captions and notes without marks, which may be long: "Photo by ...", "Additional reporting by ..."."""

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_ACRONYM_END = re.compile(r"(?:^|[\s(])(?:\w\.){2,}$")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()\s]*\))*\)")
_EMPHASIS = re.compile(r"^(\*\*|__|\*|_)(?=\S)(.*\S)\1$", re.DOTALL)
_HEADING_MARK = re.compile(r"^#{1,6}\s+|\s+#+$")
_OPENERS: Final = "\"'“‘«‹„‚([{¿¡*_「『（【—–-…#\u200e\u200f\u202a-\u202e\u2066-\u2069"


@kept
def breadth(text: str) -> int:
    """Length in Latin letters' worth: an ideograph says about as much as three letters."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def is_broader(text: str, than: int) -> bool:
    """Whether its breadth is more than that; nobody has to look at the letters of a long one."""
    return len(text) > than or breadth(text) > than


@kept
def words(text: str) -> int:
    """How many words; three ideographs count as one."""
    wide = len(_WIDE.findall(text))
    return len(text.split()) + wide // 3


@kept
def ends_sentence(text: str) -> bool:
    """Closing quotation marks and brackets are looked through; "the U.S." at the end of a headline is no full stop."""
    bare = text.rstrip(_AROUND_END)
    return bare.endswith(_ENDS) and not (bare[-3:-2] == "." and _ACRONYM_END.search(bare))


@kept
def ends_open(text: str) -> bool:
    """Neither a full stop nor a comma, colon or dash at the end."""
    return not ends_sentence(text) and not text.rstrip(_AROUND_END).endswith(_PAUSES)


def starts_small(text: str) -> bool:
    """Begins with a lower-case letter, so that it looks like the middle of a sentence."""
    bare = text.lstrip(_OPENERS + " ")
    return bare[:1].islower()


def is_prose(text: str) -> bool:
    """A whole sentence of some length."""
    return ends_sentence(text) and is_broader(text, 49)


@kept
def is_plain_prose(text: str) -> bool:
    """Long, from a word to a full stop, and without the marks of labels, links, credits and asides.

    No rule for such lines says yes to it. So are most paragraphs, and to ask all the rules takes longer than to see
    this.
    """
    return (
        len(text) > LONGEST_LABELLED
        and text.endswith(_FULL_STOPS)
        and text[-2].isalnum()
        and (text[0].isalnum() or (text[1].isalnum() and text[0] != " "))
        and not text[:10].lower().startswith(_FIRST_WORDS)
        and "  " not in text
        and not _TELLING.search(text)
    )


def is_bare_mark(text: str) -> bool:
    """Holds no letter and no digit: a row of stars, a rule, an invisible character."""
    return not any(map(str.isalnum, text))


def without_links(text: str) -> str:
    """`[shown](target)` becomes `shown`."""
    return _MARKDOWN_LINK.sub(r"\1", text) if "](" in text else text


def is_only_link(text: str) -> bool:
    return _MARKDOWN_LINK.fullmatch(text) is not None


@kept
def one_line(text: str) -> str:
    """Words without links, heading marks, emphasis marks and runs of white space: for a field, never for the text."""
    bare = _HEADING_MARK.sub("", text) if "#" in text else text
    line = " ".join(without_links(bare).split())
    return _EMPHASIS.sub(r"\2", line).strip() if line.startswith(("*", "_")) else line

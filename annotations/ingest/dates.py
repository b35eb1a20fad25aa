"""Lines that hold a date and nothing else ("December 13, 2025", "Veröffentlicht am 13.12.2025, 14:05 Uhr | Stand: …").

Prose never becomes a date: a line is cut at its dividers, and every piece must be a whole date, a time or a
reading time.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

from dateparser.date import DateDataParser  # type: ignore[import-untyped]

from annotations.ingest.phrases import PUBLISHED, UPDATED, alternatives

LONGEST_DATE: Final = 60
LONGEST_LINE: Final = 160
LANGUAGES: Final = ("en", "uk", "ru", "de", "fr", "es", "it", "pt", "pl", "nl", "tr", "ar", "zh", "ja")
"""Looked through in this order; the first in which every word of the line has a meaning wins."""

_LABEL = re.compile(
    rf"(?:(?P<updated>{alternatives(UPDATED)})|(?P<published>{alternatives(PUBLISHED)}))(?![^\W\d_])\s*[:：]?\s*",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"\s*[|•·]\s*|\s+[–—/-]\s+|\s*[;(),，]\s*(?=(?:%s)\b)" % alternatives(UPDATED), re.IGNORECASE)  # noqa: UP031
_FILLER = re.compile(
    r"\d{1,3}[\s-]*(?:min(?:ute)?s?\.?|Minuten|хв\.?|мин\.?)"
    r"(?:\s+(?:read|Lesezeit|de lecture|de lectura|читання|чтения))?"
    r"|(?:updated\s+)?(?:\d{1,3}|an?|one)\s+(?:min(?:ute)?|hour|day)s?\s+ago"
    r"|(?:at\s+)?\d{1,2}[:.h]\d{2}(?:\s*(?:[ap]\.?m\.?|Uhr|h))?(?:\s+\(?(?:[A-Z]{2,4}|[+-]\d{1,2}(?::?\d{2})?)\)?)?",
    re.IGNORECASE,
)
_DAY_AND_YEAR = re.compile(r"(?=.*(?<!\d)\d{1,2}(?!\d))(?=.*(?<!\d)[12]\d{3}(?!\d))", re.DOTALL)
_RUN_TOGETHER = re.compile(r"(?<!\d)[12]\d{3}-?\d{2}-?\d{2}(?!\d)")
_ALL_NUMBERS = re.compile(r"(?:\d{1,2}([./-]) ?\d{1,2}\1 ?\d{4}|\d{4}([./-])\d{1,2}\2\d{1,2}|\d{8})(?!\d)")
_DIGITS: Final = {**{0x660 + n: str(n) for n in range(10)}, **{0x6F0 + n: str(n) for n in range(10)}}
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_GLUED_TIME = re.compile(r"(?<!\d)([12]\d{3})(?=\d{1,2}:\d{2})")
_PLACE = re.compile(r"(?P<place>[^\W\d_][^\d,]{1,40}?)(?:,\s*|\s+\((?=.*\)$))(?:(?:den|le|a|the)\s+)?(?P<date>.+)")
_PATH = re.compile(r"/((?:19|20)\d{2})(?P<divider>[/-])(\d{1,2})(?P=divider)(\d{1,2})(?!\d)")
_ZONE_TAIL = re.compile(r"\s+\(?(?:[A-Z]{2,5}|local time|Ortszeit)\)?\.?$")
_MONTH_FIRST: Final = frozenset({"en", ""})


@dataclass(frozen=True, slots=True)
class Dateline:
    """`published` is None where the line is a date that is ambiguous (03/04/2025), or only says when it was updated."""

    published: date | None


def dateline(line: str, language: str = "") -> Dateline | None:
    """None unless the whole line is dates, with their labels and a place before the first ("Kyiv, 13.12.2025")."""
    bare = line.strip(" \t\n*_()[]")
    if len(bare) > LONGEST_LINE or not any(map(str.isdigit, bare)):
        return None
    bare = _GLUED_TIME.sub(r"\1 ", bare)
    if len(bare) > LONGEST_LINE:
        return None
    found = [_piece(piece, language) for piece in _DIVIDER.split(bare) if piece and piece.strip(" ()")]
    if not found or None in found or not any(piece.is_date for piece in found if piece):
        return None
    return Dateline(next((piece.published for piece in found if piece and piece.published), None))


@lru_cache(maxsize=1024)
def whole_date(text: str, language: str = "") -> tuple[bool, date | None]:
    """Is all of `text` one date, and which; (True, None) where day and month cannot be told apart."""
    bare = _ZONE_TAIL.sub("", text.strip().rstrip(".")).translate(_DIGITS)
    if not bare or len(bare) > LONGEST_DATE or not (_DAY_AND_YEAR.match(bare) or _RUN_TOGETHER.match(bare)):
        return False, None
    if not any(character.isalpha() for character in bare) and not _ALL_NUMBERS.match(bare):
        return False, None
    read = _read(bare)
    if read is None:
        return False, None
    return True, None if _is_ambiguous(bare, language) else read


def date_in_address(url: str) -> date | None:
    """The day in a path like /2025/12/13/title, which news sites put there on publication."""
    match = _PATH.search(url)
    try:
        return date(int(match[1]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Piece:
    is_date: bool
    published: date | None = None


def _piece(text: str, language: str) -> _Piece | None:
    bare = text.strip(" ()\t\n")
    if _FILLER.fullmatch(bare):
        return _Piece(is_date=False)
    label = _LABEL.match(bare)
    rest = bare[label.end() :] if label else bare
    is_date, when = whole_date(rest, language)
    if not is_date and not label:
        is_date, when = _after_place(rest, language)
    if not is_date:
        return _Piece(is_date=False) if label and _FILLER.fullmatch(rest) else None
    return _Piece(True, None if label and label["updated"] else when)


def _after_place(text: str, language: str) -> tuple[bool, date | None]:
    match = _PLACE.fullmatch(text)
    if not match or len(match["place"].split()) > 3 or not match["place"][0].isupper():
        return False, None
    return whole_date(match["date"].rstrip(")"), language)


def _is_ambiguous(text: str, language: str) -> bool:
    """12.05.2025 is always the 12th of May; 12/05/2025 is that everywhere but in America, which writes English."""
    match = _NUMBERS.search(text)
    if not match or match[2] == "." or language not in _MONTH_FIRST:
        return False
    first, second = int(match[1]), int(match[3])
    return first <= 12 and second <= 12 and first != second


def _read(text: str) -> date | None:
    """dateparser is given whole dates only, and none of its guesses: no relative dates, no missing parts."""
    try:
        moment = _parser().get_date_data(_compact(text)).date_obj
    except (ValueError, OverflowError, TypeError):
        return None
    return moment.date() if moment else None


def _compact(text: str) -> str:
    match = re.fullmatch(r"([12]\d{3})(\d{2})(\d{2})", text)
    return f"{match[1]}-{match[2]}-{match[3]}" if match else text


@cache
def _parser() -> DateDataParser:
    return DateDataParser(
        languages=list(LANGUAGES),
        settings={
            "PARSERS": ["absolute-time"],
            "STRICT_PARSING": True,
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
        },
    )

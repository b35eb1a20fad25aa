"""Which block is the headline and which lines between paragraphs are subheads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.bylines import is_bare_name
from annotations.ingest.phrases import SECTIONS, alternatives
from annotations.ingest.shapes import (
    PAUSES,
    breadth,
    ends_open,
    ends_sentence,
    is_broader,
    is_prose,
    starts_small,
    words,
)
from annotations.ingest.units import Unit

LONGEST_HEADLINE: Final = 220
LONGEST_FRAGMENT: Final = 120
"""A longer paragraph is one even if its end is missing."""
LONGEST_SUBHEAD: Final = 90
MOST_SUBHEAD_WORDS: Final = 12

ABOVE: Final = frozenset(
    {BlockKind.SOURCE, BlockKind.DATELINE, BlockKind.BYLINE, BlockKind.CREDIT, BlockKind.ASIDE, BlockKind.CAPTION}
)
"""What may stand above a headline."""
_BODY: Final = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTATION})
_SIGNED: Final = frozenset({BlockKind.BYLINE, BlockKind.DATELINE})
_MARK = re.compile(r"#{1,6}\s+\S")
_SECTION = re.compile(rf"(?:{alternatives(SECTIONS)})(?:\s*[|/:»›>]\s*\S.{{0,30}})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """Places in the list of units. `kicker`: the section's name above the headline, if there is one."""

    place: int
    kicker: int | None = None


def headline_at(units: Sequence[Unit], kinds: Sequence[BlockKind | None]) -> Headline | None:
    """The first block that is neither label nor section name, if it looks like a title and an article follows."""
    if BlockKind.HEADLINE in kinds:
        return None
    candidates = [place for place, kind in enumerate(kinds) if kind not in ABOVE][:2]
    if not candidates or kinds[candidates[0]] is not None:
        return None
    first = candidates[0]
    if len(candidates) == 2 and _is_kicker(units, kinds, first, candidates[1]):
        return Headline(candidates[1], kicker=first)
    return Headline(first) if _is_headline(units, kinds, first) else None


def bare_byline_at(units: Sequence[Unit], kinds: Sequence[BlockKind | None], headline: int) -> int | None:
    """The place of a name without "By" that stands between headline and date, in an article with no other byline."""
    place = headline + 1
    if BlockKind.BYLINE in kinds or kinds[place : place + 2] != [None, BlockKind.DATELINE]:
        return None
    text = units[place].text
    return place if is_bare_name(text) and not _SECTION.fullmatch(text) else None


def is_bare_credit(units: Sequence[Unit], kinds: Sequence[BlockKind | None], place: int) -> bool:
    """ "Russian Defense Ministry" under author and date, right above the first paragraph: whose picture it was."""
    text = units[place].text
    if place + 1 >= len(units) or kinds[place - 1] not in _SIGNED or kinds[place + 1] is not None:
        return False
    is_name = words(text) <= 4 and has_heading_shape(text) and all(word[:1].isupper() for word in text.split())
    return is_name and set(kinds[:place]) >= _SIGNED and _is_body(units[place + 1].text)


def is_subhead(units: Sequence[Unit], kinds: Sequence[BlockKind | None], place: int, *, below: int) -> bool:
    """A short line with no full stop between whole paragraphs. `below`: the headline's place, -1 if there is none."""
    text = units[place].text
    if _MARK.match(text):
        return True
    if not has_heading_shape(text) or place + 1 >= len(units) or place == 0:
        return False
    return _closes(units, kinds, place - 1) and _begins_body(units, kinds, place, below)


def has_heading_shape(text: str) -> bool:
    """One line, few words, nothing at its end, beginning like a sentence."""
    is_short = not is_broader(text, LONGEST_SUBHEAD) and "\n" not in text and words(text) <= MOST_SUBHEAD_WORDS
    return is_short and ends_open(text) and not starts_small(text) and any(character.isalpha() for character in text)


def _is_headline(units: Sequence[Unit], kinds: Sequence[BlockKind | None], place: int) -> bool:
    text = units[place].text
    if _MARK.match(text):
        return True
    follows = [(unit, kind) for unit, kind in zip(units[place + 1 :], kinds[place + 1 :], strict=True)]
    if not any(kind in _BODY or (kind is None and _is_body(unit.text)) for unit, kind in follows):
        return False
    return _looks_like_title(text, is_signed=follows[0][1] in _SIGNED)


def _looks_like_title(text: str, *, is_signed: bool) -> bool:
    """`is_signed`: a byline or date follows at once, which lets a headline end with a full stop."""
    if is_broader(text, LONGEST_HEADLINE) or words(text) > 32 or starts_small(text) or text.count("\n") > 2:
        return False
    if "\n" in text and breadth(text.split("\n", 1)[0]) < 30:
        return False
    if text.rstrip("\"'”’»)] ").endswith(tuple(PAUSES)):
        return False
    return not ends_sentence(text) or _asks_or_shouts(text) or (is_signed and words(text) <= 20)


def _asks_or_shouts(text: str) -> bool:
    return words(text) <= 20 and text.rstrip("\"'”’»)] ").endswith(("?", "!", "？", "！", "؟", "…", "..."))


def _is_kicker(units: Sequence[Unit], kinds: Sequence[BlockKind | None], first: int, second: int) -> bool:
    is_section = _SECTION.fullmatch(units[first].text) is not None
    return is_section and kinds[second] is None and _is_headline(units, kinds, second)


def _closes(units: Sequence[Unit], kinds: Sequence[BlockKind | None], place: int) -> bool:
    """What stands above is complete, so that the line is not the rest of a broken paragraph."""
    return kinds[place] not in (None, BlockKind.PARAGRAPH) or ends_sentence(units[place].text)


def _begins_body(units: Sequence[Unit], kinds: Sequence[BlockKind | None], place: int, below: int) -> bool:
    """What stands below is a paragraph; right under the headline, author and date may come first."""
    text, kind = units[place + 1].text, kinds[place + 1]
    if place == below + 1 and below >= 0 and kind in ABOVE:
        return True
    if kind is not None:
        return kind in _BODY
    return not starts_small(text) and _is_body(text)


def _is_body(text: str) -> bool:
    return is_broader(text, LONGEST_FRAGMENT) or is_prose(text)

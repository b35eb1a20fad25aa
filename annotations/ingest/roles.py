"""What each block of an article is, told from its words, its shape and its place. When unsure, it is a paragraph."""

import re
from collections.abc import Sequence
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.bylines import byline
from annotations.ingest.credits import is_agency_note, is_caption, is_credit, is_labelled_credit
from annotations.ingest.dates import dateline
from annotations.ingest.headings import bare_byline_at, headline_at, is_bare_credit, is_subhead
from annotations.ingest.labels import is_aside, is_url_label, labelled_url, only_url, outlet
from annotations.ingest.phrases import SALUTATIONS, alternatives
from annotations.ingest.shapes import is_bare_mark, is_plain_prose, is_prose
from annotations.ingest.units import Unit

LONGEST_LABEL: Final = 600
"""Code points; a longer unit is prose whatever it begins with."""
MOST_LABELLED: Final = 1_000
"""Units in which labels are looked for; what is longer is a book."""
HEAD: Final = 10
TAIL: Final = 4

_SALUTATION = re.compile(rf"(?:{alternatives(SALUTATIONS)})(?!\w)[^.!?\n]{{0,60}}[,!:，：]?", re.IGNORECASE)


def kinds_of(units: Sequence[Unit], language: str = "") -> list[BlockKind]:
    """A kind for each unit; the kinds that mark-up gave are kept."""
    head = head_length(units)
    known = [_marked(unit) or _labelled(units, place, head, language) for place, unit in enumerate(units)]
    headline = headline_at(units, known)
    if headline is not None:
        known[headline.place] = BlockKind.HEADLINE
        if headline.kicker is not None:
            known[headline.kicker] = BlockKind.ASIDE
        if (author := bare_byline_at(units, known, headline.place)) is not None:
            known[author] = BlockKind.BYLINE
    first = headline.place if headline else -1
    for place in range(len(units)):
        if 0 < place < head and known[place] is None and is_bare_credit(units, known, place):
            known[place] = BlockKind.CREDIT
        if known[place] is None and is_subhead(units, known, place, below=first):
            known[place] = BlockKind.SUBHEAD
    return [kind or BlockKind.PARAGRAPH for kind in known]


def head_length(units: Sequence[Unit]) -> int:
    """How many units may name author and date: all before the second whole sentence."""
    prose = [
        place for place, unit in enumerate(units[:HEAD]) if is_prose(unit.text) and unit.kind is not BlockKind.HEADLINE
    ]
    return prose[1] if len(prose) > 1 else min(HEAD, len(units))


def stands_alone(line: str, number: int) -> bool:
    """A line of a plain text that is never a part of the paragraph around it. `number` counts lines from 0."""
    if len(line) > LONGEST_LABEL or is_plain_prose(line):
        return False
    if number >= MOST_LABELLED:
        return bool(only_url(line))
    if dateline(line) or only_url(line) or labelled_url(line) or (is_url_label(line) and line.endswith(":")):
        return True
    return (
        is_labelled_credit(line)
        or is_aside(line, in_body=False)
        or (number < HEAD and bool(outlet(line) or byline(line)))
    )


def _marked(unit: Unit) -> BlockKind | None:
    """What the mark-up says; a point of a list may be a pointer to another article."""
    is_pointer = unit.kind is BlockKind.LIST_ITEM and is_aside(unit.text, in_body=False)
    return BlockKind.ASIDE if is_pointer else unit.kind


def _labelled(units: Sequence[Unit], place: int, head: int, language: str) -> BlockKind | None:
    text = units[place].text
    if is_bare_mark(text):
        return BlockKind.ASIDE
    if len(text) > LONGEST_LABEL or is_plain_prose(text) or MOST_LABELLED <= place < len(units) - TAIL:
        return None
    if _is_source(units, place, head):
        return BlockKind.SOURCE
    if place < head or place >= len(units) - 2:
        found = byline(text, is_first=place == 0)
        if found and not (place == 0 and len(units) == 1):
            return BlockKind.BYLINE
    if dateline(text, language):
        return BlockKind.DATELINE if place < head or place >= len(units) - TAIL else BlockKind.SUBHEAD
    return _picture_or_aside(units, place, head)


def _picture_or_aside(units: Sequence[Unit], place: int, head: int) -> BlockKind | None:
    text = units[place].text
    near_head = 0 < place < head and not all(is_prose(unit.text) for unit in units[:place])
    if is_caption(text):
        return BlockKind.CAPTION
    if is_labelled_credit(text) or (place > 0 and is_credit(text, near_head=near_head)):
        return BlockKind.CREDIT
    if place >= len(units) - TAIL and is_agency_note(text):
        return BlockKind.CREDIT
    if is_aside(text, in_body=place >= head):
        return BlockKind.ASIDE
    return BlockKind.PARAGRAPH if _SALUTATION.fullmatch(text) else None


def _is_source(units: Sequence[Unit], place: int, head: int) -> bool:
    text = units[place].text
    if only_url(text) or labelled_url(text):
        return True
    if is_url_label(text):
        return place + 1 < len(units) and bool(only_url(units[place + 1].text))
    return bool(outlet(text)) and _is_outermost(units, place)


def _is_outermost(units: Sequence[Unit], place: int) -> bool:
    """Above all sentences or below them; between them "Source: the ministry" says who told the reporter."""
    above, below = units[:place], units[place + 1 :]
    return any(len(side) <= HEAD and not any(is_prose(unit.text) for unit in side) for side in (above, below))

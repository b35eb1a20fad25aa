"""From a plain text to the ranges of its paragraphs: lines that were only wrapped are joined, others stand alone.

Ranges are (start, end) in code points, end exclusive, without white space at their ends.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.bullets import marked_kinds
from annotations.ingest.shapes import ends_sentence, starts_small
from annotations.ingest.wrapping import Wrapping, wrapping_of

INDENT: Final = 4
"""Columns; a tab is as many."""

_BREAK = re.compile(r"[\n\v\f\x85\u2028\u2029]")
_RARE_BREAKS: Final = "\v\f\x85\u2028\u2029"
_HEADING = re.compile(r"#{1,6}\s+\S")
_VERSE_WIDTH: Final = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `opens`: nothing or a blank line stands above it. `indent` in columns."""

    start: int
    end: int
    text: str
    opens: bool
    indent: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A range and, where the marks at its line beginnings say so, its kind."""

    start: int
    end: int
    kind: BlockKind | None


def lines_of(text: str) -> list[Line]:
    """Every line that is not blank, in order."""
    lines = []
    position, opens = 0, True
    for raw in _BREAK.split(text) if any(mark in text for mark in _RARE_BREAKS) else text.split("\n"):
        bare = raw.strip()
        if bare:
            margin = 0 if raw[0] == bare[0] else len(raw) - len(raw.lstrip())
            start = position + margin
            indent = len(raw[:margin].expandtabs(INDENT)) if margin else 0
            lines.append(Line(start, start + len(bare), bare, opens, indent))
        opens = not bare
        position += len(raw) + 1
    return lines


def paragraphs_of(text: str, stands_alone: Callable[[str, int], bool]) -> list[Paragraph]:
    """`stands_alone(line, number)` knows the lines that are never joined to others: dates, bylines, labels."""
    lines = lines_of(text)
    groups: list[list[Line]] = []
    kinds: list[BlockKind | None] = []
    layout = _layout_of(lines, stands_alone)
    for number, line in enumerate(lines):
        if groups and layout.continues(number, kinds[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
            kinds.append(layout.kinds[number])
    return [Paragraph(group[0].start, group[-1].end, kind) for group, kind in zip(groups, kinds, strict=True)]


@dataclass(frozen=True, slots=True)
class _Layout:
    lines: list[Line]
    kinds: list[BlockKind | None]
    alone: list[bool]
    verses: set[int]
    wrapping: Wrapping

    def continues(self, number: int, kind: BlockKind | None) -> bool:
        """Does line `number` belong to the paragraph above it, whose kind is `kind`?"""
        line, above = self.lines[number], self.lines[number - 1]
        if line.opens:
            return False
        if kind is BlockKind.QUOTATION or self.kinds[number] is BlockKind.QUOTATION:
            return kind is self.kinds[number]
        if self.alone[number] or self.kinds[number] or self.alone[number - 1] or kind is BlockKind.ASIDE:
            return False
        if kind is BlockKind.LIST_ITEM and line.indent >= 2:
            return True
        return {number, number - 1} <= self.verses or self._joins(above, line)

    def _joins(self, above: Line, line: Line) -> bool:
        if self.wrapping.width:
            is_indented = line.indent > above.indent + 1
            is_full = self.wrapping.is_full(above.text, line.text)
            return not (is_indented and ends_sentence(above.text)) and (
                is_full or (starts_small(line.text) and not ends_sentence(above.text))
            )
        return starts_small(line.text) and not ends_sentence(above.text) and not above.text.endswith(":")


def _layout_of(lines: list[Line], stands_alone: Callable[[str, int], bool]) -> _Layout:
    kinds = marked_kinds([line.text for line in lines], [line.opens for line in lines])
    chunks = _chunks(lines)
    for chunk in _indented_quotations(lines, chunks):
        for number in chunk:
            kinds[number] = kinds[number] or BlockKind.QUOTATION
    alone = [False] * len(lines)  # nobody asks for those between two blank lines
    for number in chain.from_iterable(chunk for chunk in chunks if len(chunk) > 1):
        alone[number] = bool(_HEADING.match(lines[number].text)) or stands_alone(lines[number].text, number)
    free = [kind is None and not apart for kind, apart in zip(kinds, alone, strict=True)]
    pairs = [
        (lines[a].text, lines[b].text)
        for chunk in chunks
        for a, b in zip(chunk, chunk[1:], strict=False)
        if free[a] and free[b]
    ]
    wrapping = wrapping_of(pairs)
    verses = set() if wrapping.width else {number for chunk in _verses(lines, chunks, free) for number in chunk}
    return _Layout(lines, kinds, alone, verses, wrapping)


def _chunks(lines: list[Line]) -> list[list[int]]:
    """Line numbers between blank lines."""
    chunks: list[list[int]] = []
    for number, line in enumerate(lines):
        if line.opens:
            chunks.append([])
        chunks[-1].append(number)
    return chunks


def _indented_quotations(lines: list[Line], chunks: list[list[int]]) -> list[list[int]]:
    """Set in from the left as a whole, in a text that is not."""
    if not any(line.indent for line in lines):
        return []
    indented = [chunk for chunk in chunks if all(lines[number].indent >= INDENT for number in chunk)]
    plain = len(chunks) - len(indented)
    if plain < 2 or len(indented) > plain:
        return []
    return [chunk for chunk in indented if chunk[0] > 0 and ends_sentence(lines[chunk[-1]].text)]


def _verses(lines: list[Line], chunks: list[list[int]], free: list[bool]) -> list[list[int]]:
    """Several short lines that mostly do not end a sentence: a stanza, an address."""
    found = []
    for chunk in chunks:
        least = 4 if chunk[0] == 0 and len(chunks) > 1 else 3
        if len(chunk) < least or not all(free[n] for n in chunk):
            continue
        texts = [lines[number].text for number in chunk]
        is_short = all(len(text) <= _VERSE_WIDTH for text in texts)
        if is_short and sum(map(ends_sentence, texts)) * 2 < len(texts):
            found.append(chunk)
    return found

"""Marks at the beginning of lines that say what the line is: list items, quoted lines, rules."""

import re
from collections.abc import Sequence
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.shapes import PAUSES, ends_sentence, is_bare_mark

# A dash longer than a hyphen opens speech in Ukrainian, French and Spanish, so it is no bullet.
_BULLET = re.compile(r"[-*•‣◦▪∙●○■□➤►✓✔]\s+\S|[•●▪►✓✔]\S")
_NUMBER = re.compile(r"\(?(\d{1,2})([.)])\s+\S")
_QUOTE: Final = ">"


def marked_kinds(lines: Sequence[str], opens: Sequence[bool]) -> list[BlockKind | None]:
    """`opens[n]`: line n begins a paragraph for sure, because nothing or a blank line stands above it."""
    numbered = _numbered(lines)
    kinds: list[BlockKind | None] = []
    for number, line in enumerate(lines):
        if line[:1].isalpha():  # no mark
            kinds.append(None)
            continue
        begins = (
            opens[number]
            or kinds[-1] is not None
            or ends_sentence(lines[number - 1])
            or lines[number - 1].endswith(tuple(PAUSES))
        )
        kinds.append(_kind(line, begins=begins, is_numbered=number in numbered))
    return kinds


def _kind(line: str, *, begins: bool, is_numbered: bool) -> BlockKind | None:
    if line.startswith(_QUOTE) and not is_bare_mark(line):
        return BlockKind.QUOTATION
    if is_bare_mark(line):
        return BlockKind.ASIDE
    if is_numbered or (begins and _BULLET.match(line)):
        return BlockKind.LIST_ITEM
    return None


def _numbered(lines: Sequence[str]) -> set[int]:
    """Lines "2. …" whose neighbour in the list is there too: "13. Dezember war kalt" alone is a sentence."""
    marks = [(n, int(match[1]), match[2]) for n, line in enumerate(lines) if (match := _NUMBER.match(line))]
    pairs = [
        (here[0], there[0])
        for here, there in zip(marks, marks[1:], strict=False)
        if there[1] == here[1] + 1 and there[2] == here[2]
    ]
    return {number for pair in pairs for number in pair}

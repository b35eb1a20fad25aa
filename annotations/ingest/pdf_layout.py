"""From lines on pages to paragraphs: joins lines and pages, sets running headers apart, tells headings by type size."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.bullets import marked_kinds
from annotations.ingest.headings import has_heading_shape
from annotations.ingest.pdf_lines import Line, Sheet
from annotations.ingest.roles import stands_alone
from annotations.ingest.shapes import breadth, ends_sentence, starts_small
from annotations.ingest.units import Unit

MARGIN: Final = 0.1
"""The share of a page's height at its top and bottom where running headers and page numbers stand."""
LARGER: Final = 1.15
HEADLINE: Final = 1.25

FAR: Final = 1_000

_HYPHENS: Final = ("-", "\u00ad", "\u2010")
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.|стор\.?|сторінка|стр\.?|página|صفحة|第)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|з|из|من)\s*\d{1,4})?\s*页?\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    is_furniture: bool = False

    @property
    def text(self) -> str:
        """Lines joined by a space; after a hyphen, which may or may not belong to the word, the line break stays."""
        text = ""
        for line in self.lines:
            gap = "\n" if text.endswith(_HYPHENS) else _gap(text, line.text)
            text = f"{text}{gap}{line.text}" if text else line.text
        return text

    @property
    def size(self) -> float:
        return self.lines[0].size


def units_of(sheets: Sequence[Sheet]) -> list[Unit]:
    """Every line of every page is in one unit."""
    body_size = _body_size(sheets)
    paragraphs = _joined_over_pages(list(_paragraphs(sheets)), body_size)
    kinds = _kinds(paragraphs, body_size)
    return [Unit(paragraph.text, kind) for paragraph, kind in zip(paragraphs, kinds, strict=True)]


def _body_size(sheets: Sequence[Sheet]) -> float:
    """The size most characters are set in."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _paragraphs(sheets: Sequence[Sheet]) -> Iterator[_Paragraph]:
    running = _running_lines(sheets)
    for number, sheet in enumerate(sheets):
        current = _Paragraph()
        for place, line in enumerate(sheet.lines):
            if (number, place) in running:
                yield _Paragraph([line], is_furniture=True)
            elif current.lines and _continues(current.lines[-1], line, sheet.lines, place if number == 0 else FAR):
                current.lines.append(line)
            else:
                if current.lines:
                    yield current
                current = _Paragraph([line])
        if current.lines:
            yield current


def _continues(last: Line, line: Line, page: Sequence[Line], number: int) -> bool:
    """In the same block, in the same type, and the line above does not end a paragraph early.

    `number` of the line in the document, `FAR` behind its first page.
    """
    if line.box != last.box or abs(line.size - last.size) > 0.1 * last.size or line.is_bold != last.is_bold:
        return False
    if marked_kinds([line.text], [True])[0] is not None or any(
        stands_alone(each.text, number) for each in (last, line)
    ):
        return False
    block = [other for other in page if other.box == line.box]
    left, right = min(other.x0 for other in block), max(other.x1 for other in block)
    is_short = last.x1 < right - 0.12 * (right - left)
    is_indented = line.x0 > left + line.size * 0.8 and last.x0 <= left + line.size * 0.8
    return not (ends_sentence(last.text) and (is_short or is_indented))


def _running_lines(sheets: Sequence[Sheet]) -> set[tuple[int, int]]:
    """(page, line) of what stands at the top or bottom of several pages, and of page numbers."""
    edges = [
        (number, place, re.sub(r"\d+", "#", line.text))
        for number, sheet in enumerate(sheets)
        for place, line in enumerate(sheet.lines)
        if line.y0 > (1 - MARGIN) * sheet.height or line.y1 < MARGIN * sheet.height
    ]
    pages: dict[str, set[int]] = {}
    for number, _, key in edges:
        pages.setdefault(key, set()).add(number)
    often = max(2, min(3, (len(sheets) + 1) // 2))
    return {
        (number, place)
        for number, place, key in edges
        if len(pages[key]) >= often or _PAGE_NUMBER.fullmatch(sheets[number].lines[place].text)
    }


def _joined_over_pages(paragraphs: list[_Paragraph], body_size: float) -> list[_Paragraph]:
    """A sentence that goes on in the next column or page is one paragraph; page number and header come after it."""
    joined: list[_Paragraph] = []
    open_body: _Paragraph | None = None
    for paragraph in paragraphs:
        if not paragraph.is_furniture and open_body is not None and _runs_on(open_body, paragraph, body_size):
            open_body.lines.extend(paragraph.lines)
            continue
        joined.append(paragraph)
        if not paragraph.is_furniture:
            open_body = paragraph
    return joined


def _runs_on(above: _Paragraph, below: _Paragraph, body_size: float) -> bool:
    same_type = abs(above.size - below.size) < 0.05 * body_size and abs(above.size - body_size) < 0.05 * body_size
    return same_type and starts_small(below.text) and not ends_sentence(above.text) and breadth(above.text) > 40


def _kinds(paragraphs: Sequence[_Paragraph], body_size: float) -> list[BlockKind | None]:
    headline = _headline(paragraphs, body_size)
    marks = marked_kinds([paragraph.text for paragraph in paragraphs], [True] * len(paragraphs))
    kinds: list[BlockKind | None] = []
    for paragraph, mark in zip(paragraphs, marks, strict=True):
        if paragraph.is_furniture:
            kinds.append(BlockKind.ASIDE)
        elif paragraph is headline:
            kinds.append(BlockKind.HEADLINE)
        else:
            kinds.append(mark or (BlockKind.SUBHEAD if _is_subhead(paragraph, body_size) else None))
    return kinds


def _headline(paragraphs: Sequence[_Paragraph], body_size: float) -> _Paragraph | None:
    """The largest type among the first paragraphs, if it is clearly larger than the body's."""
    first = [paragraph for paragraph in paragraphs[:12] if not paragraph.is_furniture]
    largest = max(first, key=lambda paragraph: paragraph.size, default=None)
    return largest if largest and largest.size >= HEADLINE * body_size and breadth(largest.text) <= 300 else None


def _is_subhead(paragraph: _Paragraph, body_size: float) -> bool:
    is_set_off = paragraph.size >= LARGER * body_size or all(line.is_bold for line in paragraph.lines)
    return is_set_off and has_heading_shape(paragraph.text)


def _gap(text: str, line: str) -> str:
    """Nothing between two ideographs."""
    return "" if text and breadth(text[-1]) > 1 and breadth(line[:1]) > 1 else " "

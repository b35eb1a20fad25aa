"""The text of Word paragraphs as it is on paper: insertions in, deletions out, hidden text and field codes out."""

from collections.abc import Iterator
from typing import Any, Final

from docx.oxml.ns import qn

LONGEST_CELL: Final = 400
"""Code points; a table with a longer cell lays out a page and holds no data."""

PARAGRAPH: Final = qn("w:p")
TABLE: Final = qn("w:tbl")
_TEXT_BOX: Final = qn("w:txbxContent")
_RUN: Final = qn("w:r")
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATHS_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_UNSHOWN: Final = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:pPr"),
        qn("w:rPr"),
        qn("w:instrText"),
        qn("w:delText"),
        qn("w:sectPr"),
        _FALLBACK,
    }
)
_SHOWN: Final = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
}
_PRIVATE: Final = range(0xE000, 0xF900)


def paragraphs_in(container: Any) -> Iterator[Any]:
    """Paragraph and table elements in order, those in content controls too; text boxes are not entered."""
    for child in container.iterchildren():
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag not in _UNSHOWN and isinstance(child.tag, str):
            yield from paragraphs_in(child)


def text_boxes_in(paragraph: Any) -> Iterator[Any]:
    """The contents of text boxes anchored in a paragraph. Each is in the file a second time, for old programs."""
    for box in paragraph.iter(_TEXT_BOX):
        if not any(above.tag in _UNSHOWN for above in box.iterancestors()):
            yield box


def text_of(paragraph: Any) -> str:
    """What is printed, with tabs and line breaks; "" for a paragraph that was deleted."""
    texts: list[str] = []
    _collect(paragraph, texts)
    return "".join(texts)


def runs_on(paragraph: Any) -> bool:
    """Its end was deleted as a tracked change, so that the next paragraph continues it."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def references_in(body: Any, tag: str) -> list[str]:
    """The ids of the notes (`tag` "w:footnoteReference", …) that the text still refers to, in its order."""
    return [
        reference.get(qn("w:id"), "")
        for reference in body.iter(qn(tag))
        if not any(above.tag in _UNSHOWN for above in reference.iterancestors())
    ]


def is_data(table: Any) -> bool:
    """Every cell is one short paragraph, and there are columns."""
    cells = list(table.iter(qn("w:tc")))
    if len(cells) < 2 or next(table.iterdescendants(TABLE), None) is not None:
        return False
    return all(len(texts) <= 1 and all(len(text) <= LONGEST_CELL for text in texts) for texts in map(cell_texts, cells))


def cell_texts(cell: Any) -> list[str]:
    return [text for paragraph in cell.iter(PARAGRAPH) if (text := text_of(paragraph).strip())]


def row_lines(table: Any) -> list[str]:
    """A line for each row, a tab between cells."""
    rows = ["\t".join(" ".join(cell_texts(cell)) for cell in row.iter(qn("w:tc"))) for row in table.iter(qn("w:tr"))]
    return [row for row in rows if row.strip()]


def _collect(element: Any, texts: list[str]) -> None:
    """Depth is bounded by the XML parser's own limit of 256."""
    for child in element.iterchildren():
        tag = child.tag
        if tag in _UNSHOWN or tag == _TEXT_BOX or (tag == _RUN and _is_hidden(child)):
            continue
        if tag in (qn("w:t"), _MATHS_TEXT):
            texts.append(child.text or "")
        elif tag in _SHOWN:
            texts.append(_SHOWN[tag])
        elif tag == qn("w:sym"):
            texts.append(_symbol(child.get(qn("w:char"), "")))
        elif isinstance(tag, str):
            _collect(child, texts)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _symbol(code: str) -> str:
    """A character of a symbol font; private code points mean something in that font only and are left out."""
    try:
        number = int(code, 16)
        return "" if number in _PRIVATE or not number else chr(number)
    except (ValueError, OverflowError):
        return ""

"""Tables that hold data, as lines with a tab between the cells. Tables that only lay out a page are not data."""

from typing import Final

from lxml.html import HtmlElement  # type: ignore[import-untyped]

LONGEST_CELL: Final = 400
_NO_DATA: Final = (
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "blockquote",
    "article",
    "section",
    "form",
    "pre",
)
_UNREAD: Final = frozenset({"script", "style", "noscript", "template", "button", "select", "textarea"})


def data_rows(table: HtmlElement) -> list[str]:
    """A line for each row that says something; empty for a table that only lays out the page."""
    if next(table.iterdescendants(*_NO_DATA), None) is not None:
        return []
    rows = [[cell_text(cell) for cell in row.iterchildren("td", "th")] for row in table.iterdescendants("tr")]
    widest = max(map(len, rows), default=0)
    if widest < 2 or any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        return []
    return [line for row in rows if (line := "\t".join(row).strip())]


def caption_of(table: HtmlElement) -> str:
    """ "" where there is none."""
    caption = table.find("caption")
    return "" if caption is None else cell_text(caption)


def cell_text(cell: HtmlElement) -> str:
    texts: list[str] = []
    _collect(cell, texts)
    return " ".join("".join(texts).replace("\u00ad", "").split())


def _collect(element: HtmlElement, texts: list[str]) -> None:
    """Depth is bounded by the parser's own limit of 255."""
    if element.tag not in _UNREAD:
        texts.append(element.text or "")
        for child in element:
            if child.tag in ("br", "p", "div"):
                texts.append(" ")
            _collect(child, texts)
            texts.append(child.tail or "")

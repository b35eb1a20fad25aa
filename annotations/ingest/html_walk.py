"""One pass over an element tree: cuts the visible text into pieces at block elements, the way a browser lays it out."""

import re
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from annotations.core.blocks import BlockKind
from annotations.ingest.html_page import (
    AUTHOR,
    BLOCKS,
    DATE,
    FRAME_ROLES,
    KINDS,
    NAMED,
    SKIPPED,
    UNDISPLAYED,
    UNSEEN,
    Box,
    Hint,
    Page,
    Piece,
    Zone,
)
from annotations.ingest.html_table import caption_of, data_rows

SOFT_HYPHEN: Final = "\u00ad"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SHOWN: Final = {"br": "\n", "q": "“"}
"""What a browser shows for an element without text of its own."""


def page_of(root: HtmlElement) -> Page:
    """Every piece of visible text of the page in order, menus included: what the article is is decided later."""
    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        if event == "end":
            walk.close(element)
        elif not walk.open(element):
            walker.skip_subtree()
    walk.flush()
    return walk.page


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds inside an element."""

    kind: BlockKind | None = None
    zone: Zone = Zone.NONE
    hint: Hint = Hint.NONE
    is_link: bool = False
    is_pre: bool = False
    in_article: bool = False
    box: int = -1


@dataclass(frozen=True, slots=True)
class _Run:
    text: str
    is_link: bool
    hint: Hint
    is_pre: bool


class _Walk:
    def __init__(self) -> None:
        self.page = Page()
        self._contexts = [_Context()]
        self._runs: list[_Run] = []
        self._skipped: HtmlElement | None = None

    def open(self, element: HtmlElement) -> bool:
        """False: its inside is to be left out."""
        tag = element.tag
        if tag in SKIPPED or _is_unseen(element):
            self._skipped = element
            return False
        if tag in BLOCKS:
            self._open_block(element)
            if tag == "table" and (rows := data_rows(element)):
                self._add_rows(caption_of(element), rows)
                self._skipped = None
                return False
        else:
            self._contexts.append(_within(self._contexts[-1], element))
        self._append(_SHOWN.get(tag, ""))
        self._add(element.text or "")
        return True

    def close(self, element: HtmlElement) -> None:
        if self._skipped is element:
            self._skipped = None
        else:
            self._append("”" if element.tag == "q" else "")
            if element.tag in BLOCKS:
                self.flush()
                self.page.boxes[self._contexts[-1].box].end = len(self.page.pieces)
            self._contexts.pop()
        self._add(element.tail or "")

    def flush(self) -> None:
        """The runs collected so far become pieces: one, or more where two line breaks follow each other."""
        runs, self._runs = self._runs, []
        whole = "".join(run.text for run in runs)
        if not whole.strip():
            return
        context = self._contexts[-1]
        letters = sum(len(run.text.strip()) for run in runs)
        links = sum(len(run.text.strip()) for run in runs if run.is_link) / max(letters, 1)
        hints = {run.hint for run in runs if run.text.strip()}
        hint = hints.pop() if len(hints) == 1 else Hint.NONE
        texts = _BLANK_LINE.split(whole) if context.is_pre else _collapsed(whole)
        for text in filter(str.strip, texts):
            self.page.pieces.append(Piece(text.strip(), context.kind, context.zone, hint, links, context.box))

    def _open_block(self, element: HtmlElement) -> None:
        self.flush()
        above = self._contexts[-1]
        self.page.boxes.append(Box(element.tag, above.box, len(self.page.pieces)))
        self._contexts.append(
            _Context(
                kind=KINDS.get(element.tag, above.kind),
                zone=_zone(element, above),
                hint=_hint(element) or above.hint,
                is_link=above.is_link,
                is_pre=above.is_pre or element.tag == "pre",
                in_article=above.in_article or element.tag in ("article", "main"),
                box=len(self.page.boxes) - 1,
            )
        )

    def _add(self, text: str) -> None:
        """Text of the page, its white space collapsed as on the screen; soft hyphens are no part of what it says."""
        shown = text.replace(SOFT_HYPHEN, "")
        self._append(shown if self._contexts[-1].is_pre else _SPACES.sub(" ", shown))

    def _append(self, text: str) -> None:
        if text:
            context = self._contexts[-1]
            self._runs.append(_Run(text, context.is_link, context.hint, context.is_pre))

    def _add_rows(self, caption: str, rows: list[str]) -> None:
        context = self._contexts[-1]
        lines = [(caption, BlockKind.CAPTION)] if caption else []
        for line, kind in lines + [(row, BlockKind.PARAGRAPH) for row in rows]:
            self.page.pieces.append(Piece(line, kind, context.zone, Hint.NONE, 0.0, context.box))


def _collapsed(whole: str) -> list[str]:
    """Cut where two line breaks follow each other; a single one stays."""
    lines = [line.strip(" ") for line in re.sub(" {2,}", " ", whole).split("\n")]
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            parts[-1].append(line)
        else:
            parts.append([])
    return ["\n".join(part) for part in parts if part]


def _within(above: _Context, element: HtmlElement) -> _Context:
    """The same object where nothing changes, which is what most elements do."""
    tag = element.tag
    hint = _hint(element) or above.hint
    if tag not in ("a", "pre") and hint is above.hint:
        return above
    return replace(above, is_link=above.is_link or tag == "a", is_pre=above.is_pre or tag == "pre", hint=hint)


def _hint(element: HtmlElement) -> Hint:
    attributes = element.attrib
    if element.tag == "time":
        return Hint.DATE
    if not attributes:
        return Hint.NONE
    names = f"{attributes.get('class', '')} {attributes.get('itemprop', '')} {attributes.get('rel', '')}"
    if DATE.search(names) or "datePublished" in names:
        return Hint.DATE
    return Hint.AUTHOR if AUTHOR.search(names) else Hint.NONE


def _zone(element: HtmlElement, above: _Context) -> Zone:
    if above.zone in (Zone.FRAME, Zone.HEADER, Zone.NAMED):
        return above.zone
    tag, attributes = element.tag, element.attrib
    role = attributes.get("role", "")
    if tag in ("nav", "menu", "search") or role in FRAME_ROLES:
        return Zone.FRAME
    if tag == "footer" and not above.in_article:
        return Zone.FRAME
    if tag == "header" and not above.in_article:
        return Zone.HEADER
    if (
        tag not in ("html", "body")
        and attributes
        and NAMED.search(f"{attributes.get('class', '')} {attributes.get('id', '')}")
    ):
        return Zone.NAMED
    if tag == "aside" or role == "complementary":
        return Zone.ASIDE if above.in_article else Zone.FRAME
    return above.zone


def _is_unseen(element: HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    is_hidden = "hidden" in attributes or UNDISPLAYED.search(attributes.get("style", ""))
    return bool(is_hidden or UNSEEN.search(attributes.get("class", "")))

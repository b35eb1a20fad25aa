"""Word documents (.docx): paragraphs in order with the kinds their styles give them, tables, text boxes, notes."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from annotations.core.blocks import BlockKind, check_blocks
from annotations.core.errors import DomainError
from annotations.core.text import canonical
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.docx_styles import Style, kind_of, styles_of
from annotations.ingest.docx_text import (
    PARAGRAPH,
    is_data,
    paragraphs_in,
    references_in,
    row_lines,
    runs_on,
    text_boxes_in,
    text_of,
)
from annotations.ingest.found import Found, article_of, found_in
from annotations.ingest.language import language_of, short_code
from annotations.ingest.roles import kinds_of
from annotations.ingest.shapes import is_prose
from annotations.ingest.units import Unit, joined, units_from

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UNPACKED: Final = 50_000_000
"""Bytes of all parts together."""
MOST_PARTS: Final = 5_000

_NOBODY: Final = frozenset(
    {"python-docx", "microsoft office user", "administrator", "admin", "user", "unknown", "windows user"}
)
_NOTES: Final = ((RELATION.FOOTNOTES, "w:footnote"), (RELATION.ENDNOTES, "w:endnote"))


def read_docx(data: bytes, *, name: str = "", url: str = "") -> IncomingArticle:
    """Raises "unreadable_docx", "unpacked_too_large", "no_article" and what `canonical` raises."""
    check_archive(data)
    try:
        document = Document(io.BytesIO(data))
        units = units_from(_with_headline(list(_units(document))))
        declared = _properties(document)
    except Exception:  # zipfile, lxml and python-docx raise some twenty kinds of error on a damaged file
        raise _unreadable() from None
    if not units:
        raise DomainError(
            "no_article", _("This Word document holds no text. Send a document with the article's text in it.")
        )
    language = declared.language or language_of("\n".join(unit.text for unit in units))
    text, blocks = joined(units, kinds := kinds_of(units, language))
    canonical(text)
    check_blocks(text, blocks)
    found = found_in(units, kinds, language).or_else(declared)
    return article_of(found, text, blocks, url=url, language=language, source=data, media_type=MEDIA_TYPE, name=name)


def check_archive(data: bytes) -> None:
    """Refuses before anything is unpacked. zipfile never unpacks more of a part than the size that is counted here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception:  # as above: struct.error, NotImplementedError and others besides BadZipFile
        raise _unreadable() from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise DomainError(
            "unpacked_too_large",
            _(
                "This Word document unpacks to more than {most} MB. Remove its pictures, or copy the text and paste it."
            ).format(most=MOST_UNPACKED // 1_000_000),
        )


def _unreadable() -> DomainError:
    return DomainError(
        "unreadable_docx",
        _("This file is damaged or is no Word document. Save it again as .docx, or copy the text and paste it."),
    )


def _units(document: WordDocument) -> Iterator[Unit]:
    body = document.element.body
    styles = styles_of(document.styles.element)
    yield from _units_in(body, styles)
    for relation, tag in _NOTES:
        yield from _notes(document, body, relation, tag)


def _units_in(container: Any, styles: dict[str, Style]) -> Iterator[Unit]:
    begun = ""
    for element in paragraphs_in(container):
        if element.tag == PARAGRAPH:
            begun += text_of(element)
            if not runs_on(element):
                yield Unit(begun, kind_of(element, styles))
                begun = ""
            for box in text_boxes_in(element):
                yield from _units_in(box, styles)
        elif is_data(element):
            yield from (Unit(line, BlockKind.PARAGRAPH) for line in row_lines(element))
        else:
            for cell in element.iterchildren(qn("w:tr")):
                yield from _units_in(cell, styles)
    yield Unit(begun)


def _notes(document: WordDocument, body: Any, relation: str, tag: str) -> Iterator[Unit]:
    """Footnotes that the text refers to, in its order, one paragraph each."""
    wanted = references_in(body, f"{tag}Reference")
    if not wanted:
        return
    root = parse_xml(document.part.part_related_by(relation).blob)
    notes = {note.get(qn("w:id"), ""): note for note in root.iterchildren(qn(tag))}
    for number in wanted:
        texts = [text_of(paragraph).strip() for paragraph in notes[number].iter(PARAGRAPH)] if number in notes else []
        yield Unit("\n".join(filter(None, texts)), BlockKind.PARAGRAPH)


def _with_headline(units: list[Unit]) -> list[Unit]:
    """Without a title, the first heading is the headline if no sentence stands above it."""
    filled = [unit for unit in units if unit.text.strip()]
    if any(unit.kind is BlockKind.HEADLINE for unit in filled):
        first = next(place for place, unit in enumerate(filled) if unit.kind is BlockKind.HEADLINE)
    else:
        first = next((place for place, unit in enumerate(filled) if unit.kind is BlockKind.SUBHEAD), -1)
        if any(is_prose(unit.text) for unit in filled[: max(first, 0)]):
            first = -1
    return [_headed(unit, is_first=place == first) for place, unit in enumerate(filled)]


def _headed(unit: Unit, *, is_first: bool) -> Unit:
    if is_first:
        return Unit(unit.text, BlockKind.HEADLINE)
    return Unit(unit.text, BlockKind.SUBHEAD) if unit.kind is BlockKind.HEADLINE else unit


def _properties(document: WordDocument) -> Found:
    """What the document declares. The template that python-docx begins with declares its own author and date."""
    core = document.core_properties
    author = " ".join((core.author or "").split())
    return Found(
        title=" ".join((core.title or "").split()),
        byline="" if author.lower() in _NOBODY else author,
        published_at=None if author == "python-docx" else _day(core.created),
        language=short_code(core.language or ""),
    )


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None

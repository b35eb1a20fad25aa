"""Word documents: styles, tracked changes, notes, tables, properties, and archives that unpack to too much."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Final

import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from annotations.core.errors import DomainError
from annotations.ingest import read
from tests.ingest.reading import kinds, pieces
from tests.ingest.word import LEAD, add_xml, news_document, word_file

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_styles_give_the_kinds() -> None:
    article = read(word_file(news_document), name="bridge.docx")

    assert pieces(article) == [
        ("headline", "Bridge reopens"),
        ("byline", "By Claire Lee for AFP"),
        ("dateline", "December 13, 2025"),
        ("paragraph", LEAD),
        ("subhead", "Killed in combat"),
        ("list_item", "First"),
        ("list_item", "Second"),
        ("quotation", "We are done."),
        ("caption", "The bridge"),
        ("paragraph", "Year\tCars"),
        ("paragraph", "2024\t30,000"),
    ]
    assert (article.title, article.byline, article.published_at) == (
        "Bridge reopens",
        "Claire Lee for AFP",
        date(2025, 12, 13),
    )
    assert (article.language, article.source_name) == ("en", "bridge.docx")


def test_document_without_styles_is_read_by_its_shape() -> None:
    def fill(document: WordDocument) -> None:
        for text in ("Bridge reopens", "By Claire Lee", "December 13, 2025", LEAD, "What next", LEAD):
            document.add_paragraph(text)

    assert kinds(read(word_file(fill))) == "headline byline dateline paragraph subhead paragraph"


def test_insertions_are_kept_and_deletions_are_not() -> None:
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("It cost ")
        add_xml(
            paragraph,
            '<w:del w:id="1" w:author="a"><w:r><w:delText>thirty</w:delText></w:r></w:del>'
            '<w:ins w:id="2" w:author="a"><w:r><w:t>forty</w:t></w:r></w:ins>'
            '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>moved</w:t></w:r></w:moveFrom>'
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            '<w:hyperlink r:id="rId99"><w:r><w:t xml:space="preserve"> million</w:t></w:r></w:hyperlink>'
            "<w:r><w:tab/><w:t>dollars</w:t><w:br/><w:t>in</w:t><w:noBreakHyphen/><w:t>all</w:t></w:r>",
        )

    assert pieces(read(word_file(fill))) == [("paragraph", "It cost forty million\tdollars\nin\u2011all")]


def test_paragraphs_whose_break_was_deleted_are_one() -> None:
    def fill(document: WordDocument) -> None:
        first = document.add_paragraph()
        add_xml(first, '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r><w:t>Joined</w:t></w:r>')
        document.add_paragraph(" up.")

    assert pieces(read(word_file(fill))) == [("paragraph", "Joined up.")]


def test_footnotes_stand_at_the_end_in_the_order_of_their_marks() -> None:
    def fill(document: WordDocument) -> None:
        paragraph = document.add_paragraph("It cost forty million.")
        add_xml(paragraph, '<w:r><w:footnoteReference w:id="3"/></w:r>')
        document.add_paragraph("Later text.")
        add_xml(document.paragraphs[-1], '<w:r><w:footnoteReference w:id="2"/></w:r>')
        notes = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/><w:t>Note {number}.</w:t></w:r></w:p></w:footnote>'
            for number in (-1, 2, 3)
        )
        xml = f'<w:footnotes xmlns:w="{NAMESPACE}">{notes}</w:footnotes>'
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
        document.part.relate_to(part, RELATION.FOOTNOTES)

    assert [text for _, text in pieces(read(word_file(fill)))] == [
        "It cost forty million.",
        "Later text.",
        "Note 3.",
        "Note 2.",
    ]


def test_text_boxes_and_layout_tables_are_read_once() -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="wps"><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    def fill(document: WordDocument) -> None:
        add_xml(document.add_paragraph("Beside a box."), box)
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "First in the cell."
        cell.add_paragraph("Second in the cell.")

    assert [text for _, text in pieces(read(word_file(fill)))] == [
        "Beside a box.",
        "In a box.",
        "First in the cell.",
        "Second in the cell.",
    ]


def test_properties_fill_the_gaps() -> None:
    def fill(document: WordDocument) -> None:
        document.add_paragraph(LEAD)
        core = document.core_properties
        core.title, core.author, core.language = "Bridge reopens", "Claire Lee", "de-AT"
        core.created = datetime(2025, 12, 13, 9, 30, tzinfo=UTC)

    article = read(word_file(fill))

    assert (article.title, article.byline) == ("Bridge reopens", "Claire Lee")
    assert (article.published_at, article.language) == (date(2025, 12, 13), "de")


def test_archive_that_unpacks_to_too_much_is_refused_unopened() -> None:
    out = io.BytesIO(word_file(news_document))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", b"\0" * 51_000_000)

    with pytest.raises(DomainError, match="50 MB") as refused:
        read(out.getvalue(), name="bomb.docx")

    assert refused.value.code == "unpacked_too_large"


def test_entities_that_multiply_are_not_resolved() -> None:
    source = io.BytesIO(word_file(lambda document: None))
    out = io.BytesIO()
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                xml = f'<!DOCTYPE d [<!ENTITY e0 "ha">{laughs}]><w:document xmlns:w="{NAMESPACE}"><w:body>'
                data = f"{xml}<w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>".encode()
            new.writestr(item, data)

    with pytest.raises(DomainError):
        read(out.getvalue(), name="laughs.docx")


def test_empty_document_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        read(word_file(lambda document: None))

    assert refused.value.code == "no_article"

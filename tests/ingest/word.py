"""Word documents for the tests, made with python-docx."""

import io
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

LEAD = "The bridge reopened on Saturday morning after three years of work, the city said in a statement."


def word_file(fill: Callable[[WordDocument], None]) -> bytes:
    document = Document()
    fill(document)
    return saved(document)


def saved(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_xml(paragraph: Paragraph, xml: str) -> None:
    """`xml`: elements of a paragraph with the prefix "w"."""
    holder = parse_xml(f"<w:p {nsdecls('w', 'r')}>{xml}</w:p>")
    for element in list(holder):
        paragraph._p.append(element)


def news_document(document: WordDocument) -> None:
    document.add_paragraph("Bridge reopens", style="Title")
    document.add_paragraph("By Claire Lee for AFP")
    document.add_paragraph("December 13, 2025")
    document.add_paragraph(LEAD)
    document.add_heading("Killed in combat", 1)
    document.add_paragraph("First", style="List Bullet")
    document.add_paragraph("Second", style="List Number")
    document.add_paragraph("We are done.", style="Intense Quote")
    document.add_paragraph("The bridge", style="Caption")
    table = document.add_table(2, 2)
    for place, text in enumerate(("Year", "Cars", "2024", "30,000")):
        table.cell(place // 2, place % 2).text = text

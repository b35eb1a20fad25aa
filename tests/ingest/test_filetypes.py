"""Type, name and bytes together decide on the reader."""

import io
import zipfile

import pytest

from annotations.core.errors import DomainError
from annotations.ingest import read
from tests.ingest.word import news_document, word_file

PAGE = b"<!DOCTYPE html><html><body><p>A sentence of it.</p></body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type", "name", "expected"),
    [
        (b"A sentence.", None, None, "text/plain"),
        (b"A sentence.", "text/plain; charset=utf-8", "a.txt", "text/plain"),
        (b"A sentence.", "application/octet-stream", "a.TXT", "text/plain"),
        (b"A sentence.", None, "Interview 13.12", "text/plain"),
        (b"# A\n\nsentence.", "text/plain", "a.md", "text/markdown"),
        (PAGE, None, None, "text/html"),
        (PAGE, "text/plain", "a.txt", "text/html"),
        (PAGE, "text/plain", None, "text/plain"),
        (b"BM {\\rtf", "text/plain; charset=utf-8", None, "text/plain"),
        (PAGE, "application/pdf", "a.pdf", "text/html"),
        (PAGE, "text/plain", "a.md", "text/markdown"),
        (b"<p>A sentence.</p>", "text/html", None, "text/html"),
        (b"<p>A sentence.</p>", "application/octet-stream", "a.htm", "text/html"),
        (b"BM is how this text begins.", "text/plain", "a.txt", "text/plain"),
        (b"About %PDF-1.4 as a format.", "text/plain", "a.txt", "text/plain"),
        (b"PK is how this one begins.", None, "a.txt", "text/plain"),
        (word_file(news_document), None, None, None),
        (word_file(news_document), "text/plain", "a.txt", None),
        (word_file(news_document), "application/pdf", "a.pdf", None),
    ],
)
def test_reader_is_chosen(data: bytes, media_type: str | None, name: str | None, expected: str | None) -> None:
    article = read(data, media_type=media_type, name=name)

    assert article.media_type == (expected or "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert article.source_name == (name or "")


@pytest.mark.parametrize(
    ("data", "media_type", "name", "code"),
    [
        (b"", "text/plain", "a.txt", "empty"),
        (PNG, "image/png", "a.png", "unsupported_type"),
        (PNG, "text/plain", "a.txt", "unsupported_type"),
        (PNG, None, "a.docx", "unsupported_type"),
        (b"{\\rtf1 A sentence.}", None, "a.rtf", "unsupported_type"),
        (b"{\\rtf1 A sentence.}", "text/plain", "a.txt", "unsupported_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", "a.doc", "unsupported_type"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), None, "a.xlsx", "unsupported_type"),
        (archive("mimetype", "content.xml"), None, "a.odt", "unsupported_type"),
        (archive("a.txt"), None, "a.docx", "unsupported_type"),
        (b"a,b\n1,2\n", "text/csv", "a.csv", "unsupported_type"),
        (b"A sentence.", "image/png", None, "unsupported_type"),
        (b"A sentence.", None, "a.docx", "unreadable_docx"),
        (b"A sentence.", None, "a.pdf", "unreadable_pdf"),
        (bytes(range(256)) * 4, None, "a.docx", "unreadable_docx"),
        (bytes(range(256)) * 4, None, "a.txt", "binary"),
    ],
)
def test_other_kinds_are_refused(data: bytes, media_type: str | None, name: str | None, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(data, media_type=media_type, name=name)

    assert refused.value.code == code
    if code == "unsupported_type":
        assert ".txt, .md, .html, .docx and .pdf" in refused.value.message

"""The door: bytes, pasted text or a page in, an IncomingArticle out. Every refusal is a DomainError with a sentence."""

from collections.abc import Callable
from email.message import Message
from typing import Final

from annotations.ingest import html, plain
from annotations.ingest.article import IncomingArticle
from annotations.ingest.docx import read_docx
from annotations.ingest.filetypes import FileType, file_type
from annotations.ingest.found import Found, host_of
from annotations.ingest.html import read_html_bytes
from annotations.ingest.html_metadata import metadata_of
from annotations.ingest.html_tree import decoded_page, tree_of
from annotations.ingest.markdown import read_markdown
from annotations.ingest.pdf import read_pdf
from annotations.ingest.plain import read_plain

__all__ = ["Found", "IncomingArticle", "read", "read_facts", "read_html", "read_text"]

_TEXT_READERS: Final[dict[FileType, Callable[..., IncomingArticle]]] = {
    FileType.PLAIN: read_plain,
    FileType.MARKDOWN: read_markdown,
    FileType.HTML: read_html_bytes,
}
_BINARY_READERS: Final[dict[FileType, Callable[..., IncomingArticle]]] = {
    FileType.DOCX: read_docx,
    FileType.PDF: read_pdf,
}


def read(
    data: bytes, *, media_type: str | None = None, name: str | None = None, url: str | None = None
) -> IncomingArticle:
    """The article in a file. `media_type` as HTTP says it, charset included; `url` where the file was fetched.

    Raises "empty", "unsupported_type", "unreadable_docx", "unreadable_pdf", "pdf_encrypted", "pdf_without_text",
    "pdf_too_complex", "too_many_pages", "unpacked_too_large", "too_nested", "no_article", and the codes of core.text.
    """
    kind, charset = _media_type(media_type or "")
    known = {"name": name or "", "url": url or ""}
    reader = file_type(data, kind, known["name"])
    if reader in _BINARY_READERS:
        return _BINARY_READERS[reader](data, **known)
    return _TEXT_READERS[reader](data, charset=charset, **known)


def read_facts(data: bytes, *, media_type: str, url: str) -> Found:
    """Only what a source says about itself; a page needs no text for that. Raises what `read` raises for files."""
    kind, charset = _media_type(media_type)
    if file_type(data, kind, "") is FileType.HTML:
        declared = metadata_of(tree_of(decoded_page(data, charset)), url)
    else:
        article = read(data, media_type=media_type, url=url)
        declared = Found(title=article.title, outlet=article.outlet)
    return declared.or_else(Found(outlet=host_of(url)))


def read_text(text: str) -> IncomingArticle:
    """Pasted text, kept exactly but for its line breaks. Raises the codes of `core.text.canonical`."""
    return plain.article_from(text, source=text.encode("utf-8", "surrogatepass"))


def read_html(html_text: str, url: str | None = None) -> IncomingArticle:
    """A page's mark-up as text. Raises "empty", "nul", "lone_surrogate", "too_nested", "no_article", "too_long"."""
    return html.article_from(html_text, source=html_text.encode("utf-8", "surrogatepass"), url=url or "")


def _media_type(value: str) -> tuple[str, str | None]:
    """ "text/html; charset=utf-8" -> the type in lower case and the charset."""
    header = Message()
    header["content-type"] = " ".join(value.split()) or "application/octet-stream"
    charset = header.get_param("charset")
    return header.get_content_type() if value else "", charset if isinstance(charset, str) else None

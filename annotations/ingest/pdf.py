"""PDF files: paragraphs in reading order. Words divided at line ends stay divided, because nobody knows which were."""

from annotations.core.blocks import check_blocks
from annotations.core.errors import DomainError
from annotations.core.text import canonical
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.found import Found, article_of, found_in
from annotations.ingest.language import declared_or_found, language_of, short_code
from annotations.ingest.pdf_layout import units_of
from annotations.ingest.pdf_lines import Pages, pages_of
from annotations.ingest.roles import kinds_of
from annotations.ingest.units import joined, units_from

MEDIA_TYPE = "application/pdf"
MOST_UNREADABLE = 0.3
"""The share of a text that may be glyph numbers."""

_FILE_NAMES = (".doc", ".docx", ".indd", ".qxd", ".pdf", ".odt", ".rtf", ".txt", ".html")


def read_pdf(data: bytes, *, name: str = "", url: str = "") -> IncomingArticle:
    """Raises "unreadable_pdf", "pdf_encrypted", "pdf_without_text", "too_many_pages", "pdf_too_complex"."""
    pages = pages_of(data)
    units = units_from(units_of(pages.sheets))
    _refuse_pictures("".join(unit.text for unit in units))
    declared = short_code(pages.language)
    language = declared_or_found(declared, text) if (text := "\n".join(unit.text for unit in units)) else declared
    text, blocks = joined(units, kinds := kinds_of(units, language or language_of(text)))
    canonical(text)
    check_blocks(text, blocks)
    found = found_in(units, kinds, language).or_else(_declared(pages))
    return article_of(found, text, blocks, url=url, language=language, source=data, media_type=MEDIA_TYPE, name=name)


def _refuse_pictures(text: str) -> None:
    if not any(character.isalnum() for character in text):
        raise DomainError(
            "pdf_without_text",
            _(
                "This PDF holds pictures of text only. Run text recognition (OCR) over it, or copy the "
                "text and paste it."
            ),
        )
    if text.count("(cid:") * 8 > MOST_UNREADABLE * len(text):
        raise DomainError(
            "pdf_without_text",
            _("This PDF shows letters but does not say which they are. Open it, copy the text and paste it."),
        )


def _declared(pages: Pages) -> Found:
    """Titles are often left-over file names; the file's date is when it was made, not when it was published."""
    is_title = bool(pages.title) and not pages.title.lower().endswith(_FILE_NAMES) and " " in pages.title
    return Found(title=pages.title if is_title else "", byline=pages.author if " " in pages.author else "")

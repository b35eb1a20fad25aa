"""Which reader a file needs, from three witnesses that may each be wrong: declared type, file name, first bytes."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop
from annotations.ingest.docx import MEDIA_TYPE as DOCX_TYPE

SUPPORTED: Final = gettext_noop(".txt, .md, .html, .docx and .pdf")
HEAD: Final = 4096
"""Bytes looked at."""


class FileType(StrEnum):
    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    DOCX = "Word document (.docx)"
    PDF = "PDF"


_BY_MEDIA_TYPE: Final = {
    "text/plain": FileType.PLAIN,
    "text/markdown": FileType.MARKDOWN,
    "text/x-markdown": FileType.MARKDOWN,
    "text/html": FileType.HTML,
    "application/xhtml+xml": FileType.HTML,
    "application/pdf": FileType.PDF,
    "application/x-pdf": FileType.PDF,
    DOCX_TYPE: FileType.DOCX,
}
_BY_SUFFIX: Final = {
    ".txt": FileType.PLAIN,
    ".text": FileType.PLAIN,
    ".md": FileType.MARKDOWN,
    ".markdown": FileType.MARKDOWN,
    ".html": FileType.HTML,
    ".htm": FileType.HTML,
    ".xhtml": FileType.HTML,
    ".pdf": FileType.PDF,
    ".docx": FileType.DOCX,
}
_SAYS_NOTHING: Final = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/binary"})
_TEXTUAL: Final = (FileType.PLAIN, FileType.MARKDOWN, FileType.HTML)

_KNOWN_BINARIES: Final = (
    (b"\x89PNG", gettext_noop("a PNG picture")),
    (b"\xff\xd8\xff", gettext_noop("a JPEG picture")),
    (b"GIF8", gettext_noop("a GIF picture")),
    (b"RIFF", gettext_noop("a sound, film or WebP picture")),
    (b"BM", gettext_noop("a bitmap picture")),
    (b"II*\x00", gettext_noop("a TIFF picture")),
    (b"MM\x00*", gettext_noop("a TIFF picture")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("an old Office document (.doc)")),
    (b"{\\rtf", gettext_noop("a rich text document (.rtf)")),
    (b"\x1f\x8b", gettext_noop("a gzip archive")),
    (b"7z\xbc\xaf", gettext_noop("a 7z archive")),
    (b"Rar!", gettext_noop("a RAR archive")),
    (b"ID3", gettext_noop("an audio recording")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"%!PS", gettext_noop("a PostScript file")),
    (b"SQLite format 3", gettext_noop("a database")),
)
_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rb"<(?:html|head|body|div|p|article|section|main|h1|meta|title)[\s>/]", re.IGNORECASE)


def file_type(data: bytes, media_type: str, name: str) -> FileType:
    """`media_type` without parameters, in lower case; both may be "". Raises "empty", "unsupported_type"."""
    if not data:
        raise DomainError("empty", _("There is nothing to read: the file is empty. Send the article's text."))
    if media_type == "text/plain" and not name and _is_utf8(data):
        return FileType.PLAIN  # pasted, or sent as plain text by a server: the source of a page stays source
    declared, named = _BY_MEDIA_TYPE.get(media_type), _BY_SUFFIX.get(_suffix(name))
    if b"%PDF-" in data[:1024] and not _PAGE_START.match(data[:HEAD]) and not _is_text(data, declared, named):
        return FileType.PDF
    if data.startswith(b"PK"):
        return _archive(data, declared, named)
    for magic, what in _KNOWN_BINARIES:
        if data.startswith(magic) and not _is_text(data, declared, named):
            raise unsupported(_("This looks like {what}.").format(what=_(what)))
    return _textual(data, declared, named, media_type, name)


def unsupported(what: str) -> DomainError:
    return DomainError(
        "unsupported_type",
        _("{what} Send one of {supported}, or copy the text and paste it.").format(what=what, supported=_(SUPPORTED)),
    )


def _textual(data: bytes, declared: FileType | None, named: FileType | None, media_type: str, name: str) -> FileType:
    """The bytes are no known binary format."""
    if FileType.MARKDOWN in (declared, named):
        return FileType.MARKDOWN
    if _PAGE_START.match(data[:HEAD]) or (FileType.HTML in (declared, named) and _TAG.search(data[:HEAD])):
        return FileType.HTML
    if declared in _TEXTUAL or named in _TEXTUAL:
        return FileType.PLAIN if FileType.PLAIN in (declared, named) else FileType.HTML
    claimed = declared or named
    if claimed is FileType.DOCX:
        raise DomainError(
            "unreadable_docx",
            _("This says it is a Word document (.docx), but holds none. Save it again, or copy the text and paste it."),
        )
    if claimed is not None:
        raise DomainError(
            "unreadable_pdf",
            _("This says it is a PDF, but holds none. Save it again, or copy the text and paste it."),
        )
    if media_type not in _SAYS_NOTHING:
        raise unsupported(_("Files of the type {type} cannot be read.").format(type=media_type[:80]))
    if re.fullmatch(r"\.[a-z][a-z0-9]{0,5}", suffix := _suffix(name)):
        raise unsupported(_("Files ending in {suffix} cannot be read.").format(suffix=suffix))
    return FileType.PLAIN


def _archive(data: bytes, declared: FileType | None, named: FileType | None) -> FileType:
    """A Word document is a ZIP archive; so are spreadsheets, slides, e-books and OpenDocument files."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except Exception:  # besides BadZipFile: struct.error, NotImplementedError, UnicodeDecodeError …
        if _is_text(data, declared, named):
            return FileType.PLAIN
        if FileType.DOCX in (declared, named):
            return FileType.DOCX
        raise unsupported(_("This looks like a damaged archive.")) from None
    if "[Content_Types].xml" in parts and any(part.startswith("word/") for part in parts):
        return FileType.DOCX
    raise unsupported(_("This is an archive, but no Word document."))


def _is_text(data: bytes, declared: FileType | None, named: FileType | None) -> bool:
    """An article may begin with "BM" or "RIFF", or talk about "%PDF-": it is named a text and decodes as one."""
    if declared not in _TEXTUAL and named not in _TEXTUAL:
        return False
    if data.startswith((b"%PDF-", b"{\\rtf")) or b"\0" in data[:HEAD]:
        return False
    try:
        data[:HEAD].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        return error.start > HEAD - 4
    return True


def _is_utf8(data: bytes) -> bool:
    try:
        return b"\0" not in data and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _suffix(name: str) -> str:
    return PurePath(name.replace("\\", "/")).suffix.lower()

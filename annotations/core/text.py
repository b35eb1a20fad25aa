"""Text as it enters: from bytes to characters, and to the one canonical form that every offset counts in.

Nothing here knows articles, blocks or ranges. Positions are Unicode code points, counted from 0.
"""

import codecs
import re
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Final

from annotations.core.charsets import BEYOND_ASCII, readings
from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop, grouped

MAX_LENGTH: Final = 2_000_000
"""Code points in one article text."""

BOM: Final = "\ufeff"

# UTF-32 comes first: its little-endian mark begins with that of UTF-16.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAGIC: Final = (
    (b"%PDF-", gettext_noop("a PDF")),
    (b"\x89PNG\r\n\x1a\n", gettext_noop("a PNG image")),
    (b"\xff\xd8\xff", gettext_noop("a JPEG image")),
    (b"GIF8", gettext_noop("a GIF image")),
    (b"PK\x03\x04", gettext_noop("a ZIP archive (or a DOCX or ODT document)")),
    (b"PK\x05\x06", gettext_noop("an empty ZIP archive")),
    (b"\x1f\x8b", gettext_noop("a gzip archive")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", gettext_noop("an old Office document (DOC, XLS)")),
)

# What browsers read for these labels: each is a superset that the label's users mean.
SUPERSETS: Final = {
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}

# Codecs of Python that turn text into other text; no page is written in them, and some are slow on purpose-made input.
NO_CHARSETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"})

CHARSET_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:()+-]{0,39}")

MULTI_BYTE: Final = ("big5", "cp932", "cp949", "cp950", "euc", "gb", "hz", "iso2022", "johab", "shift")

CHANCE: Final = 8
"""So many characters beyond ASCII are not UTF-8 by chance, even in a text of a multi-byte charset."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` is not canonical yet; `encoding` is Python's name of the codec ("utf-8", "cp1251")."""

    text: str
    encoding: str


def canonical(text: str) -> str:
    """The text in the form that is stored: one leading BOM dropped, CRLF and CR become LF, nothing else is changed.

    Raises "nul", "lone_surrogate" (position in `text` as given), "empty" (nothing but white space), "too_long".
    """
    _refuse_unstorable(text)
    kept = _with_line_feeds(text.removeprefix(BOM))
    if not kept or kept.isspace():
        raise DomainError(
            "empty", _("The text is empty or holds nothing but white space. Send the text of the article.")
        )
    if len(kept) > MAX_LENGTH:
        raise DomainError(
            "too_long",
            _(
                "The text has {length} characters; {maximum} is the most one article can have. Split it into parts."
            ).format(length=grouped(len(kept)), maximum=grouped(MAX_LENGTH)),
            extra={"length": len(kept), "maximum": MAX_LENGTH},
        )
    return kept


def canonical_field(text: str) -> str:
    """A short field (claim, note, title) with LF line breaks; may be empty and is never trimmed.

    Raises "nul", "lone_surrogate" (position in `text` as given).
    """
    if not text:
        return text
    _refuse_unstorable(text)
    return _with_line_feeds(text)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Bytes as text: by their byte order mark (dropped), as `declared` (HTTP, HTML), as UTF-8, or by their look.

    A declaration that is unknown or does not fit the bytes is passed over; a guess is taken only with confidence.
    Raises "empty", "binary", "undecodable".
    """
    if not data:
        raise DomainError("empty", _("There is nothing to read: the file is empty. Send the article's text."))
    _refuse_known_binaries(data)
    for attempt in (_by_mark, partial(_as_declared, declared=declared), _as_utf8):
        if decoded := attempt(data):
            return decoded
    return _by_look(data)


def sha256_of(text: str) -> str:
    """The hash of the UTF-8 bytes, 64 hexadecimal digits in lower case."""
    return sha256(text.encode()).hexdigest()


def _refuse_known_binaries(data: bytes) -> None:
    for magic, what in MAGIC:
        if data.startswith(magic):
            raise DomainError(
                "binary",
                _(
                    "This looks like {what}, not like plain text. Send the article as text, or open it "
                    "and copy the text."
                ).format(what=_(what)),
            )


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec in MARKS:
        if data.startswith(mark) and (text := _strict(data[len(mark) :], codec)) is not None:
            return Decoded(text, codec)
    if data.startswith(tuple(mark for mark, codec in MARKS)):
        raise DomainError(
            "undecodable",
            _("The file says that it is Unicode, but some of its bytes are not. Save it as UTF-8 and send it again."),
        )
    return None


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    codec = _codec(declared or "")
    text = codec and _strict(data, codec)
    if not codec or not text or "\0" in text:
        return None
    # Servers declare old charsets for UTF-8 pages, and some of those fit any bytes. The reverse is not so by chance.
    better = None if b"\0" in data else _strict(data, "utf-8")
    if better is not None and (not codec.startswith(MULTI_BYTE) or len(BEYOND_ASCII.findall(better)) >= CHANCE):
        return Decoded(better, "utf-8")
    return Decoded(text, codec)


def _as_utf8(data: bytes) -> Decoded | None:
    if (position := data.find(b"\0")) >= 0:
        raise DomainError(
            "binary",
            _(
                "This is not plain text: byte {position} (counted from 0) is zero. If it should be text, "
                "save it as UTF-8 and send it again."
            ).format(position=position),
        )
    text = _strict(data, "utf-8")
    return None if text is None else Decoded(text, "utf-8")


def _by_look(data: bytes) -> Decoded:
    found = readings(data)
    if len(found) == 1:
        return Decoded(found[0].text, found[0].codec)
    sentence = (
        _(
            "This is not UTF-8 (byte {position}, counted from 0), and its encoding may be {guess}. Save it as UTF-8 "
            "and send it again."
        )
        if found
        else _(
            "This is not UTF-8 (byte {position}, counted from 0), and its encoding is not known. Save it as UTF-8 "
            "and send it again."
        )
    )
    guess = _(" or ").join(reading.codec for reading in found)
    raise DomainError("undecodable", sentence.format(position=_first_not_utf8(data), guess=guess))


def _first_not_utf8(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(data)


def _codec(label: str) -> str | None:
    """Python's name of a declared charset; None for what is unknown or no charset."""
    if not CHARSET_LABEL.fullmatch(label := label.strip(" \t\r\n\"'")):
        return None
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return None if name in NO_CHARSETS else SUPERSETS.get(name, name)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError):
        return None


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_unstorable(text: str) -> None:
    """PostgreSQL's text cannot hold U+0000, and a lone surrogate has no UTF-8 form."""
    if (position := text.find("\0")) >= 0:
        raise _refused_character("nul", _("a NUL character (U+0000)"), position)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        number = f"U+{ord(text[error.start]):04X}"
        what = _("half a character (lone surrogate {number})").format(number=number)
        raise _refused_character("lone_surrogate", what, error.start) from None


def _refused_character(code: str, what: str, position: int) -> DomainError:
    return DomainError(
        code,
        _(
            "The text has {what} at position {position} (code points, counted from 0). Remove it and "
            "send the text again."
        ).format(what=what, position=position),
        extra={"position": position},
    )

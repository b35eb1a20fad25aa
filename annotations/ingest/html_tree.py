"""Web page mark-up to an element tree, and the limits on it. Nothing is fetched, no script is run."""

import codecs
import re
from html import unescape
from typing import Final

from lxml import etree  # type: ignore[import-untyped]
from lxml.html import HtmlElement, HTMLParser, document_fromstring  # type: ignore[import-untyped]

from annotations.core.errors import DomainError
from annotations.core.text import canonical_field, decode
from annotations.core.wording import _

MOST_ELEMENTS: Final = 200_000
DECLARATION_BYTES: Final = 4096
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})["']""")
# Windows' punctuation written as a control character's number; every browser shows the punctuation.
_WINDOWS_NUMBER = re.compile(r"&#(?:0*1(?:2[89]|[345]\d)|[xX]0*[89][0-9A-Fa-f]);")
MOST_BROKEN: Final = 0.001
"""The share of characters that may be damaged in a page that says it is UTF-8; they are shown as U+FFFD."""


def decoded_page(data: bytes, charset: str | None) -> str:
    """`charset` from the HTTP header wins over the page's own word; a byte order mark wins over both.

    A page with a few broken bytes is shown the way browsers show it, because nobody who fetches it can repair it.
    """
    declared = charset if _is_known(charset) else _declared_in(data[:DECLARATION_BYTES])
    try:
        return decode(data, declared).text
    except DomainError as error:
        if error.code != "undecodable" or (declared or "utf-8").lower() not in ("utf-8", "utf8"):
            raise
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") > MOST_BROKEN * len(text):
            raise
        return text


def tree_of(markup: str) -> HtmlElement:
    """The page's root element.

    Raises "empty", "nul", "lone_surrogate", "page_too_complex", and "too_nested" where the parser would silently leave
    the rest out.
    """
    text = canonical_field(markup.removeprefix("\ufeff"))
    if not text.strip():
        raise DomainError("empty", _("The page is empty. Send the HTML of the article."))
    repaired = _WINDOWS_NUMBER.sub(lambda match: unescape(match[0]), text)
    # A parser of its own for each page: its error log belongs to one page, and threads share nothing.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(repaired.encode(), parser=parser)
    except etree.ParserError:
        raise DomainError("empty", _("The page holds no text. Send the HTML of the article.")) from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise DomainError(
            "too_nested", _("The page is nested too deeply to be read. Paste the article's text instead.")
        )
    if size_of(root) > MOST_ELEMENTS:
        raise DomainError("page_too_complex", _("The page has too many elements. Paste the article's text instead."))
    return root


def size_of(root: HtmlElement) -> int:
    """How many elements there are."""
    return sum(1 for _ in root.iter())


def _is_known(charset: str | None) -> bool:
    try:
        return bool(charset and codecs.lookup(charset))
    except (LookupError, ValueError):
        return False


def _declared_in(head: bytes) -> str | None:
    match = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    return match[1].decode("ascii") if match else None

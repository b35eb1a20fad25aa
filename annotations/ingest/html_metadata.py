"""What a page says about itself in its head: JSON-LD, OpenGraph, meta elements, read by trafilatura and htmldate."""

import copy
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import extract_metadata

from annotations.ingest.found import Found
from annotations.ingest.html_main import MOST_ELEMENTS
from annotations.ingest.html_tree import size_of
from annotations.ingest.language import short_code

LONGEST_FIELD: Final = 500


def metadata_of(root: HtmlElement, url: str) -> Found:
    """Title, author, outlet, address, date and language as declared; "" and None where the page is silent."""
    language = next((code for tag in _language_tags(root) if (code := short_code(tag))), "")
    try:
        document = extract_metadata(_searched(root), default_url=url or None, extensive=False)
    except Exception:  # broken metadata are no reason to refuse the article
        return Found(language=language)
    return Found(
        title=_field(document.title),
        byline=", ".join(_field(document.author).split("; ")) if document.author else "",
        outlet=_field(document.sitename),
        canonical_url=_address(document.url) or _address(url),
        published_at=_date(document.date),
        language=language,
    )


def _searched(root: HtmlElement) -> HtmlElement:
    """Of a very large page only the head, where the declarations are."""
    head = root.find("head")
    if head is None or size_of(root) <= MOST_ELEMENTS:
        return root
    page = HtmlElement()
    page.tag = "html"
    page.append(copy.deepcopy(head))
    return page


def _language_tags(root: HtmlElement) -> Iterator[str]:
    yield root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    for meta in root.iterfind(".//head/meta[@content]"):
        names = (meta.get("http-equiv", "") + meta.get("property", "") + meta.get("name", "")).lower()
        if names in ("content-language", "og:locale", "language", "dc.language", "inlanguage"):
            yield meta.get("content", "")
    body = root.find("body")
    yield "" if body is None else body.get("lang") or ""


def _field(value: object) -> str:
    return " ".join(value.split())[:LONGEST_FIELD] if isinstance(value, str) else ""


def _address(value: object) -> str:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return ""
    try:
        return value if urlsplit(value).hostname else ""
    except ValueError:
        return ""


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None

"""Where on a page the article is: trafilatura's opinion, matched to the page's own pieces.

trafilatura's text itself is not taken: it brings Unicode to NFC, drops short paragraphs and tidies white space.
"""

import logging
import re
from typing import Final
from unicodedata import normalize

from lxml.html import HtmlElement  # type: ignore[import-untyped]
from trafilatura import bare_extraction

from annotations.ingest.html_page import Page
from annotations.ingest.html_tree import size_of

SEARCH_BUDGET: Final = 2_000_000_000
"""Characters looked at when pieces are searched for in trafilatura's text; about a second."""
MOST_ELEMENTS: Final = 25_000
"""Ten times a long article's page. trafilatura's time grows with the square of the paragraphs."""
NEAR: Final = 300
SHORT: Final = 20

_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")

# It warns when a page holds little text; here that is an answer, not an event.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_text(root: HtmlElement) -> str:
    """What trafilatura takes for the article, squashed; "" where it finds none or would take too long to look."""
    if size_of(root) > MOST_ELEMENTS:
        return ""
    try:
        document = bare_extraction(root, fast=True, include_comments=False, with_metadata=False)
    except Exception:  # a page on which it stumbles is read without its opinion
        return ""
    body = getattr(document, "body", None)
    return "" if body is None else squashed("".join(body.itertext()))


def squashed(text: str) -> str:
    """Comparable across two ways of reading a page: NFC, no white space, nothing invisible."""
    return _UNSEEN.sub("", normalize("NFC", text))


def confirmed(page: Page, main: str) -> frozenset[int]:
    """The pieces that are in `main`, as indexes. Short ones count only where they are expected next."""
    known: set[int] = set()
    position, cost = 0, 0
    for place, piece in enumerate(page.pieces):
        text = squashed(piece.text)
        if not text or cost > SEARCH_BUDGET:
            continue
        reach = len(main) if len(text) > SHORT else position + len(text) + NEAR
        at = main.find(text, position, reach)
        cost += (at if at >= 0 else min(reach, len(main))) - position
        if at >= 0:
            position = at + len(text)
            known.add(place)
        elif len(text) > SHORT:
            cost += position
            if main.find(text, 0, position) >= 0:
                known.add(place)
    return frozenset(known)

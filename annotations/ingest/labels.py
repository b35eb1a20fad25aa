"""Lines that point elsewhere: where the article is from ("Original url: …", "Source: …") and what else to read."""

import re
from typing import Final

from annotations.ingest.dates import dateline
from annotations.ingest.phrases import ASIDE, ASIDE_ALONE, ORIGINAL, OUTLET, SOURCE, alternatives
from annotations.ingest.shapes import (
    ends_open,
    ends_sentence,
    is_broader,
    is_only_link,
    kept,
    one_line,
    without_links,
    words,
)

LONGEST_ASIDE: Final = 300
LONGEST_OUTLET: Final = 60

URL: Final = re.compile(r"https?://[^\s<>\"'\])}]+", re.IGNORECASE)
_ONLY_URL = re.compile(r"[<(\[]?\s*https?://[^\s<>\"]+?\s*[>)\]]?[.,]?", re.IGNORECASE)
_LINK_TARGET = re.compile(r"\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)", re.IGNORECASE)
_ORIGINAL_LABEL = re.compile(rf"(?:{alternatives(ORIGINAL)}|{alternatives(SOURCE)})\s*[:：]?", re.IGNORECASE)
_ORIGINAL = re.compile(
    rf"(?:{alternatives(ORIGINAL)}|{alternatives(SOURCE)})\s*[:：]?\s*(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL
)
_OUTLET = re.compile(
    rf"(?:{alternatives(SOURCE)}|{alternatives(OUTLET)})\s*[:：]\s*(?P<name>\S.*)", re.IGNORECASE | re.DOTALL
)
_ASIDE = re.compile(rf"\W{{0,3}}(?:{alternatives(ASIDE)})\s*[:：»›>→|]+\s*\S.*", re.IGNORECASE | re.DOTALL)
_ASIDE_ALONE = re.compile(
    rf"\W*(?:\d{{1,3}}[ -]min(?:ute)?s?\.? read|{alternatives(ASIDE_ALONE)}|{alternatives(ASIDE)})\s*[:：»›>→]?\W*",
    re.IGNORECASE,
)


@kept
def only_url(text: str) -> str:
    """The address, if the text is nothing but one ("<https://…>"); else ""."""
    return url_in(text) if _ONLY_URL.fullmatch(text.strip()) else ""


def url_in(text: str) -> str:
    """The first web address in a text, without the punctuation around it; "" if none."""
    match = _LINK_TARGET.search(text)
    if match:
        return match[1]
    match = URL.search(text)
    return match[0].rstrip(".,;:!?") if match else ""


@kept
def is_url_label(text: str) -> bool:
    """ "Original url:" with the address still to come."""
    return _ORIGINAL_LABEL.fullmatch(_plain(text)) is not None


@kept
def labelled_url(text: str) -> str:
    """The address behind "Original url:" or "Source:"; "" unless label, a few words and the address are all."""
    if not (match := _ORIGINAL.fullmatch(text.strip())) or words(text) > 16:
        return ""
    rest = match["rest"]
    is_whole = (
        bool(_ONLY_URL.fullmatch(rest))
        or bool(_LINK_TARGET.search(rest))
        or (":" in text[: match.start("rest")] and bool(URL.search(rest)))
    )
    return url_in(rest) if is_whole else ""


def outlet(text: str) -> str:
    """The name behind "Source:" or "Publication:"; "" where that is no short name."""
    match = _OUTLET.fullmatch(one_line(text))
    if not match:
        return ""
    name = _without_date(URL.sub("", match["name"]).strip(" ()<>,;|–—-"))
    is_name = (
        bool(name) and len(name) <= LONGEST_OUTLET and words(name) <= 7 and (ends_open(name) or name.endswith("."))
    )
    return name.rstrip(",;") if is_name and not name[0].islower() or is_name and "." in name and " " not in name else ""


def is_aside(text: str, *, in_body: bool) -> bool:
    """`in_body`: below the first paragraph, where a line that is one link is a pointer to another article."""
    if is_broader(text, LONGEST_ASIDE):
        return False
    plain = _plain(text)
    if _ASIDE_ALONE.fullmatch(plain):
        return True
    if _ASIDE.fullmatch(plain):
        return is_pointer(text, plain)
    return in_body and is_only_link(text.strip())


def is_pointer(text: str, plain: str) -> bool:
    """Is there a link, or no full stop? "More on this: the ministry said on Friday that …." is the article's own."""
    return text != without_links(text) or bool(URL.search(text)) or not ends_sentence(plain) or plain.endswith("?")


@kept
def _plain(text: str) -> str:
    return one_line(text).strip("*_ ")


def _without_date(name: str) -> str:
    head, comma, tail = name.partition(",")
    return head.strip() if comma and dateline(tail) else name

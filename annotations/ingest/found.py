"""What an article's blocks say about it: title, byline, outlet, address, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from annotations.core.blocks import Block, BlockKind
from annotations.ingest.article import IncomingArticle
from annotations.ingest.bylines import Byline, byline
from annotations.ingest.dates import date_in_address, dateline
from annotations.ingest.labels import is_url_label, labelled_url, only_url, outlet
from annotations.ingest.shapes import one_line
from annotations.ingest.units import Unit

MOST_AUTHORS: Final = 4

_TITLE_LABEL = re.compile(
    r"^(?:title|headline|titel|überschrift|titre|título|titolo|заголовок|العنوان|标题)\s*[:：]\s*(?=\S)", re.IGNORECASE
)

LONGEST_ADDRESS: Final = 2_000
LONGEST_HOST: Final = 253
_ADDRESS: Final = re.compile(r"https?://(?P<host>[^\s/?#:@\[\]]+)(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_NAME: Final = "[a-z0-9\u00a1-\uffff](?:[a-z0-9\u00a1-\uffff-]{0,61}[a-z0-9\u00a1-\uffff])?"
_HOST: Final = re.compile(
    rf"localhost|(?:{_NAME}\.)+(?:[a-z\u00a1-\uffff]{{2,63}}|xn--[a-z0-9]{{1,59}})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """ "" and None where nothing was found."""

    title: str = ""
    byline: str = ""
    outlet: str = ""
    canonical_url: str = ""
    published_at: date | None = None
    language: str = ""

    def or_else(self, other: "Found") -> "Found":
        """Every gap filled from `other`."""
        return Found(
            self.title or other.title,
            self.byline or other.byline,
            self.outlet or other.outlet,
            self.canonical_url or other.canonical_url,
            self.published_at or other.published_at,
            self.language or other.language,
        )


def found_in(units: Sequence[Unit], kinds: Sequence[BlockKind], language: str = "") -> Found:
    """Read from the blocks alone; `outlet` is only what a source line names."""
    by_kind: dict[BlockKind, list[str]] = {}
    for unit, kind in zip(units, kinds, strict=True):
        by_kind.setdefault(kind, []).append(unit.text)
    bylines = [found for text in by_kind.get(BlockKind.BYLINE, []) if (found := byline(text) or Byline(one_line(text)))]
    sources = by_kind.get(BlockKind.SOURCE, [])
    return Found(
        title=_TITLE_LABEL.sub("", one_line(by_kind[BlockKind.HEADLINE][0])) if BlockKind.HEADLINE in by_kind else "",
        byline=", ".join(dict.fromkeys(found.who for found in bylines[:MOST_AUTHORS])),
        outlet=next((name for text in sources if (name := outlet(text))), ""),
        canonical_url=(address := _address(sources)),
        published_at=_published(by_kind.get(BlockKind.DATELINE, []), bylines, language) or date_in_address(address),
        language=language,
    )


def article_of(
    found: Found,
    text: str,
    blocks: tuple[Block, ...],
    *,
    url: str,
    language: str,
    source: bytes,
    media_type: str,
    name: str,
) -> IncomingArticle:
    """`text` is canonical and `blocks` are checked; `url` is where it was fetched from, if that is known."""
    address = next(filter(is_address, (found.canonical_url, url)), "")
    return IncomingArticle(
        text=text,
        blocks=blocks,
        title=found.title,
        byline=found.byline,
        outlet=found.outlet or host_of(address),
        canonical_url=address,
        published_at=found.published_at,
        language=language,
        source=source,
        media_type=media_type,
        source_name=name,
    )


def is_address(url: str) -> bool:
    """Can it be kept as the address of an article? What merely looks like one in a text keeps no article out."""
    if len(url) > LONGEST_ADDRESS or not (match := _ADDRESS.fullmatch(url)):
        return False
    if _HOST.fullmatch(match["host"]):
        return len(match["host"]) <= LONGEST_HOST
    try:
        return bool(ip_address(match["host"]))
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host without "www."; "" for what is no web address."""
    if not url:
        return ""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _address(sources: Sequence[str]) -> str:
    """A labelled address wins; a bare one counts when it is the only one."""
    labelled = [url for text in sources if (url := labelled_url(text))]
    after_label = [
        only_url(text)
        for above, text in zip(sources, sources[1:], strict=False)
        if is_url_label(above) and only_url(text)
    ]
    bare = [url for text in sources if (url := only_url(text))]
    return next(iter(labelled + after_label), bare[0] if len(bare) == 1 else "")


def _published(datelines: Sequence[str], bylines: Sequence[Byline], language: str) -> date | None:
    dates = [found.published for text in datelines if (found := dateline(text, language))]
    dates += [found.published for found in bylines]
    return next((when for when in dates if when), None)

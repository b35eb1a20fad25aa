"""A page as a list of pieces of visible text, each with what the mark-up says of it, and of the boxes they lie in."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from annotations.core.blocks import BlockKind


class Zone(StrEnum):
    """Why a piece may be no part of the article."""

    NONE = ""
    FRAME = "frame"  # the mark-up says navigation, footer, dialog
    HEADER = "header"  # the site's header, where an article's headline may stand
    NAMED = "named"  # only a class or id says so ("related", "share"), which is sometimes wrong
    ASIDE = "aside"  # an <aside> inside the article


class Hint(StrEnum):
    NONE = ""
    AUTHOR = "author"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Piece:
    """`links`: the share of its characters that are links. `box`: the innermost box it lies in, an index."""

    text: str
    kind: BlockKind | None
    zone: Zone
    hint: Hint
    links: float
    box: int


@dataclass(slots=True)
class Box:
    """A block element: the pieces first..end (exclusive) lie in it. `parent` is an index, -1 for the outermost."""

    tag: str
    parent: int
    first: int
    end: int = 0


@dataclass(slots=True)
class Page:
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def enclosing(self, box: int, tag: str) -> int | None:
        """The nearest box with this tag around `box`, itself included."""
        while box >= 0:
            if self.boxes[box].tag == tag:
                return box
            box = self.boxes[box].parent
        return None


_SKIPPED_NAMES = """
script style noscript template head title svg canvas object embed iframe audio video button input textarea
select option datalist map area param source track base link meta dialog progress meter
"""
SKIPPED: Final = frozenset(_SKIPPED_NAMES.split())
_BLOCKS_NAMES = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2
h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table caption tbody thead tfoot
tr td th ul legend picture html
"""
BLOCKS: Final = frozenset(_BLOCKS_NAMES.split())
KINDS: Final = {
    "h1": BlockKind.HEADLINE,
    "h2": BlockKind.SUBHEAD,
    "h3": BlockKind.SUBHEAD,
    "h4": BlockKind.SUBHEAD,
    "h5": BlockKind.SUBHEAD,
    "h6": BlockKind.SUBHEAD,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "blockquote": BlockKind.QUOTATION,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
}
_FRAME_ROLES_NAMES = """
navigation banner contentinfo search menu menubar dialog alertdialog alert tablist toolbar
"""
FRAME_ROLES: Final = frozenset(_FRAME_ROLES_NAMES.split())
NAMED: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|menus|breadcrumbs?|share|sharing|sharebar|social|socials|related|recommended"
    r"|recommendations?|newsletter|subscribe|subscription|signup|sign-up|promo|promos|advert|advertisement|ads?|banner"
    r"|cookies?|consent|gdpr|comments?|disqus|sidebar|footer|popup|modal|outbrain|taboola|read-?more|more-?stories|trending"
    r"|most-?read|popular|tags|toolbar|pagination|pager|skip-?link|sponsored|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
UNSEEN: Final = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|screenreader|u-hidden)(?:$|\s)", re.IGNORECASE
)
UNDISPLAYED: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
AUTHOR: Final = re.compile(r"(?:^|[\s_-])(?:by-?line|authors?|writer)(?:$|[\s_-])", re.IGNORECASE)
DATE: Final = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|time|timestamp|published|pubdate|post-?date|entry-?date|datetime)(?:$|[\s_-])",
    re.IGNORECASE,
)

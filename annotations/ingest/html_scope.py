"""The box of a page that holds the article, and the headline above it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.html_main import squashed
from annotations.ingest.html_page import Page, Piece, Zone
from annotations.ingest.shapes import is_prose

MOST: Final = 0.85
"""The share of the confirmed text that the article's box must hold."""
MOSTLY_LINKS: Final = 0.8
SIMPLE: Final = 0.3
"""A page with a smaller share of links has no menus worth the name."""
_CONTAINERS: Final = frozenset({"html", "body", "div", "section", "main", "article", "center", "form", "td"})
_HEADINGS: Final = (BlockKind.HEADLINE, BlockKind.SUBHEAD)


@dataclass(frozen=True, slots=True)
class Scope:
    """Places are indexes of pieces. `first`..`end` (exclusive) lie in the box, `lead`..`last` are sure.

    `is_whole`: everything in the box belongs to the article unless it looks like a menu.
    """

    known: frozenset[int]
    first: int
    end: int
    lead: int
    last: int
    is_whole: bool
    headline: int | None


def scope_of(page: Page, known: frozenset[int], title: str) -> Scope:
    """`known` as from `confirmed`; empty where nobody has an opinion. `title` as the page's metadata give it."""
    box = _box_of_known(page, known)
    richest = _richest(page)
    if richest is not None and (box is None or _missed_most(page, known, richest) or _outweighs(page, richest, box)):
        box = richest
    first, end = (page.boxes[box].first, page.boxes[box].end) if box is not None else (0, len(page.pieces))
    sure = sorted(place for place in known if first <= place < end and page.pieces[place].links < MOSTLY_LINKS)
    inside = sure or [place for place in range(first, end) if _is_body(page.pieces[place])]
    lead, last = (inside[0], inside[-1]) if inside else (first, end - 1)
    is_article = box is not None and page.boxes[box].tag == "article"
    is_whole = is_article or not known or _is_simple(page.pieces[first:end])
    return Scope(known, first, end, lead, last, is_whole, _headline(page, title, first, end, lead, known))


def _box_of_known(page: Page, known: frozenset[int]) -> int | None:
    """The smallest box around most of the confirmed text; the whole <article> where it lies in one."""
    sums = _sums(page, lambda place, piece: place in known and piece.zone is not Zone.FRAME)
    if not sums[-1]:
        return None
    holding = [n for n, box in enumerate(page.boxes) if sums[box.end] - sums[box.first] >= MOST * sums[-1]]
    if not holding:
        return None
    smallest = min(holding, key=lambda n: (page.boxes[n].end - page.boxes[n].first, -n))
    article = page.enclosing(smallest, "article")
    return _widened(page, smallest) if article is None else article


def _widened(page: Page, box: int) -> int:
    """Up to the first box around that can hold several paragraphs, and on as long as there are no menus in it."""
    while (parent := page.boxes[box].parent) >= 0:
        around = page.boxes[parent]
        if page.boxes[box].tag in _CONTAINERS and not _is_simple(page.pieces[around.first : around.end]):
            break
        box = parent
    return box


def _richest(page: Page) -> int | None:
    """The <article> with most prose, else the <main>, else the <body>."""
    sums = _sums(page, lambda _, piece: _is_body(piece))
    for tag in ("article", "main", "body"):
        boxes = [n for n, box in enumerate(page.boxes) if box.tag == tag and sums[box.end] > sums[box.first]]
        if boxes:
            return max(boxes, key=lambda n: sums[page.boxes[n].end] - sums[page.boxes[n].first])
    return None


def _missed_most(page: Page, known: frozenset[int], richest: int) -> bool:
    """Less than half of a plain page's prose was confirmed. A <body> full of links is not plain."""
    box = page.boxes[richest]
    places = range(box.first, box.end)
    if box.tag == "body" and not _is_simple(page.pieces[box.first : box.end]):
        return False
    prose = [place for place in places if _is_body(page.pieces[place])]
    whole = sum(len(page.pieces[place].text) for place in prose)
    return sum(len(page.pieces[place].text) for place in prose if place in known) * 2 < whole


def _outweighs(page: Page, richest: int, box: int) -> bool:
    """One <article> holds most of what the box around it holds, and twice as much as the next: those are teasers."""
    sums = _sums(page, lambda _, piece: _is_body(piece))
    inner, outer = page.boxes[richest], page.boxes[box]
    if inner.tag != "article" or not outer.first <= inner.first <= inner.end <= outer.end:
        return False
    others = [
        sums[other.end] - sums[other.first]
        for other in page.boxes
        if other.tag == "article" and (other.end <= inner.first or other.first >= inner.end)
    ]
    own = sums[inner.end] - sums[inner.first]
    return bool(others) and own * 2 >= sums[outer.end] - sums[outer.first] and own >= 2 * max(others)


def _headline(page: Page, title: str, first: int, end: int, lead: int, known: frozenset[int]) -> int | None:
    """The heading that says what the page's title says; else the first h1 in the box, else the last one above it."""
    places = [
        place
        for place, piece in enumerate(page.pieces[: max(lead + 1, end)])
        if (piece.zone in (Zone.NONE, Zone.HEADER) or place in known)
        and (piece.links < MOSTLY_LINKS or first <= place < end)
    ]
    same = [place for place in places if place <= lead + 1 and _says(page.pieces[place], title)]
    main = [place for place in places if page.pieces[place].kind is BlockKind.HEADLINE]
    in_box = [place for place in main if first <= place < end]
    above = [place for place in main if place < first]
    return next(iter(same + in_box + above[-1:]), None)


def _says(piece: Piece, title: str) -> bool:
    """Titles often have the outlet's name behind the headline; only headings are believed with that."""
    shown, wanted = squashed(piece.text).casefold(), squashed(title).casefold()
    return bool(wanted) and (
        shown == wanted or (piece.kind in _HEADINGS and len(shown) > 12 and wanted.startswith(shown))
    )


def _is_body(piece: Piece) -> bool:
    return piece.zone is Zone.NONE and piece.links < 0.5 and piece.kind not in _HEADINGS and is_prose(piece.text)


def _is_simple(pieces: list[Piece]) -> bool:
    seen = [piece for piece in pieces if piece.zone is not Zone.FRAME]
    linked = sum(len(piece.text) * piece.links for piece in seen)
    return linked < SIMPLE * sum(len(piece.text) for piece in seen)


def _sums(page: Page, counts: Callable[[int, Piece], bool]) -> list[int]:
    """Characters of the pieces that count, summed up before each place; one more entry than pieces."""
    sums = [0]
    for place, piece in enumerate(page.pieces):
        sums.append(sums[-1] + (len(piece.text) if counts(place, piece) else 0))
    return sums

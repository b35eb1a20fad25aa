"""Piece by piece: does it belong to the article, and what is it there. No paragraph is lost, no menu comes in."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from annotations.core.blocks import BlockKind
from annotations.ingest.bylines import byline
from annotations.ingest.dates import dateline
from annotations.ingest.html_page import Hint, Page, Piece, Zone
from annotations.ingest.html_scope import MOSTLY_LINKS, Scope
from annotations.ingest.shapes import ends_open, is_prose, words

LONGEST_HINTED: Final = 160
_HEADINGS: Final = (BlockKind.HEADLINE, BlockKind.SUBHEAD)


def article_pieces(page: Page, scope: Scope) -> list[Piece]:
    """The article's pieces in the page's order, the headline first where it stands elsewhere."""
    choice = _Choice(page, scope)
    return [choice.typed(place) for place in range(len(page.pieces)) if choice.takes(place)]


@dataclass(frozen=True)
class _Choice:
    page: Page
    scope: Scope

    def takes(self, place: int) -> bool:
        piece, scope = self.page.pieces[place], self.scope
        is_known = place in scope.known
        if place == scope.headline:
            return True
        if piece.zone is Zone.FRAME or (piece.zone is Zone.NAMED and not is_known):
            return False
        if not scope.first <= place < scope.end:
            return self._takes_outside(place, piece)
        if piece.zone is Zone.HEADER and not is_known:
            return scope.headline is not None and scope.headline < place < scope.lead and piece.links < MOSTLY_LINKS
        if is_known and (piece.links < MOSTLY_LINKS or scope.lead < place < scope.last):
            return True
        return self._takes_unconfirmed(place, piece)

    def typed(self, place: int) -> Piece:
        """The piece with its kind as far as mark-up and place settle it."""
        piece = self.page.pieces[place]
        if place == self.scope.headline:
            return replace(piece, kind=BlockKind.HEADLINE)
        if piece.kind is BlockKind.HEADLINE:
            return replace(piece, kind=BlockKind.SUBHEAD)
        is_known = place in self.scope.known
        is_pointer = piece.links > MOSTLY_LINKS and place > self.scope.lead and not is_prose(piece.text)
        if not is_known and (piece.zone is Zone.ASIDE or is_pointer):
            return replace(piece, kind=BlockKind.ASIDE)
        return replace(piece, kind=piece.kind or _hinted(piece)) if place <= self._body_start else piece

    def _takes_outside(self, place: int, piece: Piece) -> bool:
        """Between a headline and the box below it: author, date and standfirst."""
        headline = self.scope.headline
        if headline is None or not headline < place < self.scope.first:
            return False
        is_label = bool(_hinted(piece)) or bool(byline(piece.text)) or bool(dateline(piece.text))
        return is_label or (place in self.scope.known) or (is_prose(piece.text) and piece.links < 0.5)

    def _takes_unconfirmed(self, place: int, piece: Piece) -> bool:
        scope = self.scope
        if place in self._other_articles:
            return False
        is_between = scope.lead < place < scope.last
        if piece.links >= MOSTLY_LINKS:
            return is_between and piece.kind not in _HEADINGS and (scope.is_whole or piece.kind is None)
        if is_between or scope.is_whole:
            return is_between or not _is_imprint(piece.text)
        if place < scope.lead:
            has_headline = scope.headline is not None and scope.first <= scope.headline
            return scope.headline < place if has_headline and scope.headline is not None else self._is_sibling(piece)
        return self._is_sibling(piece) and not _is_imprint(piece.text)

    def _is_sibling(self, piece: Piece) -> bool:
        """Lies in a box beside a confirmed piece's box."""
        return self.page.boxes[piece.box].parent in self._parents

    @cached_property
    def _parents(self) -> set[int]:
        pieces, boxes = self.page.pieces, self.page.boxes
        return {boxes[pieces[place].box].parent for place in self.scope.known}

    @cached_property
    def _other_articles(self) -> set[int]:
        """Pieces of articles within the article's box that hold nothing confirmed: teasers of other stories."""
        scope = self.scope
        others = [
            range(box.first, box.end)
            for box in self.page.boxes
            if box.tag == "article" and (scope.first < box.first or box.end < scope.end)
        ]
        known = scope.known or {scope.lead, scope.last}
        return {place for span in others if not any(place in known for place in span) for place in span}

    @cached_property
    def _body_start(self) -> int:
        """The first confirmed sentence; below it nothing is taken for author or date."""
        pieces = self.page.pieces
        prose = (
            place
            for place in range(self.scope.lead, self.scope.end)
            if pieces[place].kind is None and is_prose(pieces[place].text)
        )
        return next(prose, self.scope.end)


def _hinted(piece: Piece) -> BlockKind | None:
    """What class or tag says, if the text can be that."""
    text = piece.text
    if piece.hint is Hint.NONE or len(text) > LONGEST_HINTED or words(text) > 14 or not ends_open(text.rstrip(".")):
        return None
    if piece.hint is Hint.DATE:
        return BlockKind.DATELINE if any(character.isdigit() for character in text) else None
    return BlockKind.BYLINE if any(character.isalpha() for character in text) else None


def _is_imprint(text: str) -> bool:
    return text.lstrip().lower().startswith(("©", "(c) ", "copyright ", "all rights reserved"))

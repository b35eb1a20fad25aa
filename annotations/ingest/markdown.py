"""Markdown: the text as a reader sees it, block by block. HTML inside it is text and stays text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotations.core.blocks import BlockKind, check_blocks
from annotations.core.errors import DomainError
from annotations.core.text import canonical, decode
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.found import article_of, found_in
from annotations.ingest.front_matter import front_matter
from annotations.ingest.language import language_of
from annotations.ingest.roles import kinds_of
from annotations.ingest.units import Unit, joined, units_from

MEDIA_TYPE = "text/markdown"
DEEPEST: Final = 100
_CONTAINERS: Final = {"blockquote_open": BlockKind.QUOTATION, "list_item_open": BlockKind.LIST_ITEM}
_CLOSERS: Final = frozenset({"blockquote_close", "list_item_close"})


def read_markdown(data: bytes, *, charset: str | None = None, name: str = "", url: str = "") -> IncomingArticle:
    """`charset` as declared by the sender. Raises "no_article", "too_nested" and core.text's codes."""
    given = canonical(decode(data, charset).text)
    declared, body = front_matter(given)
    pieces = units_from(_units(_tokens(body)))
    if not pieces:
        raise DomainError("no_article", _("The file holds no text of an article. Send a file with text in it."))
    language = declared.language or language_of("\n".join(piece.text for piece in pieces))
    text, blocks = joined(pieces, kinds := kinds_of(pieces, language))
    canonical(text)
    check_blocks(text, blocks)
    found = found_in(pieces, kinds, language)
    merged = replace(declared, title=found.title or declared.title).or_else(found)
    return article_of(merged, text, blocks, url=url, language=language, source=data, media_type=MEDIA_TYPE, name=name)


def _tokens(body: str) -> list[Token]:
    """Raises "too_nested", where the parser would silently leave text out."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    tokens = parser.parse(body)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise DomainError(
            "too_nested", _("The quotes and lists are nested too deeply. Paste the article's text instead.")
        )
    return tokens


@dataclass(slots=True)
class _Reading:
    """Where in the document we are: the containers around us, what was seen, the cells of the row so far."""

    containers: list[BlockKind] = field(default_factory=list)
    has_begun: bool = False
    has_headline: bool = False
    row: list[str] = field(default_factory=list)


def _units(tokens: Sequence[Token]) -> Iterator[Unit]:
    reading = _Reading()
    for place, token in enumerate(tokens):
        if token.type in _CONTAINERS:
            reading.containers.append(_CONTAINERS[token.type])
        elif token.type in _CLOSERS:
            reading.containers.pop()
        elif token.type == "inline":
            yield from _inline_units(token, tokens[place - 1], reading)
        elif token.type in ("fence", "code_block"):
            yield Unit(token.content, BlockKind.PARAGRAPH)
        elif token.type == "tr_close":
            yield Unit("\t".join(reading.row), BlockKind.PARAGRAPH)
            reading.row = []


def _inline_units(token: Token, opener: Token, reading: _Reading) -> Iterator[Unit]:
    text, alternatives = _shown(token.children or [])
    if opener.type in ("td_open", "th_open"):
        reading.row.append(" ".join((text + " " + " ".join(alternatives)).split()))
        return
    yield Unit(text, _kind(opener, reading))
    reading.has_begun = True
    for alternative in alternatives:
        yield Unit(alternative, BlockKind.CAPTION)


def _kind(opener: Token, reading: _Reading) -> BlockKind | None:
    if opener.type == "heading_open":
        is_headline = not reading.has_headline and (opener.tag == "h1" or not reading.has_begun)
        reading.has_headline = reading.has_headline or is_headline
        return BlockKind.HEADLINE if is_headline else BlockKind.SUBHEAD
    return reading.containers[-1] if reading.containers else None


def _shown(children: Sequence[Token]) -> tuple[str, list[str]]:
    """The text as read, and the descriptions of the pictures in it."""
    texts, alternatives = [], []
    for child in children:
        if child.type == "image":
            alternatives.append(_shown(child.children or [])[0])
        elif child.type == "softbreak":
            texts.append(" ")
        elif child.type == "hardbreak":
            texts.append("\n")
        else:
            texts.append(child.content)
    return "".join(texts), alternatives

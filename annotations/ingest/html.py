"""Web pages: the article's own characters, block by block, and what the page says about itself."""

from annotations.core.blocks import check_blocks
from annotations.core.errors import DomainError
from annotations.core.text import canonical
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.found import Found, article_of, found_in, host_of
from annotations.ingest.html_choice import article_pieces
from annotations.ingest.html_main import confirmed, main_text
from annotations.ingest.html_metadata import metadata_of
from annotations.ingest.html_scope import scope_of
from annotations.ingest.html_tree import decoded_page, tree_of
from annotations.ingest.html_walk import page_of
from annotations.ingest.language import declared_or_found
from annotations.ingest.roles import kinds_of
from annotations.ingest.units import Unit, joined, units_from

MEDIA_TYPE = "text/html"


def read_html_bytes(data: bytes, *, charset: str | None = None, name: str = "", url: str = "") -> IncomingArticle:
    """`charset` as the HTTP header gives it. Raises "empty", "undecodable", "nul", "too_nested", "no_article"."""
    return article_from(decoded_page(data, charset), source=data, name=name, url=url)


def article_from(markup: str, *, source: bytes, name: str = "", url: str = "") -> IncomingArticle:
    """`source`: the bytes that `markup` was decoded from; `url`: where the page was, if that is known."""
    root = tree_of(markup)
    declared = metadata_of(root, url)
    page = page_of(root)
    scope = scope_of(page, confirmed(page, main_text(root)), declared.title)
    units = units_from(Unit(piece.text, piece.kind) for piece in article_pieces(page, scope))
    if not units:
        raise DomainError("no_article", _("The page holds no text of an article. Paste the article's text instead."))
    text, blocks = joined(units, kinds := kinds_of(units, declared.language))
    canonical(text)
    check_blocks(text, blocks)
    language = declared_or_found(declared.language, text)
    seen = found_in(units, kinds, language)
    found = Found(
        title=seen.title or declared.title,
        byline=seen.byline or declared.byline,
        outlet=seen.outlet or declared.outlet or host_of(declared.canonical_url or url),
        canonical_url=declared.canonical_url or seen.canonical_url,
        published_at=declared.published_at or seen.published_at,
    )
    return article_of(found, text, blocks, url=url, language=language, source=source, media_type=MEDIA_TYPE, name=name)

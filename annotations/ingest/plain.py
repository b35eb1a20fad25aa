"""Plain text, from a file or pasted. The text stays exactly as it came; only the blocks over it are found."""

import codecs

from annotations.core.blocks import Block, check_blocks
from annotations.core.text import BOM, canonical, decode
from annotations.ingest.article import IncomingArticle
from annotations.ingest.found import article_of, found_in
from annotations.ingest.language import language_of
from annotations.ingest.lines import paragraphs_of
from annotations.ingest.roles import kinds_of, stands_alone
from annotations.ingest.units import Unit

MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MEDIA_TYPE = "text/plain"


def read_plain(data: bytes, *, charset: str | None = None, name: str = "", url: str = "") -> IncomingArticle:
    """`charset` as declared by the sender. Raises what `decode` and `canonical` raise."""
    text = decode(data, charset).text
    # decode has dropped the file's mark already; a second one is a character of the text, and canonical drops one too.
    kept = BOM + text if text.startswith(BOM) and data.startswith(MARKS) else text
    return article_from(kept, source=data, name=name, url=url)


def article_from(given: str, *, source: bytes, name: str = "", url: str = "") -> IncomingArticle:
    """`source`: the bytes that `given` was decoded from."""
    text = canonical(given)
    language = language_of(text)
    paragraphs = paragraphs_of(text, stands_alone)
    units = [Unit(paragraph.text, paragraph.kind) for paragraph in paragraphs]
    kinds = kinds_of(units, language)
    blocks = tuple(Block(kind, place.start, place.end) for kind, place in zip(kinds, paragraphs, strict=True))
    check_blocks(text, blocks)
    found = found_in(units, kinds, language)
    return article_of(found, text, blocks, url=url, language=language, source=source, media_type=MEDIA_TYPE, name=name)

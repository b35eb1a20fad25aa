"""What every reader returns: one article as it came in, ready to be stored. No parsing happens here."""

from dataclasses import dataclass
from datetime import date

from annotations.core.blocks import Block


@dataclass(frozen=True, slots=True)
class IncomingArticle:
    """`text` is canonical, `check_blocks(text, blocks)` holds, and all that is not white space is in a block.

    What was not found is "" (None for the date). `language` is a lower-case code ("en", "uk"). `source` holds the bytes
    as they came, `media_type` what they were read as, `source_name` the file's name.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    byline: str
    outlet: str
    canonical_url: str
    published_at: date | None
    language: str
    source: bytes
    media_type: str
    source_name: str = ""

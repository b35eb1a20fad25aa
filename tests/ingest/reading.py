"""What the tests of the readers ask of every article."""

from annotations.core.blocks import BlockKind, check_blocks
from annotations.core.text import canonical
from annotations.ingest import IncomingArticle


def pieces(article: IncomingArticle) -> list[tuple[str, str]]:
    """Kind and text of each block, after the promises that hold for every article were looked at."""
    assert canonical(article.text) == article.text
    check_blocks(article.text, article.blocks)
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.blocks]


def of_kind(article: IncomingArticle, kind: BlockKind) -> list[str]:
    return [text for name, text in pieces(article) if name == kind.value]


def kinds(article: IncomingArticle) -> str:
    """The blocks' kinds in order, divided by spaces."""
    return " ".join(kind for kind, _ in pieces(article))

"""The articles of a batch of documents: the known ones, and new ones stored together through COPY."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.dateparse import parse_date

from annotations import ingest
from annotations.core.text import sha256_of
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, bad_document
from annotations.ingest import IncomingArticle
from annotations.models import Article, Block, Desk, Event, Revision, User
from annotations.models.base import new_id_text
from annotations.permissions import require
from annotations.services.articles import article_row, imported_state, revision_row
from annotations.services.binary_rows import begin, copied, copied_binary, integer, text, uuid
from annotations.services.history import event_row
from annotations.services.locks import locked_articles

Texts = Mapping[str, IncomingArticle]


def articles_of(
    desk: Desk, actor: User, documents: Sequence[IncomingDocument], texts: Texts
) -> tuple[list[Article], list[Event]]:
    """The article of each document: the one that is named, or has this text already, or a new one.

    And the events of the new ones, not stored yet. `texts`: by text, what is known of it already. All articles are
    locked or new, so nobody else writes to them. No text may stand in the batch twice. Raises "bad_document".
    """
    known = _known(desk, actor, documents)
    fresh = [document for document in documents if sha256_of(document.text) not in known and not document.article]
    stored = _stored(desk, actor, fresh, texts)
    new = dict(zip([document.text for document in fresh], stored, strict=True))
    events = [event_row(row, actor=actor, action="import", after=imported_state(row)) for row in stored]
    return [new.get(document.text) or _found(document, known) for document in documents], events


def _known(desk: Desk, actor: User, documents: Sequence[IncomingDocument]) -> dict[str, Article]:
    """By the hash of the text; the named one comes before the oldest."""
    hashes = [sha256_of(document.text) for document in documents]
    # Asked alone, for else PostgreSQL may look through all articles of the desk.
    ids = list(Revision.objects.filter(sha256__in=hashes).values_list("article", flat=True))
    if not ids:
        return {}
    asked = Article.objects.visible_to(actor).filter(pk__in=ids, desk=desk, revision__sha256__in=hashes)
    rows = locked_articles(asked)
    named = {document.article for document in documents}
    found: dict[str, Article] = {}
    for article in rows:
        if article.current.sha256 not in found or str(article.pk) in named:
            found[article.current.sha256] = article
    return found


def _found(document: IncomingDocument, known: dict[str, Article]) -> Article:
    article = known.get(sha256_of(document.text))
    if article is None or document.article not in (None, "", str(article.pk)):
        reason = _("No article {article} on this desk has this text.").format(article=document.article)
        raise bad_document(document.key, reason, code="bad_document")
    return article


def _stored(desk: Desk, actor: User, documents: Sequence[IncomingDocument], known: Texts) -> list[Article]:
    if not documents:
        return []
    require(actor, "import", desk)
    texts = [_read(document, known) for document in documents]
    articles = [
        article_row(desk, actor, text, _metadata(document)) for text, document in zip(texts, documents, strict=True)
    ]
    revisions = [revision_row(article, actor, text, 1) for article, text in zip(articles, texts, strict=True)]
    for article, revision in zip(articles, revisions, strict=True):
        article.revision = revision
    copied([revision.source for revision in revisions])
    copied(articles)
    copied(revisions)
    copied_binary(Block, ("id", "revision", "position", "kind", "start", "end"), _blocks(revisions, texts))
    return articles


def _blocks(revisions: Sequence[Revision], texts: Sequence[IncomingArticle]) -> Iterator[bytes]:
    begins = begin(6)
    for revision, incoming in zip(revisions, texts, strict=True):
        id = uuid(str(revision.pk))
        for position, block in enumerate(incoming.blocks):
            place = integer(4, block.start) + integer(4, block.end)
            yield b"".join((begins, uuid(new_id_text()), id, integer(4, position), text(block.kind.value), place))


def _read(document: IncomingDocument, known: Texts) -> IncomingArticle:
    incoming = known.get(document.text) or ingest.read_text(document.text)
    if incoming.text != document.text:
        reason = _("Its text has CR or a byte order mark, which are not kept, so offsets would not fit. Use LF alone.")
        raise bad_document(document.key, reason, code="bad_document")
    return incoming


def _metadata(document: IncomingDocument) -> dict[str, Any]:
    metadata: dict[str, Any] = {"title": document.key, **document.metadata}
    given = str(metadata.get("published_at") or "")
    try:
        metadata["published_at"] = parse_date(given[:10])
    except ValueError:
        raise bad_document(
            document.key, _('"{given}" is no date. Write it as YYYY-MM-DD.').format(given=given[:10])
        ) from None
    return metadata

"""The articles of a batch of documents: the known ones, and new ones stored together through COPY."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from typing import Any, Final

from django.utils.dateparse import parse_date

from annotations import ingest
from annotations.core.blocks import BlockKind
from annotations.core.states import ArticleState
from annotations.core.text import sha256_of
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, bad_document
from annotations.ingest import IncomingArticle
from annotations.models import Article, Block, Desk, Event, Revision, StoredFile, User
from annotations.models.base import new_id as new_uuid
from annotations.permissions import require
from annotations.services.articles import article_row, imported_state
from annotations.services.binary_rows import (
    Ids,
    begin,
    copied,
    copied_binary,
    integer,
    length,
    moment,
    text,
    uuid,
)
from annotations.services.history import article_state, event_row
from annotations.services.locks import locked_articles
from annotations.services.rows import made

Texts = Mapping[str, IncomingArticle]
FILE: Final = ("id", "desk", "name", "media_type", "size", "sha256", "content", "created")
REVISION: Final = (
    "id", "desk", "article", "number", "text", "sha256", "length", "source", "created_by", "created",
)  # fmt: skip
BLOCK: Final = ("id", "revision", "position", "kind", "start", "end")
PLACE: Final = Struct("!iiii").pack


@dataclass(frozen=True, slots=True)
class Articles:
    """`of_documents`: one for each; `earlier`: those of them that were there before; `events` of the new ones."""

    of_documents: list[Article]
    earlier: list[Article]
    events: list[Event]


def articles_of(
    desk: Desk, actor: User, documents: Sequence[IncomingDocument], texts: Texts, now: dt.datetime
) -> Articles:
    """The article of each document: the one that is named, or has this text already, or a new one.

    The events of new ones are not stored yet; those that get annotations are being checked already. `texts`: by text,
    what is known of it. All articles are locked or new, so nobody else writes to them. No text may stand in the batch
    twice. Raises "bad_document".
    """
    hashes = [sha256_of(document.text) for document in documents]
    known = _known(desk, actor, documents, hashes)
    unknown = [
        (document, digest)
        for document, digest in zip(documents, hashes, strict=True)
        if digest not in known and not document.article
    ]
    if unknown:
        require(actor, "import", desk)
    fresh = [_New.of(desk, actor, document, digest, texts) for document, digest in unknown]
    events = _stored(actor, fresh, now)
    new = {each.revision.sha256: each.article for each in fresh}
    found = [
        new.get(digest) or _found(document, known.get(digest))
        for document, digest in zip(documents, hashes, strict=True)
    ]
    return Articles(found, list(known.values()), events)


def start(article: Article, actor: User) -> Event:
    """The first annotations turn a draft into an article that is being checked. Neither it nor the event is stored."""
    before = article_state(article)
    article.state = ArticleState.CHECKING.value
    article.version += 1
    return event_row(article, actor=actor, action="start", before=before, after=article_state(article))


def _known(desk: Desk, actor: User, documents: Sequence[IncomingDocument], hashes: Sequence[str]) -> dict[str, Article]:
    """By the hash of the text; the named one comes before the oldest."""
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


def _found(document: IncomingDocument, article: Article | None) -> Article:
    if article is None or document.article not in (None, "", str(article.pk)):
        reason = _("No article {article} on this desk has this text.").format(article=document.article)
        raise bad_document(document.key, reason, code="bad_document")
    return article


@dataclass(frozen=True, slots=True)
class _New:
    """An article with its first revision, none of them stored yet."""

    article: Article
    revision: Revision
    incoming: IncomingArticle
    is_annotated: bool

    @classmethod
    def of(cls, desk: Desk, actor: User, document: IncomingDocument, digest: str, known: Texts) -> "_New":
        incoming = _read(document, known)
        article = article_row(desk, actor, incoming, _metadata(document))
        revision = made(
            Revision,
            id=new_uuid(),
            desk_id=desk.pk,
            article_id=article.pk,
            number=1,
            text=incoming.text,
            sha256=digest,
            length=len(incoming.text),
            source_id=new_uuid(),
            created_by_id=actor.pk,
            created=None,
        )
        article.revision = revision
        return cls(article, revision, incoming, bool(document.spans))


def _stored(actor: User, fresh: Sequence[_New], now: dt.datetime) -> list[Event]:
    """Their events."""
    events = [
        event_row(each.article, actor=actor, action="import", after=imported_state(each.article)) for each in fresh
    ]
    events += [start(each.article, actor) for each in fresh if each.is_annotated]
    if fresh:
        copied_binary(StoredFile, FILE, _files(fresh, moment(now)))
        copied([each.article for each in fresh])
        copied_binary(Revision, REVISION, _revisions(fresh, moment(now)))
        copied_binary(Block, BLOCK, _blocks(fresh))
    return events


def _files(fresh: Sequence[_New], clock: bytes) -> Iterator[bytes]:
    begins = begin(len(FILE))
    for each in fresh:
        row, incoming, source = each.revision, each.incoming, each.incoming.source
        names = text(incoming.source_name[:300]), text(incoming.media_type[:200])
        content = integer(4, len(source)), text(sha256(source).hexdigest()), length(len(source)), source
        yield b"".join((begins, uuid(row.source_id), uuid(row.desk_id), *names, *content, clock))


def _revisions(fresh: Sequence[_New], clock: bytes) -> Iterator[bytes]:
    begins = begin(len(REVISION))
    for each in fresh:
        row = each.revision
        owner = uuid(row.pk), uuid(row.desk_id), uuid(row.article_id), integer(4, row.number)
        content = text(row.text), text(row.sha256), integer(4, row.length)
        yield b"".join((begins, *owner, *content, uuid(row.source_id), uuid(row.created_by_id), clock))


def _blocks(fresh: Sequence[_New]) -> Iterator[bytes]:
    kinds = {kind: text(kind.value) for kind in BlockKind}
    begins, new_id = begin(len(BLOCK)), Ids().new
    for each in fresh:
        revision = uuid(each.revision.pk)
        for position, block in enumerate(each.incoming.blocks):
            placed = PLACE(4, block.start, 4, block.end)
            yield b"".join((begins, new_id()[1], revision, integer(4, position), kinds[block.kind], placed))


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

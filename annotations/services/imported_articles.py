"""The articles of a batch of documents: the known ones, and new ones stored together through COPY."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.utils.dateparse import parse_date

from annotations import ingest
from annotations.core.states import ArticleState
from annotations.core.text import sha256_of
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, bad_document
from annotations.ingest import IncomingArticle
from annotations.models import Article, Block, Desk, Event, Revision, StoredFile, User
from annotations.models.base import new_id, new_id_text
from annotations.models.compiled import run_prepared
from annotations.permissions import require
from annotations.services.articles import article_row, imported_state
from annotations.services.history import article_state, event_row
from annotations.services.locks import locked_articles
from annotations.services.rows import copied, copied_text, escaped, made

Texts = Mapping[str, IncomingArticle]
FILE: Final = ("id", "desk", "name", "media_type", "size", "sha256", "content", "created")
REVISION: Final = (
    "id", "desk", "article", "number", "text", "sha256", "length", "source", "created_by", "created",
)  # fmt: skip
BLOCK: Final = ("id", "revision", "position", "kind", "start", "end")


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
    rows = locked_articles(Article.objects.visible_to(actor).filter(desk=desk, revision__sha256__in=hashes))
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
            id=new_id(),
            desk_id=desk.pk,
            article_id=article.pk,
            number=1,
            text=incoming.text,
            sha256=digest,
            length=len(incoming.text),
            source_id=new_id(),
            created_by_id=actor.pk,
            created=None,
        )
        article.revision = revision
        return cls(article, revision, incoming, bool(document.spans))


def _stored(actor: User, fresh: Sequence[_New], now: dt.datetime) -> list[Event]:
    """Their events. Articles come before their revisions, and learn of them last."""
    if not fresh:
        return []
    events = [
        event_row(each.article, actor=actor, action="import", after=imported_state(each.article)) for each in fresh
    ]
    events += [start(each.article, actor) for each in fresh if each.is_annotated]
    copied_text(StoredFile, FILE, _files(fresh, now))
    copied(Article, [each.article for each in fresh], without=("revision",))
    copied_text(Revision, REVISION, _revisions(fresh, now))
    copied_text(Block, BLOCK, _blocks(fresh))
    run_prepared(
        "UPDATE annotations_article SET revision_id = first.id FROM annotations_revision first "
        "WHERE first.article_id = annotations_article.id AND annotations_article.id = ANY(%s)",
        [[each.article.pk for each in fresh]],
    )
    return events


def _files(fresh: Sequence[_New], now: dt.datetime) -> Iterator[bytes]:
    for each in fresh:
        revision, incoming = each.revision, each.incoming
        source = incoming.source
        names = escaped(f"{incoming.source_name[:300]}\0{incoming.media_type[:200]}".encode()).replace(b"\0", b"\t")
        ids, digest = f"{revision.source_id}\t{revision.desk_id}\t", sha256(source).hexdigest()
        end = f"\t{len(source)}\t{digest}\t\\\\x{source.hex()}\t{now}\n"
        yield b"".join((ids.encode(), names, end.encode()))


def _revisions(fresh: Sequence[_New], now: dt.datetime) -> Iterator[bytes]:
    for each in fresh:
        row = each.revision
        begin = f"{row.pk}\t{row.desk_id}\t{row.article_id}\t{row.number}\t"
        end = f"\t{row.sha256}\t{row.length}\t{row.source_id}\t{row.created_by_id}\t{now}\n"
        yield b"".join((begin.encode(), escaped(row.text.encode()), end.encode()))


def _blocks(fresh: Sequence[_New]) -> Iterator[bytes]:
    for each in fresh:
        revision = str(each.revision.pk)
        for position, block in enumerate(each.incoming.blocks):
            line = f"{new_id_text()}\t{revision}\t{position}\t{block.kind.value}\t{block.start}\t{block.end}\n"
            yield line.encode()


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

"""Articles: bring one in with its first revision; correct what is known about one."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError, FieldError
from annotations.core.text import sha256_of
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.models import Article, Block, Desk, Revision, StoredFile, User
from annotations.models.base import new_id
from annotations.permissions import require
from annotations.services.history import article_state, record
from annotations.services.locks import locked_article
from annotations.services.rows import checked

METADATA = ("title", "byline", "outlet", "canonical_url", "published_at", "language")


@transaction.atomic
def import_article(
    *,
    desk_id: UUID,
    actor: User,
    incoming: IncomingArticle,
    metadata: Mapping[str, str | dt.date | None] | None = None,
    id: UUID | None = None,
) -> tuple[Article, bool]:
    """A new article with revision 1, and True; or what an earlier attempt with the same id made, and False.

    `metadata` holds what a person or client says about the article; it wins over what was found in the source.
    """
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "import", desk)
    if id is not None and (known := imported_before(id, desk, actor)):
        return known, False
    article = article_row(desk, actor, incoming, metadata or {}, id)
    article.save(force_insert=True)
    article.revision = add_revision(article, actor, incoming, number=1)
    article.save(update_fields=["revision"])
    record(article, actor=actor, action="import", after=imported_state(article))
    return article, True


def article_row(
    desk: Desk,
    actor: User,
    incoming: IncomingArticle,
    metadata: Mapping[str, str | dt.date | None],
    id: UUID | None = None,
) -> Article:
    """An article that is not stored yet and has no revision yet."""
    found: dict[str, Any] = {name: getattr(incoming, name) for name in METADATA}
    found["language"] = incoming.language or desk.language
    article = Article(id=id or new_id(), desk=desk, created_by=actor, **found | dict(metadata))
    article.title = article.title.strip() or _first_words(incoming.text)
    return checked(article)


def imported_state(article: Article) -> dict[str, Any]:
    """What the event of an import says of an article and its first text."""
    return article_state(article) | {"sha256": article.current.sha256, "length": article.current.length}


def add_revision(article: Article, actor: User, incoming: IncomingArticle, number: int) -> Revision:
    """Store a frozen text with its blocks and the raw bytes it came from. Called under the article's lock."""
    revision = revision_row(article, actor, incoming, number)
    revision.source.save(force_insert=True)
    revision.save(force_insert=True)
    Block.objects.bulk_create(block_rows(revision, incoming))
    return revision


def revision_row(article: Article, actor: User, incoming: IncomingArticle, number: int) -> Revision:
    """A revision and its source, both not stored yet."""
    source = StoredFile(
        desk_id=article.desk_id,
        name=incoming.source_name[:300],
        media_type=incoming.media_type[:200],
        size=len(incoming.source),
        sha256=hashlib.sha256(incoming.source).hexdigest(),
        content=incoming.source,
    )
    return Revision(
        desk_id=article.desk_id,
        article=article,
        number=number,
        text=incoming.text,
        sha256=sha256_of(incoming.text),
        length=len(incoming.text),
        source=source,
        created_by=actor,
    )


def block_rows(revision: Revision, incoming: IncomingArticle) -> list[Block]:
    return [
        Block(revision=revision, position=position, kind=block.kind.value, start=block.start, end=block.end)
        for position, block in enumerate(incoming.blocks)
    ]


@transaction.atomic
def edit_article(*, article_id: UUID, actor: User, seen_version: int | None, changes: Mapping[str, Any]) -> Article:
    """Correct title, byline, outlet, canonical_url, published_at or language. The text is never edited."""
    article = locked_article(article_id, actor)
    if seen_version is not None and article.version != seen_version:
        raise stale_article(article, seen_version)
    require(actor, "edit", article)
    before = article_state(article)
    for name in METADATA:
        if name in changes:
            setattr(article, name, changes[name])
    if not article.title.strip():
        sentence = _("An article needs a title.")
        raise DomainError("missing", sentence, errors=[FieldError("/title", "missing", sentence)])
    checked(article)
    if article_state(article) == before:
        return article
    article.version += 1
    article.save()
    record(article, actor=actor, action="edit", before=before, after=article_state(article))
    return article


def stale_article(article: Article, seen_version: int) -> DomainError:
    return DomainError(
        "stale",
        _(
            "Somebody changed this article in the meantime (you saw version {seen_version}, it is now "
            "version {version}). Look at it again, then repeat your change."
        ).format(seen_version=seen_version, version=article.version),
        extra={"version": article.version},
    )


def imported_before(article_id: UUID, desk: Desk, actor: User) -> Article | None:
    """What an earlier attempt with this id brought in; an id that means something else is refused ("id_taken")."""
    found = Article.objects.select_related("desk", "revision").filter(pk=article_id).first()
    if found is not None and (found.desk_id != desk.pk or found.created_by_id != actor.pk):
        sentence = _("This id is taken by something else. Make a new one.")
        raise DomainError("id_taken", sentence, errors=[FieldError("/id", "id_taken", sentence)])
    return found


def _first_words(text: str) -> str:
    line = next(line.strip() for line in text.split("\n") if line.strip())
    return line if len(line) <= 120 else line[:117].rstrip() + "..."

"""Incoming drafts: keep what was brought in while a person looks at what was found in it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.fetch import fetch
from annotations.models import Article, Desk, IncomingDraft, User
from annotations.permissions import require
from annotations.services.articles import import_article

KEPT = dt.timedelta(days=1)
PASTED = "text/plain"


def keep_bytes(
    *, desk_id: UUID, actor: User, content: bytes, media_type: str = "", name: str = "", url: str = ""
) -> IncomingDraft:
    """Read the bytes once to be sure that they hold an article, then keep them. Raises what the readers raise."""
    desk = _desk(desk_id, actor)
    draft = IncomingDraft(
        desk=desk, created_by=actor, content=content, media_type=media_type[:200], name=name[:300], url=url[:2000]
    )
    read_draft(draft)
    IncomingDraft.objects.filter(created__lt=timezone.now() - KEPT).delete()
    draft.save(force_insert=True)
    return draft


def keep_text(*, desk_id: UUID, actor: User, text: str) -> IncomingDraft:
    """Keep pasted text. Its line ends are the browser's; reading makes them LF."""
    incoming = ingest.read_text(text)
    return keep_bytes(desk_id=desk_id, actor=actor, content=incoming.source, media_type=PASTED)


def keep_url(*, desk_id: UUID, actor: User, url: str) -> IncomingDraft:
    """Fetch an address, if it is public or the desk allows its host, and keep what came."""
    fetched = fetch(url.strip(), allowed_hosts=_desk(desk_id, actor).fetch_hosts)
    return keep_bytes(
        desk_id=desk_id, actor=actor, content=fetched.data, media_type=fetched.media_type, url=fetched.url
    )


def read_draft(draft: IncomingDraft) -> IncomingArticle:
    """What is found in the kept bytes."""
    return ingest.read(
        bytes(draft.content), media_type=draft.media_type or None, name=draft.name or None, url=draft.url or None
    )


@transaction.atomic
def import_draft(*, draft: IncomingDraft, actor: User, metadata: Mapping[str, Any]) -> Article:
    """Turn a kept draft into an article with the metadata a person confirmed. A second click finds the first's."""
    article, _ = import_article(
        desk_id=draft.desk_id, actor=actor, incoming=read_draft(draft), metadata=metadata, id=draft.pk
    )
    IncomingDraft.objects.filter(pk=draft.pk).delete()
    return article


def bytes_of(content: bytes, *, media_type: str = "", name: str = "") -> IncomingArticle:
    """What an uploaded file holds."""
    return ingest.read(content, media_type=media_type or None, name=name or None)


def text_of(text: str) -> IncomingArticle:
    """What was typed or pasted."""
    return ingest.read_text(text)


def fetched_for(desk: Desk, url: str) -> IncomingArticle:
    """What stands at an address now, if it is public or the desk allows its host."""
    fetched = fetch(url.strip(), allowed_hosts=desk.fetch_hosts)
    return ingest.read(fetched.data, media_type=fetched.media_type, url=fetched.url)


def _desk(desk_id: UUID, actor: User) -> Desk:
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "import", desk)
    return desk

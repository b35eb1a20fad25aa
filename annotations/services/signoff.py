"""Moves of articles: clear over a signed snapshot, publish only if nothing changed since, reopen, retract."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.digests import canonical_json, digest_of
from annotations.core.errors import DomainError, FieldError
from annotations.core.moves import ARTICLE_MOVES, Guard
from annotations.core.states import ArticleState
from annotations.core.wording import _
from annotations.models import Article, Event, SignOff, User
from annotations.permissions import require
from annotations.services.articles import stale_article
from annotations.services.history import article_state, record
from annotations.services.locks import locked_article
from annotations.services.snapshots import content_of


@transaction.atomic
def move_article(*, article_id: UUID, actor: User, action: str, seen_version: int | None, reason: str = "") -> Article:
    """Make one move of core.moves.ARTICLE_MOVES.

    Raises "not_allowed", "wrong_state", "stale", "reason_missing", "unknown_action", "digest_mismatch".
    """
    article = locked_article(article_id, actor)
    if seen_version is not None and article.version != seen_version:
        raise stale_article(article, seen_version)
    require(actor, action, article)
    move = ARTICLE_MOVES[article.state, action]
    if move.needs_reason and not reason.strip():
        sentence = _("Give a reason, so that the others understand.")
        raise DomainError("reason_missing", sentence, errors=[FieldError("/reason", "reason_missing", sentence)])
    if Guard.DIGEST in move.guards:
        _check_digest(article)
    before = article_state(article)
    digest = _sign(article, actor).digest if move.to == (ArticleState.CLEARED,) else ""
    article.state = move.to[0]
    article.version += 1
    article.save(update_fields=["state", "version", "updated"])
    after = article_state(article) | ({"digest": digest} if digest else {})
    record(article, actor=actor, action=action, before=before, after=after, reason=reason)
    return article


def changes_since_signing(article: Article) -> list[str]:
    """The parts of the signed snapshot that differ from what the database holds now; empty when it still matches."""
    signed = SignOff.objects.filter(article=article, voided_at=None).first()
    if signed is None:
        return ["sign-off"]
    snapshot: dict[str, Any] = json.loads(signed.snapshot)
    if digest_of(snapshot) != signed.digest:
        return ["snapshot"]
    now = json.loads(canonical_json(content_of(article)))
    return sorted(
        name for name in now.keys() | snapshot["content"].keys() if now.get(name) != snapshot["content"].get(name)
    )


def _check_digest(article: Article) -> None:
    changed = changes_since_signing(article)
    if changed:
        raise DomainError(
            "digest_mismatch",
            _(
                "What was signed is not what is stored now ({listed}). Reopen the article, look at what "
                "changed, and clear it again."
            ).format(listed=", ".join(changed)),
            extra={"changed": changed},
        )


def _sign(article: Article, actor: User) -> SignOff:
    last = Event.objects.filter(desk_id=article.desk_id).order_by("-number").first()
    snapshot = {
        "content": content_of(article),
        "signed": {
            "by": actor.username,
            "at": timezone.now().isoformat(),
            "history": {"number": last.number, "hash": last.hash} if last else None,
        },
    }
    return SignOff.objects.create(
        desk_id=article.desk_id,
        article=article,
        revision=article.current,
        person=actor,
        snapshot=canonical_json(snapshot),
        digest=digest_of(snapshot),
    )

"""New copy of an article: a new revision, to which its annotations and coverage marks are carried over."""

from uuid import UUID

from django.db import transaction

from annotations.core.text import sha256_of
from annotations.ingest.article import IncomingArticle
from annotations.models import Revision, User
from annotations.permissions import require
from annotations.permissions.rules import article_open
from annotations.services.articles import add_revision, stale_article
from annotations.services.carry_over import carry_over
from annotations.services.history import article_state, record
from annotations.services.locks import locked_article
from annotations.services.signoff import move_article


@transaction.atomic
def revise_article(
    *, article_id: UUID, actor: User, incoming: IncomingArticle, seen_version: int | None = None
) -> tuple[Revision, bool]:
    """The new revision, and True; or the current one, and False, when its text is the same to the letter.

    A cleared or published article goes back to checking. All of it is one transaction: a failure half way leaves the
    old revision current. Raises "stale", "not_allowed", "wrong_state".
    """
    article = locked_article(article_id, actor)
    if seen_version is not None and article.version != seen_version:
        raise stale_article(article, seen_version)
    require(actor, "revise", article)
    old = article.current
    if sha256_of(incoming.text) == old.sha256:
        return old, False
    number = old.number + 1
    if not article_open(article):
        reason = f"New copy came in as revision {number}."
        move_article(article_id=article.pk, actor=actor, action="reopen", seen_version=None, reason=reason)
        article = locked_article(article_id, actor)
    before = article_state(article) | _text_of(old)
    new = add_revision(article, actor, incoming, number)
    article.revision = new
    article.version += 1
    article.save(update_fields=["revision", "version", "updated"])
    record(article, actor=actor, action="revise", before=before, after=article_state(article) | _text_of(new))
    carry_over(article, old, new, actor)
    return new, True


def _text_of(revision: Revision) -> dict[str, object]:
    return {"revision": revision.number, "sha256": revision.sha256, "length": revision.length}

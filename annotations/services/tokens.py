"""API tokens: give one out, find the one a request carries, revoke one."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils import timezone

from annotations.core.errors import DomainError, FieldError
from annotations.core.scopes import Scope
from annotations.core.wording import _
from annotations.models import Token, User
from annotations.models.compiled import Compiled
from annotations.services.rows import checked

LIFETIME = dt.timedelta(days=90)
PREFIX = "fck_"
TOUCH_AFTER = dt.timedelta(minutes=5)
_BY_DIGEST: Final = Compiled(
    lambda digest, now: Token.objects.usable(now).select_related("user").filter(digest=digest),
    digest="a digest",
    now=dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
)


@transaction.atomic
def create_token(
    *, user: User, name: str, scopes: Iterable[str] | None = None, lifetime: dt.timedelta = LIFETIME
) -> tuple[Token, str]:
    """A token and its key; `scopes` None are all. The key is in nobody's hands but the caller's: its hash is stored."""
    chosen = list(Scope) if scopes is None else list(dict.fromkeys(scopes))
    if not chosen or not set(chosen) <= set(Scope):
        sentence = _("Scopes are: {listed}.").format(listed=", ".join(Scope))
        raise DomainError("unknown_scope", sentence, errors=[FieldError("/scopes", "unknown_scope", sentence)])
    key = PREFIX + secrets.token_urlsafe(32)
    expires = timezone.now() + lifetime
    token = checked(
        Token(user=user, name=name, digest=digest_of(key), scopes=[str(s) for s in chosen], expires_at=expires)
    )
    token.save(force_insert=True)
    return token, key


def find_token(key: str) -> Token | None:
    """The usable token with this key and its user, or None. Notes its use every few minutes, not at each request."""
    now = timezone.now()
    token = _BY_DIGEST.first(digest=digest_of(key), now=now)
    if token is not None and (token.last_used_at is None or now - token.last_used_at > TOUCH_AFTER):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke_token(token: Token) -> None:
    """End a token at once. A second time changes nothing."""
    Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()

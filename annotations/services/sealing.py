"""Secrets at rest: sealed under the site's key, readable under it and the keys before it."""

from django.conf import settings
from django.db import transaction

from annotations.core import sealing
from annotations.models import Webhook


def seal(secret: str) -> str:
    return sealing.sealed(secret, _keys())


def unseal(token: str) -> str:
    """Raises "secret_unreadable"."""
    return sealing.unsealed(token, _keys())


@transaction.atomic
def reseal_all() -> int:
    """Seal every secret under the current key, so that the keys before it can be forgotten; how many there were."""
    rows = list(Webhook.objects.select_for_update().order_by("id"))
    for webhook in rows:
        webhook.sealed_secret = seal(unseal(webhook.sealed_secret))
    Webhook.objects.bulk_update(rows, ["sealed_secret"])
    return len(rows)


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]

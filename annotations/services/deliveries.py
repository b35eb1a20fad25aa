"""Deliveries: from the history to the webhooks. Called by background jobs."""

import json
import time
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from annotations.core.errors import DomainError
from annotations.core.signatures import signature
from annotations.ingest.posting import post
from annotations.models import Delivery, Event, Webhook
from annotations.models.webhook import DeliveryState
from annotations.services.sealing import unseal

CONFIDENTIAL: Final = "identity"
BATCH: Final = 1000
"""Events that one look at one webhook goes through."""

WAITS: Final = (5, 30, 120, 600, 3600, 14_400, 43_200, 86_400)
"""Seconds before the second, third ... attempt, about forty hours in all; then it has failed."""


def note_events() -> bool:
    """Make the deliveries of events that came since the last look; True when there may be more."""
    ids = list(Webhook.objects.filter(active=True).values_list("pk", flat=True))
    more = [_noted(id) for id in ids]
    return any(more)


def to_queue() -> list[UUID]:
    """Deliveries that wait for a job that sends them."""
    rows = Delivery.objects.filter(state=DeliveryState.WAITING, queued=False, webhook__active=True)
    return list(rows.order_by("id").values_list("pk", flat=True)[:BATCH])


def queued(ids: list[UUID]) -> None:
    """Jobs for these exist now. Said afterwards: better a second job, which finds nothing to do, than none."""
    Delivery.objects.filter(pk__in=ids).update(queued=True)


@translation.override("en")
def deliver(delivery_id: UUID, message: dict[str, Any]) -> int | None:
    """Send the message of a delivery; seconds to wait before the next attempt, None when there is none.

    Why it failed is kept, so that it is English.
    """
    delivery = Delivery.objects.select_related("webhook").get(pk=delivery_id)
    if delivery.state != DeliveryState.WAITING:
        return None
    if not delivery.webhook.active:  # paused since the job was made; it gets another when it goes on
        Delivery.objects.filter(pk=delivery_id).update(queued=False)
        return None
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        status, detail = _sent(delivery, body), ""
    except DomainError as error:
        status, detail = None, error.message
    if status is not None and not 200 <= status < 300:
        detail = f"The address answered {status}."
    return _settled(delivery, status, detail)


@transaction.atomic
def _noted(webhook_id: UUID) -> bool:
    webhook = Webhook.objects.select_for_update(skip_locked=True).filter(pk=webhook_id, active=True).first()
    if webhook is None:
        return False
    rows = Event.objects.filter(desk=webhook.desk_id, number__gt=webhook.position).order_by("number")
    events = list(rows.values_list("pk", "number", "action", "object_type")[:BATCH])
    if not events:
        return False
    Delivery.objects.bulk_create(
        [
            Delivery(desk_id=webhook.desk_id, webhook=webhook, event_id=id)
            for id, _number, action, kind in events
            if kind != CONFIDENTIAL and (not webhook.actions or action in webhook.actions)
        ],
        ignore_conflicts=True,
    )
    webhook.position = events[-1][1]
    webhook.save(update_fields=["position"])
    return len(events) == BATCH


def _sent(delivery: Delivery, body: bytes) -> int:
    seconds = int(time.time())
    id = f"msg_{delivery.pk.hex}"
    headers = [
        ("Content-Type", "application/json"),
        ("webhook-id", id),
        ("webhook-timestamp", str(seconds)),
        ("webhook-signature", signature(unseal(delivery.webhook.sealed_secret), id, seconds, body)),
    ]
    return post(delivery.webhook.url, body, headers, allowed_hosts=settings.WEBHOOK_ALLOWED_HOSTS)


def _settled(delivery: Delivery, status: int | None, detail: str) -> int | None:
    delivery.attempts += 1
    delivery.status, delivery.detail, delivery.tried_at = status, detail[:500], timezone.now()
    wait = None
    if not detail:
        delivery.state = DeliveryState.DELIVERED.value
    elif delivery.attempts > len(WAITS):
        delivery.state = DeliveryState.FAILED.value
    else:
        wait = WAITS[delivery.attempts - 1]
    delivery.save(update_fields=["attempts", "status", "detail", "tried_at", "state"])
    return wait

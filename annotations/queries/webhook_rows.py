"""Webhooks and deliveries as the API and the settings show them, and the message that a delivery carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from annotations.models import Delivery, Desk, User, Webhook
from annotations.queries.desk_rows import administered_by
from annotations.queries.event_feed import feed_row
from annotations.queries.rows import timestamp

A_PAGE: Final = 50
"""Deliveries."""


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Newest first. `next` is the `before` of the page that follows, None on the last one."""

    rows: Sequence[Delivery]
    next: UUID | None


def webhooks_of(actor: User) -> QuerySet[Webhook]:
    return Webhook.objects.filter(desk__in=administered_by(actor).values("pk")).select_related("desk")


def deliveries_of(actor: User) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(desk__in=administered_by(actor).values("pk"))
    return rows.select_related("event").defer("event__before", "event__after")


def delivery_page(actor: User, desk: Desk, *, state: str | None, before: UUID | None) -> DeliveryPage:
    """Deliveries of a desk, of one state or of all, older than the one of this id."""
    rows = deliveries_of(actor).filter(desk=desk).select_related("webhook").order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: A_PAGE + 1])
    return DeliveryPage(found[:A_PAGE], found[A_PAGE - 1].pk if len(found) > A_PAGE else None)


def webhook_row(webhook: Webhook) -> dict[str, Any]:
    """Without the secret, which is told once, when the webhook is made."""
    return {
        "id": str(webhook.pk),
        "desk": webhook.desk.slug,
        "url": webhook.url,
        "actions": list(webhook.actions),
        "active": webhook.active,
        "created": timestamp(webhook.created),
    }


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": str(delivery.pk),
        "webhook": str(delivery.webhook_id),
        "event": str(delivery.event_id),
        "action": delivery.event.action,
        "object_type": delivery.event.object_type,
        "number": delivery.event.number,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "status": delivery.status,
        "detail": delivery.detail,
        "created": timestamp(delivery.created),
        "tried_at": timestamp(delivery.tried_at),
    }


def message_of(delivery_id: UUID) -> dict[str, Any]:
    """What is sent: the kind of event, when it happened, and the event as the change feed has it."""
    event = Delivery.objects.select_related("event__actor", "event__desk").get(pk=delivery_id).event
    row = feed_row(event)
    return {"type": f"{event.object_type}.{event.action}", "timestamp": row["created"], "data": row}

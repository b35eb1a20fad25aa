"""Webhooks: which addresses a desk tells about its events."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from annotations.core.errors import DomainError, FieldError
from annotations.core.signatures import new_secret
from annotations.core.wording import _
from annotations.ingest.posting import check_address
from annotations.models import Delivery, Desk, Event, User, Webhook
from annotations.models.webhook import DeliveryState
from annotations.permissions import require
from annotations.services.history import record
from annotations.services.rows import checked
from annotations.services.sealing import seal


@transaction.atomic
def create_webhook(*, desk_id: UUID, actor: User, url: str, actions: Iterable[str] = ()) -> tuple[Webhook, str]:
    """A webhook that is told about events from now on, and its secret for whoever verifies the signatures.

    It is kept sealed, and told this once.
    """
    desk = _administered(desk_id, actor)
    try:
        check_address(url, allowed_hosts=settings.WEBHOOK_ALLOWED_HOSTS)
    except DomainError as error:
        at = [FieldError("/url", error.code, error.message)]
        raise DomainError(error.code, error.message, errors=at) from None
    last = Event.objects.filter(desk=desk).order_by("-number").values_list("number", flat=True).first()
    secret = new_secret()
    webhook = Webhook(
        desk=desk,
        url=url.strip(),
        sealed_secret=seal(secret),
        actions=sorted({action.strip() for action in actions if action.strip()}),
        position=last or 0,
        created_by=actor,
    )
    checked(webhook).save(force_insert=True)
    after = {"url": webhook.url, "actions": webhook.actions, "active": True}
    record(desk, actor=actor, action="add_webhook", obj=webhook, after=after)
    return webhook, secret


@transaction.atomic
def set_webhook_active(*, webhook_id: UUID, actor: User, active: bool) -> Webhook:
    """Pause a webhook, or let it go on where it stopped: what happened meanwhile is sent then."""
    webhook = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if webhook is None:
        raise DomainError("not_found", _("There is no such webhook, or it belongs to a desk you do not work on."))
    desk = _administered(webhook.desk_id, actor)
    if webhook.active != active:
        webhook.active = active
        webhook.save(update_fields=["active"])
        action = "resume_webhook" if active else "pause_webhook"
        record(desk, actor=actor, action=action, obj=webhook, before={"active": not active}, after={"active": active})
    return webhook


@transaction.atomic
def replay_delivery(*, delivery_id: UUID, actor: User) -> Delivery:
    """Send an event once more, whatever came of it before."""
    delivery = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise DomainError("not_found", _("There is no such delivery, or it belongs to a desk you do not work on."))
    desk = _administered(delivery.desk_id, actor)
    if delivery.state == DeliveryState.WAITING:
        raise DomainError("wrong_state", _("This delivery is on its way already. Wait for its next attempt."))
    delivery.state, delivery.queued, delivery.attempts = DeliveryState.WAITING.value, False, 0
    delivery.save(update_fields=["state", "queued", "attempts"])
    record(desk, actor=actor, action="replay_delivery", obj=delivery, after={"event": str(delivery.event_id)})
    return delivery


def _administered(desk_id: UUID, actor: User) -> Desk:
    desk = Desk.objects.visible_to(actor).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
    require(actor, "administer", desk)
    return desk

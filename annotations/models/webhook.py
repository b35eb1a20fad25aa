"""Webhooks of a desk, and what was sent to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.base import Row
from annotations.models.desk import Desk
from annotations.models.event import Event
from annotations.models.user import User


class Webhook(Row):
    """An address that is told about the events of a desk.

    `position` is the number of the last event that was looked at: deliveries are made from the history itself, so that
    no way of writing can go past them. `actions` narrows what is told; empty means everything.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(max_length=2000)
    sealed_secret = models.CharField(
        max_length=300, help_text="Signs each delivery. Readable under SECRET_KEY alone: see services/sealing.py."
    )
    actions = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    active = models.BooleanField(default=True)
    position = models.PositiveBigIntegerField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(sealed_secret__startswith="whsec_"),  # noqa: S106 (what it may not begin with)
                name="webhook_secret_sealed",
            ),
        )

    def __str__(self) -> str:
        return self.url


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class Delivery(Row):
    """One event on its way to one webhook; there is never a second row for the two. Sent at least once."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    # Without a constraint of its own: history is never deleted, and TRUNCATE is for its guard to refuse.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING.value)
    queued = models.BooleanField(default=False, help_text="Is a job on its way that sends it?")
    attempts = models.PositiveIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer; null when there was none.")
    detail = models.CharField(max_length=500, blank=True, help_text="Why the last attempt failed.")
    created = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("webhook", "event"), name="delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
        )
        indexes = (
            models.Index(fields=("webhook", "-id"), name="delivery_by_webhook"),
            models.Index(fields=("id",), condition=Q(state="waiting", queued=False), name="delivery_to_queue"),
        )

    def __str__(self) -> str:
        return f"{self.state} after {self.attempts}"

"""Webhooks of the desks one administers, and what was sent to them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import ApiView, ListView, actor_of, found, parsed
from annotations.api.describing import ID, WRITING, operation
from annotations.api.filters import DeliveryFilters, WebhookFilters
from annotations.api.readers.webhooks import DeliveryReader, NewWebhookReader, WebhookReader
from annotations.api.writers.webhooks import WebhookChangesWriter, WebhookWriter
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Delivery, Webhook
from annotations.queries.matching import desk_named
from annotations.queries.webhook_rows import deliveries_of, delivery_row, webhook_row, webhooks_of
from annotations.services.webhooks import create_webhook, replay_delivery, set_webhook_active


class Webhooks(ListView):
    queryset = Webhook.objects.none()
    filterset_class = WebhookFilters

    def get_queryset(self) -> QuerySet[Webhook]:
        return webhooks_of(actor_of(self.request))

    def row(self, each: Webhook) -> dict[str, Any]:
        return webhook_row(each)

    @operation("webhooks_list", "Webhooks, newest first", answers={200: WebhookReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()

    @operation(
        "webhooks_create",
        "Tell an address about the events of a desk",
        request=WebhookWriter,
        answers={201: NewWebhookReader},
        refusals=(403, 404, 502, *WRITING),
        filters=False,
        description="For administrators of the desk. The answer holds the secret, this once.",
    )
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        data = parsed(WebhookWriter, request)
        desk = desk_named(data["desk"], actor)
        if desk is None:
            raise DomainError("not_found", _("There is no such desk, or you do not work on it."))
        webhook, secret = create_webhook(desk_id=desk.pk, actor=actor, url=data["url"], actions=data["actions"])
        return Response({**webhook_row(webhook), "secret": secret}, status=201)


class WebhookDetail(ApiView):
    @operation("webhooks_retrieve", "One webhook", parameters=[ID], answers={200: WebhookReader}, refusals=(404,))
    def get(self, request: Request, id: str) -> Response:
        return Response(webhook_row(found(webhooks_of(actor_of(request)), id, "webhook")))

    @operation(
        "webhooks_update",
        "Pause a webhook, or let it go on",
        parameters=[ID],
        request=WebhookChangesWriter,
        answers={200: WebhookReader},
        refusals=(403, 404, *WRITING),
    )
    def put(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        row = found(webhooks_of(actor), id, "webhook")
        changes = parsed(WebhookChangesWriter, request)
        set_webhook_active(webhook_id=row.pk, actor=actor, active=changes["active"])
        return Response(webhook_row(webhooks_of(actor).get(pk=row.pk)))


class Deliveries(ListView):
    queryset = Delivery.objects.none()
    filterset_class = DeliveryFilters

    def get_queryset(self) -> QuerySet[Delivery]:
        return deliveries_of(actor_of(self.request))

    def row(self, each: Delivery) -> dict[str, Any]:
        return delivery_row(each)

    @operation("deliveries_list", "What was sent to webhooks, newest first", answers={200: DeliveryReader(many=True)})
    def get(self, request: Request) -> Response:
        return self.page()


class DeliveryReplay(ApiView):
    @operation(
        "deliveries_replay",
        "Send an event once more",
        parameters=[OpenApiParameter("id", str, OpenApiParameter.PATH)],
        request=None,
        answers={200: DeliveryReader},
        refusals=(403, 404, 409),
    )
    def post(self, request: Request, id: str) -> Response:
        actor = actor_of(request)
        row = found(deliveries_of(actor), id, "delivery")
        replay_delivery(delivery_id=row.pk, actor=actor)
        return Response(delivery_row(deliveries_of(actor).get(pk=row.pk)))

"""Shapes of webhooks and their deliveries."""

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateTimeField, IntegerField, UUIDField

from annotations.api.readers.parts import Reader
from annotations.models.webhook import DeliveryState


class WebhookReader(Reader):
    id = UUIDField()
    desk = CharField(help_text="Slug.")
    url = CharField()
    actions = serializers.ListField(child=CharField(), help_text="Actions that are told; empty: all.")
    active = BooleanField()
    created = DateTimeField(help_text="UTC.")


class NewWebhookReader(WebhookReader):
    secret = CharField(help_text="Told this once. Verifies signatures by the Standard Webhooks specification.")


class DeliveryReader(Reader):
    id = UUIDField()
    webhook = UUIDField()
    event = UUIDField()
    action = CharField()
    object_type = CharField()
    number = IntegerField(help_text="Of the event on its desk.")
    state = serializers.ChoiceField(DeliveryState.choices)
    attempts = IntegerField()
    status = IntegerField(allow_null=True, help_text="Of the last answer; null when there was none.")
    detail = CharField(help_text="Why the last attempt failed.")
    created = DateTimeField(help_text="UTC.")
    tried_at = DateTimeField(allow_null=True)

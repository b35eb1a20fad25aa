"""Webhooks as clients send them."""

from rest_framework import serializers

from annotations.api.fields import Text
from annotations.api.writers.base import Writer


class WebhookWriter(Writer):
    desk = Text(help_text="Slug or id of the desk.")
    url = Text(help_text="http or https, on the public internet; redirects are not followed.")
    actions = serializers.ListField(
        child=Text(), required=False, default=list, help_text="Actions that are told, such as withdraw; empty: all."
    )


class WebhookChangesWriter(Writer):
    active = serializers.BooleanField(help_text="False pauses it; what happens meanwhile is told when it goes on.")

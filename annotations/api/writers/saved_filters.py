"""Saved filters as clients send them."""

from rest_framework import serializers

from annotations.api.fields import Text
from annotations.api.writers.base import Writer
from annotations.core.saved_filters import PARAMETERS

NAMES = "; ".join(f"{page}: {', '.join(names)}" for page, names in PARAMETERS.items())


class SavedFilterWriter(Writer):
    page = Text(help_text=f"One of {', '.join(PARAMETERS)}.")
    name = Text()
    parameters = serializers.DictField(
        child=serializers.ListField(child=Text()), help_text=f"Each with its values, which must exist. {NAMES}."
    )
    desk = Text(default="", help_text="Slug or id of the desk that shares it; empty keeps it for oneself.")
    is_default = serializers.BooleanField(default=False, help_text="Open the page with it.")

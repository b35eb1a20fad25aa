"""Shape of a saved filter."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateTimeField, UUIDField

from annotations.api.readers.parts import Reader
from annotations.models.saved_filter import FilteredPage

VALUES = serializers.ListField(child=CharField())


class SavedFilterReader(Reader):
    id = UUIDField()
    page = serializers.ChoiceField(FilteredPage.choices)
    name = CharField()
    parameters: Any = serializers.DictField(
        child=VALUES, help_text="Query parameters of the page, each with its values."
    )
    desk = CharField(allow_null=True, help_text="Slug; null when it is one's own.")
    is_default = BooleanField(help_text="The page opens with it.")
    created = DateTimeField(help_text="UTC.")

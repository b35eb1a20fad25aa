"""Decisions about places in newer copy, as clients send them."""

from annotations.api.fields import OneOf
from annotations.api.writers.annotations import PlaceWriter
from annotations.core.placing import Choice


class ChoiceWriter(PlaceWriter):
    """`correct` needs a place, as a new annotation does; the other choices take none."""

    choice = OneOf(Choice)

"""Shapes of revisions, of what they carried over, and of older texts."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateTimeField, FloatField, IntegerField, UUIDField

from annotations.api.fields import OneOf
from annotations.api.readers.articles import FullRevisionReader, RevisionReader
from annotations.api.readers.parts import RangeReader, Reader
from annotations.core.carrying import Method, Outcome
from annotations.core.placing import Decision
from annotations.core.states import AnnotationState

NEW = "Where it went, or where it may be; null when not found."


class PlacedReader(RangeReader):
    exact = CharField(help_text="The slice of the text from start to end.")
    fragments = RangeReader(many=True)


class StandingReader(PlacedReader):
    annotation = UUIDField()
    state = OneOf(AnnotationState)


class CountsReader(Reader):
    unchanged = IntegerField()
    moved = IntegerField()
    changed = IntegerField()
    gone = IntegerField()


class SpanReader(RangeReader):
    fragments = RangeReader(many=True)


class FoundReader(Reader):
    from_revision = IntegerField(help_text="Number of the revision it stood in.")
    outcome = OneOf(Outcome)
    method = OneOf(Method)
    score = FloatField(help_text="From 0 to 1: how well the new place fits.")
    sentence_changed = BooleanField(help_text="Its words are the same; only the sentence around them is not.")
    old: Any = PlacedReader()
    decision = OneOf(Decision)
    decided_by = CharField(allow_null=True, help_text="User name.")
    decided_at = DateTimeField(allow_null=True)


class CarriedReader(FoundReader):
    annotation = UUIDField()
    new: Any = PlacedReader(allow_null=True, help_text=NEW)


class StepReader(FoundReader):
    to_revision = IntegerField(help_text="Number of the revision that came next.")
    state = OneOf(AnnotationState, help_text="As it was before the next revision came.")
    new: Any = SpanReader(allow_null=True, help_text=NEW)


class CarryOverReader(Reader):
    revision: Any = RevisionReader()
    counts: Any = CountsReader()
    undecided = IntegerField(help_text="How many wait for a person.")
    coverage_kept = IntegerField(help_text="Sentences that are still marked as holding nothing to check.")
    annotations: Any = CarriedReader(many=True)


class RevisedReader(CarryOverReader):
    created = BooleanField(help_text="False when this is the current text to the letter: nothing was made.")


class WholeRevisionReader(FullRevisionReader):
    text: Any = serializers.CharField()
    annotations: Any = StandingReader(many=True, help_text="As they stood in this text.")

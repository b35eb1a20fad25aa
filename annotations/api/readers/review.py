"""Shapes of what may be done next, of the coverage ledger and of the confidential tier."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateTimeField, IntegerField, UUIDField

from annotations.api.fields import OneOf
from annotations.api.readers.parts import RangeReader, Reader
from annotations.core.coverage import Seen
from annotations.core.states import AnnotationState, ArticleState


class MoveReader(Reader):
    action = CharField()
    to: Any = serializers.ListField(child=CharField(), help_text="States it may lead to; of several, send one as `to`.")
    label: Any = CharField(help_text="What a button says.")
    needs_reason = BooleanField()
    allowed = BooleanField(help_text="Whether you may make it now.")
    code = CharField(allow_null=True, help_text="Of the refusal; null when allowed.")
    reason = CharField(allow_null=True, help_text="A sentence that says why not; null when allowed.")


class AnnotationMovesReader(Reader):
    state = OneOf(AnnotationState)
    version = IntegerField()
    transitions = MoveReader(many=True)


class ArticleMovesReader(AnnotationMovesReader):
    state = OneOf(ArticleState)


class SentenceReader(RangeReader):
    number = IntegerField(help_text="Counted from 0, in the order of the text.")
    exact = CharField(help_text="The slice of the text from start to end.")
    seen = OneOf(Seen)


class CoverageReader(Reader):
    revision = UUIDField(help_text="The current one.")
    total = IntegerField(help_text="Sentences of blocks that hold statements.")
    annotated = IntegerField()
    nothing_to_check = IntegerField()
    unseen = IntegerField()
    sentences = SentenceReader(many=True)


class KeptIdentityReader(Reader):
    """That there is one and who may read it; never what it is."""

    attribution = UUIDField()
    keeper = CharField(help_text="User name.")
    readers = serializers.ListField(child=CharField(), help_text="User names, sorted.")
    created = DateTimeField()


class IdentityReader(Reader):
    content = CharField()

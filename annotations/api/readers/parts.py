"""Shapes of what hangs on an annotation."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import BooleanField, CharField, DateField, DateTimeField, IntegerField, UUIDField

from annotations.api.fields import CODE_POINTS, OneOf
from annotations.core.decisions import CommentKind, ReviewDecision
from annotations.core.drafts import LinkKind, Stance, Tier
from annotations.core.states import AnnotationState


# Every field is always there; what may be unknown is null. No docstring: the schema would show it everywhere.
class Reader(serializers.Serializer[Any]):
    pass


class RangeReader(Reader):
    start = IntegerField(help_text=CODE_POINTS)
    end = IntegerField(help_text=f"{CODE_POINTS} End exclusive.")


class FragmentReader(RangeReader):
    exact = CharField(help_text="The slice of the text.")


class PartReader(Reader):
    author = CharField(help_text="User name.")
    created = DateTimeField(help_text="UTC.")


class AttributionReader(PartReader):
    id = UUIDField()
    source: Any = CharField()
    origin = CharField(allow_null=True, help_text="Key of a term.")
    identification = CharField(allow_null=True, help_text="Key of a term.")
    channel = CharField(allow_null=True, help_text="Key of a term.")
    distance = CharField(allow_null=True, help_text="Key of a term.")
    source_range = RangeReader(allow_null=True)
    cue_range = RangeReader(allow_null=True)


class FileReader(Reader):
    name = CharField()
    size = IntegerField(help_text="Bytes.")
    sha256 = CharField(help_text="Of the bytes, hexadecimal.")


class EvidenceReader(PartReader):
    id = UUIDField()
    url = CharField()
    file = FileReader(allow_null=True)
    title = CharField()
    publisher = CharField()
    quote = CharField()
    locator = CharField()
    stance = OneOf(Stance)
    tier = OneOf(Tier)
    independence_group = CharField()
    unnamed = BooleanField(help_text="It rests on a source that is not named.")
    retrieved_at = DateTimeField(allow_null=True)


class VerdictReader(PartReader):
    term = CharField(help_text="Key of a term of the verdict scale.")
    rationale = CharField()
    as_of = DateField(allow_null=True)


class ReviewReader(Reader):
    person = CharField(help_text="User name.")
    decision = OneOf(ReviewDecision)
    outcome = OneOf(AnnotationState, help_text="The state it led to.")
    reason = CharField()
    version: Any = IntegerField(help_text="Of the annotation as that person saw it.")
    created = DateTimeField()


class LinkReader(PartReader):
    id = UUIDField()
    annotation = UUIDField()
    target = UUIDField()
    kind = OneOf(LinkKind)


class CommentReader(PartReader):
    id = UUIDField()
    annotation = UUIDField()
    parent: Any = UUIDField(allow_null=True)
    kind = OneOf(CommentKind)
    text = CharField()
    blocking = BooleanField(help_text="Holds back a proposal until it is resolved.")
    due = DateField(allow_null=True, help_text="When a question is to be answered.")
    outcome = CharField(help_text="What the reporter answered.")
    mentions = serializers.ListField(child=CharField(), help_text="User names in the text that were told, sorted.")
    resolved_by = CharField(allow_null=True)
    resolved_at = DateTimeField(allow_null=True)


class EventReader(Reader):
    id = UUIDField()
    action = CharField()
    actor = CharField(allow_null=True, help_text="User name; null for the system.")
    object_type = CharField()
    object_id = UUIDField()
    reason = CharField()
    before = serializers.DictField(allow_null=True, help_text="The object before; null when it was made.")
    after = serializers.DictField(allow_null=True)
    created = DateTimeField()
    number = IntegerField(help_text="Counts the events of the desk from 1, without gaps.")
    previous_hash = CharField(help_text="Of the desk's event before this one.")
    hash = CharField(help_text="SHA-256 over this event and previous_hash.")


class FlatVerdictReader(Reader):
    id = UUIDField(help_text="Of the verdict.")
    annotation = UUIDField()
    article = UUIDField()
    article_title = CharField()
    canonical_url = CharField()
    desk = CharField(help_text="Slug.")
    revision = UUIDField()
    start = IntegerField(help_text=CODE_POINTS)
    end = IntegerField(help_text=f"{CODE_POINTS} End exclusive.")
    exact = CharField()
    claim = CharField()
    verdict = CharField(help_text="Key of a term of the verdict scale.")
    verdict_name = CharField()
    rating_value = IntegerField(allow_null=True, help_text="ClaimReview's ratingValue; null off the scale.")
    rating_best = IntegerField(allow_null=True)
    rating_worst = IntegerField(allow_null=True)
    averitec = CharField(allow_null=True, help_text="The AVeriTeC label it maps to.")
    rationale = CharField()
    as_of = DateField(allow_null=True)
    emergency = BooleanField(help_text="Approved by the head of research alone, in an emergency.")
    author = CharField(help_text="User name of who proposed it.")
    created = DateTimeField()
    updated = DateTimeField(help_text="When the annotation changed last.")


class ProblemErrorReader(Reader):
    pointer = CharField(help_text="JSON pointer into the body, or a slash and the name of a query parameter.")
    code = CharField()
    detail = CharField()


class ProblemReader(Reader):
    """RFC 9457. Some problems have further members: candidates, count, version, position."""

    type = CharField(help_text="/problems/ and the code.")
    title = CharField()
    status = IntegerField()
    detail = CharField(help_text="A sentence that says what is wrong and what to do.")
    code = CharField(help_text="For programs; stable.")
    errors: Any = ProblemErrorReader(many=True)

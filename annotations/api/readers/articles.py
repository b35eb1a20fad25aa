"""Shapes of articles, revisions, annotations, desks, vocabularies, terms and tokens."""

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import CharField, DateField, DateTimeField, IntegerField, UUIDField

from annotations.api.fields import OneOf
from annotations.api.readers.parts import (
    AttributionReader,
    EvidenceReader,
    FileReader,
    FragmentReader,
    RangeReader,
    Reader,
    ReviewReader,
    VerdictReader,
)
from annotations.core.scopes import Scope
from annotations.core.states import AnnotationState, ArticleState, Role


class TokenReader(Reader):
    token = CharField(help_text="Shown this once; only its hash is kept.")
    expires_at = DateTimeField()
    scopes = serializers.ListField(child=OneOf(Scope))


class DeskReader(Reader):
    id = UUIDField()
    slug = CharField()
    name = CharField()
    language = CharField(help_text="BCP 47, of its name and its labels; empty when unknown.")
    roles = serializers.ListField(child=OneOf(Role), help_text="Your own roles on it.")
    created = DateTimeField()


class VocabularyReader(Reader):
    id = UUIDField()
    desk = CharField(help_text="Slug.")
    key = CharField()
    name = CharField()
    description = CharField()
    position = IntegerField()
    version = IntegerField(help_text="Counts every change to its terms.")


class RatingReader(Reader):
    value = IntegerField()
    best = IntegerField()
    worst = IntegerField()


class TermReader(Reader):
    id = UUIDField()
    desk = CharField(help_text="Slug.")
    vocabulary = CharField(help_text="Key.")
    key = CharField(help_text="Unique on the desk, over all vocabularies.")
    name = CharField()
    description = CharField()
    position = IntegerField()
    colour = IntegerField(allow_null=True, help_text="Number of the palette, 0 to 9.")
    rating = RatingReader(allow_null=True, help_text="ClaimReview's numbers; null off the scale.")
    averitec = CharField(allow_null=True)
    retired_at = DateTimeField(allow_null=True)


class RevisionReader(Reader):
    id = UUIDField()
    number = IntegerField()
    length = IntegerField(help_text="Code points.")
    sha256 = CharField(help_text="Of the text in UTF-8, hexadecimal; also the ETag of text/.")


class SourceReader(FileReader):
    media_type = CharField()


class FullRevisionReader(RevisionReader):
    article = UUIDField()
    source: Any = SourceReader(help_text="The bytes it came from, at source/.")
    author = CharField(help_text="User name.")
    created = DateTimeField()


class ArticleReader(Reader):
    id = UUIDField()
    desk = CharField(help_text="Slug.")
    title = CharField()
    byline = CharField()
    outlet = CharField()
    canonical_url = CharField()
    published_at = DateField(allow_null=True)
    language = CharField(help_text="BCP 47; empty when unknown.")
    state = OneOf(ArticleState)
    revision = RevisionReader(allow_null=True, help_text="The current one.")
    version = IntegerField(help_text="Counts every change; part of the ETag.")
    created = DateTimeField()
    updated = DateTimeField()


class AnnotationReader(RangeReader):
    id = UUIDField()
    article = UUIDField()
    revision = UUIDField()
    exact = CharField(help_text="The slice of the text from start to end.")
    prefix = CharField(help_text="The text directly before, up to 32 code points.")
    suffix = CharField(help_text="The text directly after, up to 32 code points.")
    fragments = FragmentReader(many=True, help_text="Parts of a discontinuous annotation; else empty.")
    claim = CharField()
    note = CharField()
    terms = serializers.ListField(child=CharField(), help_text="Keys of labels, sorted.")
    attributions = AttributionReader(many=True)
    evidence = EvidenceReader(many=True)
    verdict = VerdictReader(allow_null=True)
    reviews = ReviewReader(many=True, help_text="Decisions that stand, oldest first; emergency approvals among them.")
    state = OneOf(AnnotationState)
    version = IntegerField(help_text="Counts every change; part of the ETag.")
    author = CharField(help_text="User name.")
    assignee = CharField(allow_null=True, help_text="User name.")
    created = DateTimeField()
    updated = DateTimeField()


class ExportedAnnotationReader(AnnotationReader):
    """One line of the JSON Lines export. The last line is `{"end": true, "rows": n}` instead."""

    article_title = CharField()
    canonical_url = CharField()
    desk = CharField(help_text="Slug.")

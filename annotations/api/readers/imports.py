"""Shape of the report of an import."""

from rest_framework.serializers import BooleanField, CharField, IntegerField

from annotations.api.readers.parts import Reader


class RefusedReader(Reader):
    document = CharField(help_text="Its key or name in the file.")
    span = IntegerField(allow_null=True, help_text="Counted from 1; null when it concerns the whole document.")
    code = CharField()
    detail = CharField(help_text="A sentence.")


class ImportReader(Reader):
    dry_run = BooleanField()
    unit = CharField(help_text="What offsets counted: declared, or told by the quotes; empty: each document its own.")
    documents = IntegerField()
    spans = IntegerField()
    created = IntegerField(help_text="Annotations.")
    existing = IntegerField(help_text="Spans that were annotations already.")
    skipped = IntegerField(help_text="What the format has beside annotations, such as tokens.")
    refused_count = IntegerField()
    refused = RefusedReader(many=True, help_text="The first 1,000 of them.")

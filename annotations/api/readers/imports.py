"""Shapes of an import: its report, and one that runs in the background."""

from rest_framework.serializers import BooleanField, CharField, ChoiceField, DateTimeField, IntegerField, UUIDField

from annotations.api.readers.parts import Reader
from annotations.models.import_run import ImportState


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
    refused_count = IntegerField(help_text="Refused spans, and documents that were refused as a whole.")
    refused_documents = IntegerField(help_text="Documents that did not come in.")
    refused = RefusedReader(
        many=True,
        help_text="1,000 at the most: of each document the first ones, the fewer the more documents there are.",
    )


class ImportRunReader(Reader):
    id = UUIDField()
    desk = CharField()
    author = CharField()
    name = CharField(help_text="Of the file, when it has one.")
    format = CharField()
    dry_run = BooleanField()
    state = ChoiceField(choices=ImportState.choices)
    documents = IntegerField(allow_null=True, help_text="Looked at so far.")
    documents_total = IntegerField(allow_null=True, help_text="Null until the file was gone through once.")
    error = CharField(help_text="Why the whole file was refused; empty otherwise.")
    report = ImportReader(allow_null=True, help_text="When it is done.")
    created = DateTimeField()
    ended = DateTimeField(allow_null=True)

"""Shapes of what became of several annotations."""

from rest_framework.serializers import CharField, IntegerField, UUIDField

from annotations.api.readers.parts import Reader


class OutcomeReader(Reader):
    id = UUIDField(help_text="Of the annotation.")
    status = IntegerField(help_text="The HTTP status that a request for it alone would have had.")
    code = CharField(help_text="done, unchanged (it was so already), or the code of the refusal.")
    detail = CharField(allow_null=True, help_text="A sentence that says why it was refused.")
    version = IntegerField(allow_null=True, help_text="The version it has now; null when it was refused.")


class BulkReader(Reader):
    bulk = UUIDField(help_text="In `after` of every event of it; names it for the undo.")
    done = IntegerField()
    unchanged = IntegerField()
    refused = IntegerField()
    results = OutcomeReader(many=True)

"""What shall be done to several annotations, as clients send it."""

from annotations.api.fields import Identifier, OneOf, Text, WholeNumber
from annotations.api.writers.base import Writer
from annotations.core.bulk import BulkAction


class ChosenWriter(Writer):
    id = Identifier()
    version = WholeNumber(help_text="The version you looked at; the annotation is refused as stale if it has another.")


class BulkWriter(Writer):
    action = OneOf(BulkAction)
    annotations = ChosenWriter(many=True, help_text="Each at most once.")
    username = Text(default="", help_text="Who shall work on them; for assign.")
    term = Text(default="", help_text="Key of a label; for add_term and remove_term.")
    reason = Text(default="", help_text="For return and withdraw.")

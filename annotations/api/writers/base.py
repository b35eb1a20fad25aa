"""The base of all writers: a field nobody knows is an error, and so is one that cannot be set."""

from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from annotations.api.fields import CODE_POINTS, WholeNumber
from annotations.core.wording import _, gettext_noop


# No docstring: the schema would show it as the description of every body that has none.
class Writer(serializers.Serializer[Any]):
    # Names that exist in answers but cannot be set here, each with the sentence (English) that says what to do.
    refused: ClassVar[Mapping[str, str]] = {}

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            wrong = {name: [self._why(name)] for name in data if name not in self.fields}
            if wrong:
                raise serializers.ValidationError(wrong)
        return super().to_internal_value(data)

    def _why(self, name: str) -> ErrorDetail:
        if name in self.refused:
            return ErrorDetail(_(self.refused[name]), "read_only")
        sentence = _('There is no field "{name}" here. Known fields: {listed}.')
        return ErrorDetail(sentence.format(name=name, listed=", ".join(self.fields)), "unknown_field")


READ_ONLY = gettext_noop("This is set by the server and cannot be sent.")


class RangeWriter(Writer):
    start = WholeNumber(help_text=CODE_POINTS)
    end = WholeNumber(help_text=f"{CODE_POINTS} End exclusive.")

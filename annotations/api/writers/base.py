"""The base of all writers: a field nobody knows is an error, and so is one that cannot be set."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

from annotations.api.fields import CODE_POINTS, WholeNumber
from annotations.core.wording import _, gettext_noop


# No docstring: the schema would show it as the description of every body that has none.
class Writer(serializers.Serializer[Any]):
    # Names that exist in answers but cannot be set here, each with the sentence (English) that says what to do.
    refused: ClassVar[Mapping[str, str]] = {}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)  # refuses it
        fields = self._by_name
        wrong: dict[str, Any] = {name: [self._why(name)] for name in data if name not in fields}
        if wrong:
            raise serializers.ValidationError(wrong)
        found: dict[str, Any] = {}
        for name, field in fields.items():
            # As in REST framework, but what may be left out and is left out is not asked about itself.
            if name not in data and not field.required and field.default is empty:
                continue
            try:
                found[name] = field.run_validation(data.get(name, empty))
            except serializers.ValidationError as error:
                wrong[name] = error.detail
        if wrong:
            raise serializers.ValidationError(wrong)
        return found

    def run_validators(self, value: Any) -> None:
        if self.validators:  # REST framework copies the value for them, also where there are none
            super().run_validators(value)

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        return dict(self.fields)

    def _why(self, name: str) -> ErrorDetail:
        if name in self.refused:
            return ErrorDetail(_(self.refused[name]), "read_only")
        sentence = _('There is no field "{name}" here. Known fields: {listed}.')
        return ErrorDetail(sentence.format(name=name, listed=", ".join(self.fields)), "unknown_field")


READ_ONLY = gettext_noop("This is set by the server and cannot be sent.")


class RangeWriter(Writer):
    start = WholeNumber(help_text=CODE_POINTS)
    end = WholeNumber(help_text=f"{CODE_POINTS} End exclusive.")

"""Fields of request bodies: strict about types, silent about content. Strings pass on exactly as they came."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Final, Literal
from uuid import UUID

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from annotations.core.wording import _

CODE_POINTS = "Unicode code points into the revision's text, counted from 0."
Direction = Literal["request", "response"]
LARGEST = 2**53 - 1
"""Beyond it JSON numbers are not the same for everybody."""


REFUSED_BEFORE: Final = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
"""What these look for, the parsers of bodies have refused already."""


class Quick(serializers.Field[Any, Any, Any, Any]):
    """A value of the type that nearly all have is asked nothing but what the field itself wants to know."""

    usual: type

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if type(data) is self.usual and not self._has_rules:
            return self.to_internal_value(data)
        return super().run_validation(data)

    @cached_property
    def _has_rules(self) -> bool:
        return self.read_only or any(not isinstance(each, REFUSED_BEFORE) for each in self.validators)


class Text(Quick, serializers.CharField):
    """A JSON string, not trimmed; empty is fine, since what must not be empty is for the service to say."""

    usual = str

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"trim_whitespace": False, "allow_blank": True, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class WholeNumber(Quick, serializers.IntegerField):
    """A JSON integer; neither a string nor 1.0 nor true."""

    usual = int

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        if abs(data) > LARGEST:
            self.fail("max_value", max_value=LARGEST)
        return data


class Identifier(Quick, serializers.UUIDField):
    """A UUID as a string."""

    usual = str

    def to_internal_value(self, data: Any) -> UUID:
        try:
            return UUID(data)
        except (ValueError, TypeError, AttributeError):
            self.fail("invalid", value=data)


class Day(serializers.DateField):
    """A date; of an ISO date and time the date as it is written."""

    def to_internal_value(self, value: Any) -> dt.date:
        try:
            day = parse_date(value) or parse_datetime(value)
        except (ValueError, TypeError):
            day = None
        if day is None:
            self.fail("invalid", format="YYYY-MM-DD")
        return day.date() if isinstance(day, dt.datetime) else day


class Moment(serializers.DateTimeField):
    """An ISO date and time; without an offset it is UTC."""

    def to_internal_value(self, value: Any) -> dt.datetime:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        return super().to_internal_value(value)

    def enforce_timezone(self, value: dt.datetime) -> dt.datetime:
        try:
            return value.astimezone(dt.UTC) if value.tzinfo else value.replace(tzinfo=dt.UTC)
        except OverflowError:
            sentence = _("In UTC, this lies outside of the years 1 to 9999.")
            raise serializers.ValidationError(sentence, "overflow") from None


class OneOf(serializers.ChoiceField):
    """One member of a StrEnum, by its value."""

    def __init__(self, members: type[StrEnum], **kwargs: Any) -> None:
        self.members = members
        super().__init__([(member.value, member.value) for member in members], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            sentence = _('"{name}" is none of: {listed}.').format(name=data, listed=", ".join(self.members))
            raise serializers.ValidationError(sentence, "invalid_choice")
        return data


class OneOrMany(serializers.Field[Any, Any, Any, Any]):
    """One object or a list of them; always a list afterwards."""

    def __init__(self, writer: type[serializers.Serializer[Any]], **kwargs: Any) -> None:
        self.writer = writer
        self._one, self._many = writer(), writer(many=True)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, Mapping):
            return [self._one.run_validation(data)]
        return list(self._many.run_validation(data))

    def to_representation(self, value: Any) -> Any:
        return value


class OneOfSchema(OpenApiSerializerFieldExtension):
    """One named component an enumeration, however many fields use it."""

    target_class = OneOf

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        members = self.target.members
        schema = {"type": "string", "enum": [member.value for member in members]}
        component = ResolvedComponent(members.__name__, ResolvedComponent.SCHEMA, schema=schema, object=members)
        auto_schema.registry.register_on_missing(component)
        return component.ref


class OneOrManySchema(OpenApiSerializerFieldExtension):
    """How the schema describes it."""

    target_class = OneOrMany

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        component = auto_schema.resolve_serializer(self.target.writer, direction)
        return {"oneOf": [component.ref, {"type": "array", "items": component.ref}]}

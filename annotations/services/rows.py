"""How services store rows: texts made canonical, fields checked before the database sees them."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from annotations.core.errors import DomainError, FieldError
from annotations.core.text import canonical_field

T = TypeVar("T", bound=models.Model)


def checked(row: T, pointer: str = "") -> T:
    """The row with canonical texts and valid fields.

    Relations, uniqueness and constraints are left to the database, which guards them without a query of their own.
    Raises DomainError "invalid" with one FieldError a wrong field; `pointer` says where the row is in the request.
    """
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(value, str):
            setattr(row, field.attname, canonical_field(value))
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        errors = [
            FieldError(f"{pointer}/{name}", "invalid", " ".join(messages))
            for name, messages in error.message_dict.items()
        ]
        sentence = " ".join(f"{_label(each.pointer)}: {each.detail}" for each in errors)
        raise DomainError("invalid", sentence, errors=errors) from error
    return row


def _label(pointer: str) -> str:
    return pointer.rsplit("/", 1)[-1].replace("_", " ").capitalize()

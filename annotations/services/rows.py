"""How services store rows: texts made canonical, fields checked before the database sees them; new rows inserted."""

import uuid
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, models

from annotations.core.errors import DomainError, FieldError
from annotations.core.text import canonical_field
from annotations.models.compiled import bare, run_last, run_prepared

T = TypeVar("T", bound=models.Model)


def checked(row: T, pointer: str = "") -> T:
    """The row with canonical texts and valid fields.

    Relations, uniqueness and constraints are left to the database, which guards them without a query of their own.
    Raises DomainError "invalid" with one FieldError a wrong field; `pointer` says where the row is in the request.
    """
    for name in _columns(type(row)):
        value = getattr(row, name)
        if isinstance(value, str):
            setattr(row, name, canonical_field(value))
    try:
        row.clean_fields(exclude=_relations(type(row)))
    except ValidationError as error:
        errors = [
            FieldError(f"{pointer}/{name}", "invalid", " ".join(messages))
            for name, messages in error.message_dict.items()
        ]
        sentence = " ".join(f"{_label(each.pointer)}: {each.detail}" for each in errors)
        raise DomainError("invalid", sentence, errors=errors) from error
    return row


def insert(rows: Sequence[T], beside: Sequence[models.Model] = ()) -> Sequence[T]:
    """Store new rows of one model, and with them rows of another that refer to them, in one statement.

    As `bulk_create`, at a third of its cost: a statement's text is made once a model. No signals; numbered keys stay
    unknown.
    """
    if not rows:
        return rows
    run_prepared(*_inserting_both(rows, beside))
    _stored(chain(rows, beside))
    return rows


def insert_last(rows: Sequence[models.Model], beside: Sequence[models.Model] = ()) -> None:
    """The same together with the COMMIT, or before the next statement; then the database says what it thinks of them.

    For rows of which nothing is asked any more, and whose guards may take a lock that everybody on the desk wants.
    """
    run_last(*_inserting_both(rows, beside))
    _stored(chain(rows, beside))


def _stored(rows: Iterable[models.Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _inserting_both(rows: Sequence[models.Model], beside: Sequence[models.Model]) -> tuple[str, list[Any]]:
    text, params = _inserting(rows)
    if not beside:
        return text, params
    other_text, other_params = _inserting(beside)
    return f"WITH first AS ({text}) {other_text}", params + other_params


def _inserting(rows: Sequence[models.Model]) -> tuple[str, list[Any]]:
    """The statement and its parameters."""
    begin, row_of_values, fields = _statement(type(rows[0]))
    params = [_param(row, *field, add=True) for row in rows for field in _storing(fields)]
    return begin + ", ".join([row_of_values] * len(rows)), params


def update(row: models.Model, names: tuple[str, ...]) -> None:
    """Store these fields of a row, in one statement.

    As `save(update_fields=names)`, whose statement Django makes anew each time. No signals.
    """
    statement, fields = _update_statement(type(row), names)
    params = [_param(row, *field, add=False) for field in _storing(fields)]
    run_prepared(statement, [*params, row.pk])


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store many rows through COPY, under the same guards. `names` are fields; rows hold what their columns hold."""
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(copy_statement(model, names)) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def made(model: type[T], **values: Any) -> T:
    """A row that is not stored yet, from all of its columns; a fraction of the cost of Django's keywords.

    Raises KeyError for a column that is missing.
    """
    return bare(model, ((name, values[name]) for name in _columns(model)))


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


@cache
def _storing(fields: "tuple[models.Field[Any, Any], ...]") -> "list[tuple[models.Field[Any, Any], str, bool]]":
    """Each with its column's attribute, and whether it sets itself: clocks."""
    return [
        (each, each.attname, getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False))
        for each in fields
    ]


@cache
def _relations(model: type[models.Model]) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields if field.is_relation)


def _param(row: models.Model, field: "models.Field[Any, Any]", name: str, sets_itself: bool, *, add: bool) -> Any:
    """What the driver is given for a field; most values it takes as they lie in the row."""
    value = getattr(row, name)
    if type(value) in _PLAIN and not sets_itself:
        return value
    return field.get_db_prep_save(field.pre_save(row, add), connection=connection)


_PLAIN: Final = frozenset({str, int, bool, uuid.UUID, type(None)})


def copy_statement(model: type[models.Model], names: Sequence[str]) -> str:
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(fields[name]) for name in names)
    return f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"


@cache
def _statement(model: type[models.Model]) -> tuple[str, str, "tuple[models.Field[Any, Any], ...]"]:
    """The parts of an INSERT: before the values, the values of one row; and the fields in their order."""
    options, quoted = model._meta, connection.ops.quote_name
    is_numbered = isinstance(options.pk, models.AutoField)
    fields = tuple(field for field in options.concrete_fields if not (is_numbered and field.primary_key))
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    begin = f"INSERT INTO {quoted(options.db_table)} ({columns}) VALUES "  # noqa: S608 (names of the model's own columns)
    return begin, f"({', '.join(['%s'] * len(fields))})", fields


@cache
def _update_statement(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, "tuple[models.Field[Any, Any], ...]"]:
    options, quoted = model._meta, connection.ops.quote_name
    fields: tuple[models.Field[Any, Any], ...] = tuple(options.get_field(name) for name in names)  # type: ignore[misc]
    columns = ", ".join(f"{quoted(str(field.column))} = %s" for field in fields)
    key = quoted(str(options.pk.column))
    return f"UPDATE {quoted(options.db_table)} SET {columns} WHERE {key} = %s", fields  # noqa: S608 (the model's names)


def _label(pointer: str) -> str:
    return pointer.rsplit("/", 1)[-1].replace("_", " ").capitalize()

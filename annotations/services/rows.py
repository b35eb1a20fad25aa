"""How services store rows: texts made canonical, fields checked before the database sees them; new rows inserted."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, models

from annotations.core.errors import DomainError, FieldError
from annotations.core.text import canonical_field
from annotations.models.compiled import bare, run_last, run_prepared

T = TypeVar("T", bound=models.Model)

StoredField = tuple["models.Field[Any, Any]", str, bool]
"""A field, the attribute of its column, and whether it sets itself: clocks."""


def checked(row: T, pointer: str = "") -> T:
    """The row with canonical texts and valid fields.

    Relations, uniqueness and constraints are left to the database, which guards them without a query of their own.
    Raises DomainError "invalid" with one FieldError a wrong field; `pointer` says where the row is in the request.
    """
    errors = []
    for field, is_relation, usual in _checking(type(row)):
        value = getattr(row, field.attname)
        if isinstance(value, str) and value:
            setattr(row, field.attname, value := canonical_field(value))
        if is_relation or field.blank and value in field.empty_values or type(value) is usual and value != "":
            continue
        try:
            setattr(row, field.attname, field.clean(value, row))
        except ValidationError as error:
            errors.append(FieldError(f"{pointer}/{field.name}", "invalid", " ".join(error.messages)))
    if errors:
        sentence = " ".join(f"{_label(each.pointer)}: {each.detail}" for each in errors)
        raise DomainError("invalid", sentence, errors=errors)
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
    params = [_param(row, *field, add=True) for row in rows for field in fields]
    return begin + ", ".join([row_of_values] * len(rows)), params


def update(row: models.Model, names: tuple[str, ...]) -> None:
    """Store these fields of a row, in one statement.

    As `save(update_fields=names)`, whose statement Django makes anew each time. No signals.
    """
    statement, fields = _update_statement(type(row), names)
    params = [_param(row, *field, add=False) for field in fields]
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


def made(model: type[T], known: Mapping[str, models.Model | None] | None = None, **values: Any) -> T:
    """A row that is not stored yet, from all of its columns; a fraction of the cost of Django's keywords.

    `known` are the rows that it refers to, by the names of their fields. Raises KeyError for a column that is missing.
    """
    row = bare(model, ((name, values[name]) for name in _columns(model)))
    if known:
        row._state.fields_cache.update(known)
    return row


@cache
def _columns(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields)


def _stored_fields(fields: "Iterable[models.Field[Any, Any]]") -> "tuple[StoredField, ...]":
    return tuple((each, each.attname, _sets_itself(each)) for each in fields)


def _sets_itself(field: "models.Field[Any, Any]") -> bool:
    return bool(getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False))


@cache
def _checking(model: type[models.Model]) -> "tuple[tuple[models.Field[Any, Any], bool, type | None], ...]":
    """Each field, whether it refers to another row, and of which type a value needs no more than a canonical text."""
    return tuple((field, field.is_relation, _usual(field)) for field in model._meta.concrete_fields)


def _usual(field: "models.Field[Any, Any]") -> type | None:
    if field.choices or field.validators:
        return None
    return {models.TextField: str, models.UUIDField: uuid.UUID, models.BooleanField: bool}.get(type(field))


def _param(row: models.Model, field: "models.Field[Any, Any]", name: str, sets_itself: bool, *, add: bool) -> Any:
    """What the driver is given for a field; most values it takes as they lie in the row."""
    if sets_itself:
        return field.pre_save(row, add)
    value = getattr(row, name)
    if type(value) in _PLAIN:
        return value
    return field.get_db_prep_save(field.pre_save(row, add), connection=connection)


_PLAIN: Final = frozenset({str, int, bool, uuid.UUID, type(None)})


def copy_statement(model: type[models.Model], names: Sequence[str]) -> str:
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    columns = ", ".join(connection.ops.quote_name(fields[name]) for name in names)
    return f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN"


@cache
def _statement(model: type[models.Model]) -> "tuple[str, str, tuple[StoredField, ...]]":
    """The parts of an INSERT: before the values, the values of one row; and the fields in their order."""
    options, quoted = model._meta, connection.ops.quote_name
    is_numbered = isinstance(options.pk, models.AutoField)
    fields = tuple(field for field in options.concrete_fields if not (is_numbered and field.primary_key))
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    begin = f"INSERT INTO {quoted(options.db_table)} ({columns}) VALUES "  # noqa: S608 (names of the model's own columns)
    return begin, f"({', '.join(['%s'] * len(fields))})", _stored_fields(fields)


@cache
def _update_statement(model: type[models.Model], names: tuple[str, ...]) -> "tuple[str, tuple[StoredField, ...]]":
    options, quoted = model._meta, connection.ops.quote_name
    fields: tuple[models.Field[Any, Any], ...] = tuple(options.get_field(name) for name in names)  # type: ignore[misc]
    columns = ", ".join(f"{quoted(str(field.column))} = %s" for field in fields)
    key = quoted(str(options.pk.column))
    return f"UPDATE {quoted(options.db_table)} SET {columns} WHERE {key} = %s", _stored_fields(fields)  # noqa: S608 (the model's names)


def _label(pointer: str) -> str:
    return pointer.rsplit("/", 1)[-1].replace("_", " ").capitalize()

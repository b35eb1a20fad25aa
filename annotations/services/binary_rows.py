"""Rows in COPY's binary format: every value with its length in bytes before it. PostgreSQL takes them as they are,

where it would have to read each id, number and moment of the text format.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import chain, count, islice
from struct import Struct
from typing import Any, Final
from uuid import UUID

import uuid_utils
from django.db import connection, models

from annotations.services.rows import copy_statement

NULL: Final = b"\xff\xff\xff\xff"
EMPTY: Final = b"\0\0\0\0"
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0"
END: Final = b"\xff\xff"
EPOCH: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
INTEGER_OID: Final = 23

integer: Final = Struct("!ii").pack
"""Called with the length, 4, and the number."""

big_integer: Final = Struct("!iq").pack
"""Called with the length, 8, and the number."""

length: Final = Struct("!i").pack
"""What stands before a value: its bytes."""

Id = tuple[str, bytes]
"""An id as text and as a column."""

_ID_END: Final = Struct("!I").pack
_ROWS_AT_ONCE: Final = 250
"""PostgreSQL works on them while the next ones are made."""


def begin(columns: int) -> bytes:
    """What stands before the values of a row."""
    return columns.to_bytes(2, "big")


def text(value: str) -> bytes:
    data = value.encode()
    return length(len(data)) + data


def uuid(value: UUID) -> bytes:
    return b"\0\0\0\x10" + value.bytes


def id_of(value: UUID) -> Id:
    return str(value), uuid(value)


class Ids:
    """Many UUIDv7s in their order, at less than half of what each would cost: all begin as one that was made now.

    A process makes no other that begins so, for the clock and a counter are in it. The last digits count on.
    """

    DIGITS: Final = 8

    def __init__(self) -> None:
        made = uuid_utils.uuid7()
        self.begin: Id = str(made)[: -self.DIGITS], b"\0\0\0\x10" + made.bytes[:-4]
        self._next = count(int.from_bytes(made.bytes[-4:], "big") >> 1).__next__  # so that half of them are to come

    def following(self) -> Id:
        """The end of the next one: digits and bytes."""
        end = _ID_END(self._next())
        return end.hex(), end

    def new(self) -> Id:
        digits, end = self.following()
        return self.begin[0] + digits, self.begin[1] + end


def moment(value: dt.datetime) -> bytes:
    return big_integer(8, (value - EPOCH) // dt.timedelta(microseconds=1))


def ranges(parts: Sequence[tuple[int, int]]) -> bytes:
    """An array of pairs of integers."""
    sizes = (2, 0, INTEGER_OID, len(parts), 1, 2, 1) if parts else (0, 0, INTEGER_OID)
    data = b"".join(chain(map(length, sizes), (integer(4, each) for part in parts for each in part)))
    return length(len(data)) + data


def copied_binary(model: type[models.Model], names: Sequence[str], rows: Iterable[bytes]) -> None:
    """Store them through COPY, under the same guards as any others. `names` are fields."""
    statement = f"{copy_statement(model, names)} (FORMAT BINARY)"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        rest = chain((SIGNATURE,), rows, (END,))
        while data := b"".join(islice(rest, _ROWS_AT_ONCE)):
            copy.write(data)


def copied(rows: Sequence[models.Model]) -> None:
    """Store many new rows of one model in the same way."""
    if rows:
        fields = type(rows[0])._meta.concrete_fields
        copied_binary(type(rows[0]), [field.name for field in fields], map(_row, rows))


def _row(row: models.Model) -> bytes:
    values = _values(type(row))
    found = (NULL if (value := take(row)) is None else write(value) for take, write in values)
    return b"".join((begin(len(values)), *found))


@cache
def _values(model: type[models.Model]) -> list[tuple[Callable[[models.Model], Any], Callable[[Any], bytes]]]:
    """For each column how its value is taken from a row, clocks being set, and how it is written."""
    return [
        (partial(field.pre_save, add=True), _WRITERS[_stored_as(field).get_internal_type()])
        for field in model._meta.concrete_fields
    ]


def _stored_as(field: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    return field.target_field if isinstance(field, models.ForeignKey) else field


_WRITERS: Final[dict[str, Callable[[Any], bytes]]] = {
    "UUIDField": uuid,
    "CharField": text,
    "TextField": text,
    "BinaryField": lambda value: length(len(value)) + value,
    "BooleanField": lambda value: b"\0\0\0\1" + bytes((value,)),
    "PositiveIntegerField": lambda value: integer(4, value),
    "DateField": lambda value: integer(4, (value - EPOCH.date()).days),
    "DateTimeField": moment,
}

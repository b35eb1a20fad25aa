"""Rows that a service writes in nearly every test: written by it once a run, then again and again by COPY.

Each time with new ids and the present time, as if the service had made them just now; the database's triggers number
and chain the events anew. What a test needs only now and then is made by the services themselves (tests/factories.py).
"""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from annotations.models import Event
from annotations.models.base import new_id

# Ids have a version, and times have microseconds: nothing else in the rows reads like them.
UUID_OR_TIME = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00)"
)
COLUMNS = """
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
UNCHAINED = {"number": "0", "previous_hash": "''", "hash": "''"}
"""An event that comes so is numbered and chained by the database."""

Objects = dict[str, Model]


@dataclass(frozen=True, slots=True)
class Written:
    """What one call wrote: for each table the text that COPY takes, cut at ids and times; and the objects it gave."""

    tables: list[tuple[str, list[str]]]
    ids: list[str]
    objects: Objects


class Prepared:
    """Calls `make` the first time; later gives copies of its objects and writes copies of its rows.

    `make` only adds rows. It is given objects made before, by name, and gives flat ones: none with a related object.
    """

    def __init__(self, make: Callable[..., Objects]) -> None:
        self._make = make
        self._written: Written | None = None
        self._given: dict[str, str] = {}

    def __call__(self, **given: Model) -> Objects:
        names = {name: str(each.pk) for name, each in given.items()}
        if self._written is None:
            objects, self._written = _watched(lambda: self._make(**given))
            self._given = names
            return objects
        return _again(self._written, {self._given[name]: names[name] for name in names})


def _watched(make: Callable[[], Objects]) -> tuple[Objects, Written]:
    with transaction.atomic(), connection.cursor() as cursor:
        there = {model: _places(cursor, model) for model in apps.get_models(include_auto_created=True)}
        objects = make()
        added = [_rows_added(cursor, model, places) for model, places in there.items()]
    tables = [(into, UUID_OR_TIME.split(text)) for into, text in added if text]
    ids = sorted({part for _, parts in tables for part in parts[1::2] if part[8] == "-"})
    return copy.deepcopy(objects), Written(tables, ids, objects)


def _places(cursor: Any, model: type[Model]) -> list[str]:
    cursor.execute(f"SELECT ctid::text FROM {_table(model)}")
    return [place for (place,) in cursor.fetchall()]


def _rows_added(cursor: Any, model: type[Model], places: list[str]) -> tuple[str, str]:
    table = _table(model)
    cursor.execute(COLUMNS, [table])
    columns = cursor.fetchone()[0]
    chosen = ", ".join(UNCHAINED.get(name, name) for name in columns.split(", ")) if model is Event else columns
    rows = f"SELECT {chosen} FROM {table} WHERE ctid <> ALL (%s::tid[])"
    with cursor.copy(f"COPY ({rows}) TO STDOUT", [places]) as out:
        return f"COPY {table} ({columns}) FROM STDIN", b"".join(out).decode()


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _again(written: Written, given: dict[str, str]) -> Objects:
    new = {old: given.get(old) or str(new_id()) for old in written.ids}
    now = datetime.now(UTC)
    time = now.isoformat(" ")
    with transaction.atomic(), connection.cursor() as cursor:
        for into, parts in written.tables:
            parts = [*parts]
            parts[1::2] = [new.get(part, time) for part in parts[1::2]]
            with cursor.copy(into) as rows:
                rows.write("".join(parts))
    return {name: _renewed(each, new, now) for name, each in written.objects.items()}


def _renewed(old: Model, new: dict[str, str], now: datetime) -> Model:
    renewed = copy.copy(old)
    for name, value in vars(renewed).items():
        if isinstance(value, UUID):
            setattr(renewed, name, UUID(new[str(value)]))
        elif isinstance(value, datetime):
            setattr(renewed, name, now)
    return renewed

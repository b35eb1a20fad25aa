"""Queries of fixed shape, compiled once: Django takes longer to build their SQL than PostgreSQL to answer them.

Only for the few queries behind every write; see docs/decisions/0040-compiled-queries.md.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.base import ModelState
from django.db.models.query import ModelIterable, get_related_populators

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class _Plan:
    """`values`: for each parameter the name of the caller's value, or None and what it always is."""

    sql: str
    values: tuple[tuple[str | None, Any], ...]
    maker: "_Maker | None"
    names: list[str]
    first: int
    last: int
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]
    populators: list[Any]
    annotations: dict[str, int]
    compiler: Any


class Compiled(Generic[M]):
    """`query(**values)` gives the rows as the queryset `build(**values)` would, with what it selects as related.

    Of a queryset of `values_list` it gives tuples, with the values as the driver reads them.

    `samples` has one value for each name that `build` takes, unlike any other value in the query: where it turns up
    among the parameters of the statement, the caller's value goes. Annotations too are as the driver reads them. No
    prefetches.
    """

    def __init__(self, build: Callable[..., models.QuerySet[M]], **samples: Any) -> None:
        self._build = build
        self._samples = samples

    def __call__(self, **values: Any) -> list[M]:
        return together(self.asked(**values))[0]

    def asked(self, **values: Any) -> "Asked[M]":
        """The question with its values, for `together`."""
        plan = self._plan
        return Asked((plan.sql, [values[name] if name else fixed for name, fixed in plan.values]), self._read)

    def _read(self, rows: Any) -> list[M]:
        plan = self._plan
        if plan.converters:
            rows = plan.compiler.apply_converters(rows, plan.converters)
        return [_object(plan, row) for row in rows] if plan.maker else list(rows)

    def first(self, **values: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self(**values)), None)

    @cached_property
    def _plan(self) -> _Plan:
        rows = self._build(**self._samples)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, values = _with_fixed_texts(*self._named(compiler))
        if rows._iterable_class is not ModelIterable:
            return _Plan(sql, values, None, [], 0, 0, {}, [], {}, compiler)
        select, klass = compiler.select, compiler.klass_info
        first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
        return _Plan(
            sql,
            values,
            _Maker(klass["model"]),
            [column[0].target.attname for column in select[first:last]],
            first,
            last,
            compiler.get_converters([column[0] for column in select]),
            _populators(klass, select),
            compiler.annotation_col_map or {},
            compiler,
        )

    def _named(self, compiler: Any) -> tuple[str, list[tuple[str | None, Any]]]:
        sql, params = compiler.as_sql()
        return sql, [self._value(param) for param in params]

    def _value(self, param: Any) -> tuple[str | None, Any]:
        for name, sample in self._samples.items():
            if param == sample:
                return name, None
        return None, param


class Asked(NamedTuple, Generic[M]):
    """`statement`: its text with %s for the values, and the values; `read` makes of its rows what is asked for."""

    statement: tuple[str, Sequence[Any] | Mapping[str, Any]]
    read: Callable[[Any], list[M]]


def together(*questions: Asked[Any]) -> list[list[Any]]:
    """The answers to several, one after the other by the database, in one way there and back."""
    found = cast(Any, connection).run_prepared(*(each.statement for each in questions))
    return [each.read(rows) for each, rows in zip(questions, found, strict=True)]


def run_prepared(
    sql: str, params: Sequence[Any] | Mapping[str, Any], database: str = DEFAULT_DB_ALIAS
) -> list[tuple[Any, ...]]:
    """The rows of a statement whose text is always the same; see factcheck.engine."""
    rows: list[tuple[Any, ...]] = cast(Any, connections[database]).run_prepared((sql, params))[0]
    return rows


def run_last(sql: str, params: Sequence[Any]) -> None:
    """A statement that may wait for the end of the transaction; see factcheck.engine."""
    cast(Any, connection).execute_last((sql, params))


class IsAnyOf(models.Func):
    """`column = ANY(list)`: one parameter however many values there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, column: str, values: Sequence[Any], field: "models.Field[Any, Any]") -> None:
        super().__init__(models.F(column), models.Value(values, ArrayField(field)))


def bare(model: type[M], columns: Iterable[tuple[str, Any]], db: str | None = None) -> M:
    """An object of all its columns as its `__init__` would make it, which nobody hears of; with `db`, a stored one."""
    made = model.__new__(model)
    made.__dict__.update(columns)
    state = made.__dict__["_state"] = ModelState()
    state.db, state.adding = db, db is None
    return made


@dataclass(frozen=True)
class _Maker:
    """Makes objects of a model as its `from_db` would; of all columns, for nobody hears of it (no signals)."""

    model: type[models.Model]

    def from_db(self, db: str, names: Sequence[str], values: Sequence[Any]) -> models.Model:
        if len(names) != len(self.model._meta.concrete_fields):
            return self.model.from_db(db, names, values)
        return bare(self.model, zip(names, values, strict=True), db)


def _with_fixed_texts(
    sql: str, values: Sequence[tuple[str | None, Any]]
) -> tuple[str, tuple[tuple[str | None, Any], ...]]:
    """The statement with the texts that are always the same written into it: each value that travels takes its time."""
    kept: list[tuple[str | None, Any]] = []
    waiting = iter(values)

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        name, fixed = value = next(waiting)
        if name is None and isinstance(fixed, str):
            return "'" + fixed.replace("'", "''").replace("%", "%%") + "'"
        kept.append(value)
        return found[0]

    return re.sub("%[s%]", place, sql), tuple(kept)


def _populators(klass: Any, select: Any) -> list[Any]:
    found = get_related_populators(klass, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # typed for Django 6
    waiting = list(found)
    while waiting:
        each: Any = waiting.pop()
        each.model_cls = _Maker(each.model_cls)
        waiting += each.related_populators
    return found


def _object(plan: _Plan, row: Any) -> Any:
    assert plan.maker  # noqa: S101 (for the type checker)
    made = plan.maker.from_db(DEFAULT_DB_ALIAS, plan.names, row[plan.first : plan.last])
    for populator in plan.populators:
        populator.populate(row, made)
    for name, place in plan.annotations.items():
        setattr(made, name, row[place])
    return made

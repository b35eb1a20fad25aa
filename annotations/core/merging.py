"""Two people changed the same thing: what comes out, field by field. Pure; knows neither forms nor rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` has every field: where both changed one differently, mine; those are `conflicts`, in order.

    `mine` and `theirs` are the fields that each side changed.
    """

    values: dict[str, Any]
    conflicts: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """`base` is what I looked at, `mine` what I make of it, `theirs` what it has become meanwhile.

    All three have the same fields. Of sets both sides' additions and removals count, so that they never conflict.
    """
    values, conflicts = {}, []
    for name in base:
        values[name], is_conflict = _field(base[name], mine[name], theirs[name])
        if is_conflict:
            conflicts.append(name)
    changed = tuple(tuple(name for name in base if side[name] != base[name]) for side in (mine, theirs))
    return Merged(values, tuple(conflicts), *changed)


def _field(base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """The value, and whether somebody has to choose."""
    if isinstance(base, frozenset):
        return (theirs - (base - mine)) | (mine - base), False
    if mine == base:
        return theirs, False
    return mine, theirs not in (base, mine)

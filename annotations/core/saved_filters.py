"""Saved filters: which parameters a page's list is narrowed by, and which of some parameters still mean something."""

from collections.abc import Mapping, Sequence
from typing import Final

LONGEST_NAME: Final = 80
LONGEST: Final = 500
"""Characters of a value."""
MOST: Final = 50
"""Filters that a person keeps on a page, or a desk shares there."""

NOBODY: Final = "-"
"""In place of a user name: assigned to nobody."""

PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "worklist": ("q", "desk", "state", "term", "author", "assignee"),
    "articles": ("q", "desk", "state", "language"),
    "search": ("q", "desk", "kind", "state"),
}
"""What narrows each page. Pages and places in them are never part of a filter."""

Parameters = Mapping[str, Sequence[str]]
Allowed = Mapping[str, frozenset[str] | None]


def sorted_out(parameters: Parameters, allowed: Allowed) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """What is left of the parameters, and each (name, value) that means nothing any more, or never did.

    `allowed` has the values that each parameter may take, or None where any words do. Order is kept; what is empty is
    neither kept nor told.
    """
    kept: dict[str, list[str]] = {}
    dropped: list[tuple[str, str]] = []
    for name, values in parameters.items():
        for value in dict.fromkeys(values):
            if not value.strip():
                continue
            if _is_allowed(name, value, allowed):
                kept.setdefault(name, []).append(value)
            else:
                dropped.append((name, value))
    return kept, dropped


def _is_allowed(name: str, value: str, allowed: Allowed) -> bool:
    if name not in allowed or len(value) > LONGEST or "\0" in value:
        return False
    known = allowed[name]
    return known is None or value in known

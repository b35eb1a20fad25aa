"""A JSON document with something wrong in it somewhere, for tests of readers."""

from typing import Any

from hypothesis import strategies as st

WRONG: list[Any] = [
    None, True, 0, -1, 7, 10**40, 1.5, float("nan"), "", "x", "a\0b", "\ud800", [], [[]], [1, 2], [None], {}, {"a": 1},
    {"start": 1}, "2026-13-45", "2026-01-31T25:00:00Z", [[[[[]]]]], {"url": 1, "file": 2},
]  # fmt: skip


def damaged(document: Any, data: st.DataObject) -> Any:
    """A copy in which one value, chosen anywhere, is another, is missing or is there twice."""
    if not document or not isinstance(document, dict | list) or data.draw(st.integers(0, 5)) == 0:
        return data.draw(st.sampled_from(WRONG))
    place = data.draw(st.sampled_from(list(document) if isinstance(document, dict) else range(len(document))))
    copy = document.copy()
    match data.draw(st.integers(0, 9)):
        case 0:
            del copy[place]
        case 1 if isinstance(copy, list):
            copy.append(copy[place])
        case _:
            copy[place] = damaged(copy[place], data)
    return copy

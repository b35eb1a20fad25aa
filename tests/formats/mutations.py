"""Good files made bad: cut, overwritten, in another encoding, nested without end; JSON with other values in it."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

WRONG: list[Any] = [
    None, True, 0, -1, 7, 10**40, 1.5, float("nan"), "", "x", "a\0b", "\ud800", [], [[]], [1, 2], [None], {}, {"a": 1},
    {"start": 1}, "2026-13-45", "2026-01-31T25:00:00Z", [[[[[]]]]], {"url": 1, "file": 2},
]  # fmt: skip
DEEP = [b"[" * 10_000, b'{"a":' * 10_000, b"<a>" * 10_000, b"[" * 10_000 + b"]" * 10_000, b"\0", b""]
CODECS = ["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp037"]
PUT = [
    b"",
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"9" * 30,
    b"-1",
    b'"',
    b"\t",
    b"\n",
    b" ",
    b"<",
    b"&#0;",
    b":",
    b"1e5",
    b"T2",
]


def cut(file: bytes) -> st.SearchStrategy[bytes]:
    return st.integers(0, len(file)).map(lambda at: file[:at])


def overwritten(file: bytes) -> st.SearchStrategy[bytes]:
    """Some bytes are others, are gone, or stand before those that followed them."""
    places = st.integers(0, len(file) - 1)
    put = st.binary(min_size=1, max_size=6) | st.sampled_from(PUT)
    return st.tuples(places, put, st.integers(0, 6)).map(
        lambda drawn: file[: drawn[0]] + drawn[1] + file[drawn[0] + drawn[2] :]
    ) | st.tuples(places, st.integers(1, 9)).map(lambda drawn: _swapped(file, *drawn))


def recoded(file: bytes) -> st.SearchStrategy[bytes]:
    return st.sampled_from(CODECS).map(lambda codec: file.decode().encode(codec, errors="replace"))


def bytes_of(file: bytes) -> st.SearchStrategy[bytes]:
    return cut(file) | overwritten(file) | recoded(file) | st.sampled_from(DEEP)


def values_of(document: Any) -> st.SearchStrategy[Any]:
    """The document with one of its values replaced, left out or, in a list, there twice."""
    places = st.sampled_from(list(_places(document)))
    drawn = st.tuples(places, st.sampled_from(WRONG), st.sampled_from(["other", "other", "other", "gone", "twice"]))
    return drawn.map(lambda found: _changed(document, *found))


def every_value_of(document: Any) -> Iterator[Any]:
    """The document with each of its values replaced by each wrong one."""
    for place in _places(document):
        for wrong in WRONG:
            yield _changed(document, place, wrong, "other")


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _places(value[key], (*path, key))


def _changed(document: Any, path: tuple[Any, ...], wrong: Any, how: str) -> Any:
    copy = json.loads(json.dumps(document))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if how == "gone":
        del inner[path[-1]]
    elif how == "twice" and isinstance(inner, list):
        inner.append(inner[path[-1]])
    else:
        inner[path[-1]] = wrong
    return copy


def _swapped(file: bytes, at: int, size: int) -> bytes:
    middle = at + size
    return file[:at] + file[middle : middle + size] + file[at:middle] + file[middle + size :]

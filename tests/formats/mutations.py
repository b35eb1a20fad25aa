"""Good files made bad, for hypothesis: cut, overwritten, in another encoding; JSON with other values in it."""

import json
from typing import Any

from hypothesis import strategies as st

WRONG = st.sampled_from(
    [None, True, -1, 3, 10**30, 1.5, "", "x", "\ud800", "\x00", [], [1], [[]], {}, {"start": "a"}, float("nan")]
)


def cut(file: bytes) -> st.SearchStrategy[bytes]:
    return st.integers(0, len(file)).map(lambda at: file[:at])


def overwritten(file: bytes) -> st.SearchStrategy[bytes]:
    places = st.integers(0, len(file) - 1)
    return st.tuples(places, st.binary(min_size=1, max_size=6)).map(
        lambda drawn: file[: drawn[0]] + drawn[1] + file[drawn[0] + len(drawn[1]) :]
    )


def recoded(file: bytes) -> st.SearchStrategy[bytes]:
    codecs = st.sampled_from(["utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp037"])
    return codecs.map(lambda codec: file.decode().encode(codec, errors="replace"))


def bytes_of(file: bytes) -> st.SearchStrategy[bytes]:
    deep = st.sampled_from([b"[" * 100_000, b'{"a":' * 100_000, b"<a>" * 100_000, b""])
    return cut(file) | overwritten(file) | recoded(file) | deep


def values_of(document: Any) -> st.SearchStrategy[Any]:
    """The document with one of its values replaced or left out."""
    places = list(_places(document))
    return st.tuples(st.sampled_from(places), WRONG, st.booleans()).map(lambda drawn: _changed(document, *drawn))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Any:
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield (*path, key)
        yield from _places(value[key], (*path, key))


def _changed(document: Any, path: tuple[Any, ...], wrong: Any, gone: bool) -> Any:
    copy = json.loads(json.dumps(document))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    if gone:
        del inner[path[-1]]
    else:
        inner[path[-1]] = wrong
    return copy

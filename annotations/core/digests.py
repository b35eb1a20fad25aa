"""Canonical JSON and its SHA-256: what a sign-off signs, so that any later change shows.

Canonical means: UTF-8, keys in code point order, no white space between tokens, every character but the quotation mark,
the backslash and the C0 controls written as itself, whole numbers only. That is RFC 8785 for the values used here.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """The one spelling of a value made of dicts with string keys, lists, strings, whole numbers, booleans and None.

    Raises TypeError for anything else, floating point numbers among it, since these have no one spelling.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError(f"A key of canonical JSON is a string, not {key!r}")
            _check(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _check(each)
    elif value is not None and not isinstance(value, str | bool | int):
        raise TypeError(f"Canonical JSON does not hold {type(value).__name__}")

"""Canonical JSON has one spelling, and its digest shows every change."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.digests import canonical_json, digest_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def test_keys_are_sorted_and_nothing_is_escaped_without_need() -> None:
    value = {"b": [1, None, True], "a": 'é"\\\n\u2028😀'}

    assert canonical_json(value) == '{"a":"é\\"\\\\\\n\u2028😀","b":[1,null,true]}'
    assert digest_of(value) == hashlib.sha256(canonical_json(value).encode()).hexdigest()


@settings(deadline=None, max_examples=100)
@given(VALUES)
def test_reading_it_back_gives_the_same_spelling(value: Any) -> None:
    assert canonical_json(json.loads(canonical_json(value))) == canonical_json(value)


@settings(deadline=None, max_examples=100)
@given(VALUES, VALUES)
def test_different_values_are_spelt_differently(one: Any, other: Any) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (canonical_json(one) == canonical_json(other)) == same


@pytest.mark.parametrize("value", [1.5, {1: "a"}, b"x", {"a": [float("nan")]}, {"a": object()}])
def test_what_has_no_one_spelling_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)

"""Offsets of other units become ours, and back, for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.units import Offsets, Unit

ENCODINGS = {Unit.UTF16: ("utf-16-le", 2), Unit.UTF8: ("utf-8", 1), Unit.CODE_POINTS: ("utf-32-le", 4)}


@pytest.mark.parametrize("unit", Unit)
@given(text=st.text(st.sampled_from("aé中😀\u0301"), max_size=12))
def test_offsets_are_those_of_the_encoding_and_come_back(unit: Unit, text: str) -> None:
    encoding, size = ENCODINGS[unit]
    offsets = Offsets(text, unit)
    expected = [len(text[:at].encode(encoding)) // size for at in range(len(text) + 1)]
    assert [offsets.units(at) for at in range(len(text) + 1)] == expected
    back = {offset: at for at, offset in enumerate(expected)}
    assert [offsets.code_point(each) for each in range(-1, expected[-1] + 2)] == [
        back.get(each) for each in range(-1, expected[-1] + 2)
    ]

"""JSON Lines: what is written is read back whole, and a file that was cut is noticed."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import jsonl

VALUES = st.text() | st.integers() | st.booleans() | st.none()
ROWS = st.lists(st.dictionaries(st.text(), VALUES, max_size=4), max_size=6)


def written(rows: list[dict[str, Any]], size: int = 2) -> bytes:
    lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
    pieces = [lines[at : at + size] for at in range(0, len(lines), size)]
    return b"".join(jsonl.written((len(piece), b"".join(piece)) for piece in pieces))


@settings(deadline=None, max_examples=100)
@given(ROWS)
def test_rows_come_back_as_they_went(rows: list[dict[str, Any]]) -> None:
    rows = [row for row in rows if row.keys() != {"end", "rows"}]
    file = written(rows)

    assert list(jsonl.read(file.split(b"\n")[:-1])) == rows
    assert list(jsonl.read(file.decode().splitlines())) == rows


def test_the_last_line_counts() -> None:
    assert written([{"a": 1}, {"a": 2}, {"a": 3}]) == b'{"a": 1}\n{"a": 2}\n{"a": 3}\n{"end": true, "rows": 3}\n'
    assert written([]) == b'{"end": true, "rows": 0}\n'


@pytest.mark.parametrize("character", ["\u2028", "\u2029", "\x85"])
def test_no_reader_breaks_a_line_inside_a_row(character: str) -> None:
    file = written([{"exact": f"one{character}two \U0001f973"}]).decode()

    assert len(file.splitlines()) == 2
    assert json.loads(file.splitlines()[0]) == {"exact": f"one{character}two \U0001f973"}


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_file_without_its_end_is_truncated(kept: int) -> None:
    lines = written([{"a": 1}, {"a": 2}]).splitlines()[:kept]
    rows = []

    with pytest.raises(DomainError, match=f"breaks off after {kept} rows") as refused:
        rows.extend(jsonl.read(lines))

    assert refused.value.code == "truncated"


def test_a_file_that_lost_a_line_in_the_middle_is_truncated() -> None:
    first, _, end = written([{"a": 1}, {"a": 2}]).splitlines()

    with pytest.raises(DomainError, match="says it has 2 rows, but it has 1"):
        list(jsonl.read([first, end]))


@pytest.mark.parametrize(("line", "words"), [("{", "Line 1 is not JSON"), ("[1]", "Line 1 is not a JSON object")])
def test_a_line_that_is_no_object_is_refused(line: str, words: str) -> None:
    with pytest.raises(DomainError, match=words) as refused:
        list(jsonl.read([line]))

    assert refused.value.code == "malformed"

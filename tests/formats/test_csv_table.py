"""CSV: what is written is read back to the letter, and no cell is a formula."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats import csv_table

ROW: dict[str, Any] = {
    "id": "1", "desk": "demo", "article": "2", "article_title": "T", "canonical_url": "", "revision": "3", "start": 4,
    "end": 9, "exact": "nine,", "prefix": "lost ", "suffix": "", "fragments": [], "claim": "", "note": "", "terms": [],
    "verdict": None, "attributions": [], "evidence": [], "reviews": [], "state": "open", "version": 1, "author": "ana",
    "assignee": None, "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
}  # fmt: skip
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=30)


def file(*rows: dict[str, Any]) -> str:
    return b"".join(csv_table.written(rows)).decode()


@given(exact=TEXTS, claim=TEXTS, note=TEXTS)
def test_what_is_written_is_read_back(exact: str, claim: str, note: str) -> None:
    row = ROW | {"exact": exact, "claim": claim, "note": note}

    assert list(csv_table.read(file(row))) == [row]


def test_parts_are_read_back_too() -> None:
    row = ROW | {
        "terms": ["quantity", "state-media"],
        "verdict": {"term": "false", "rationale": "=no", "as_of": "2026-01-01"},
        "fragments": [{"start": 4, "end": 5, "exact": "n"}, {"start": 6, "end": 9, "exact": "ne,"}],
        "evidence": [{"url": "https://example.org/", "quote": "a\r\nb"}],
        "reviews": [{"decision": "approve_in_emergency", "reason": "Going to print."}],
        "assignee": "bob",
    }

    assert list(csv_table.read(file(row, ROW))) == [row, ROW]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    source = file(ROW | {"claim": cell})

    line = list(csv.reader(io.StringIO(source, newline="")))[1]
    assert line[csv_table.COLUMNS.index("claim")] == f"'{cell}"
    assert next(csv_table.read(source))["claim"] == cell


def test_cut_file_is_noticed() -> None:
    whole = file(ROW, ROW)

    for cut in (whole[: whole.rindex("#end")], whole.replace("#end,2", "#end,3")):
        with pytest.raises(DomainError) as refused:
            list(csv_table.read(cut))
        assert refused.value.code == "truncated"
    with pytest.raises(DomainError, match="The first line must be"):
        list(csv_table.read("a,b\r\n1,2\r\n"))
    assert list(csv_table.read(file())) == []


def test_a_whole_text_fits_into_a_cell() -> None:
    long = "нine " * 40_000

    (back,) = csv_table.read(b"".join(csv_table.written([ROW | {"exact": long}])).decode())

    assert back["exact"] == long


@pytest.mark.parametrize("cell", ["x", ""])
def test_a_start_that_is_no_number_is_refused_with_its_row(cell: str) -> None:
    file = b"".join(csv_table.written([ROW, ROW | {"start": cell}])).decode()

    with pytest.raises(DomainError, match="Row 2 has something else than numbers"):
        list(csv_table.read(file))

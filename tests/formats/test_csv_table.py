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


def read(source: str | bytes) -> list[dict[str, Any]]:
    content = source.encode() if isinstance(source, str) else source
    return [row for _, row in csv_table.read(io.BytesIO(content))]


@given(exact=TEXTS, claim=TEXTS, note=TEXTS)
def test_what_is_written_is_read_back(exact: str, claim: str, note: str) -> None:
    row = ROW | {"exact": exact, "claim": claim, "note": note}

    assert read(file(row)) == [row]


def test_parts_are_read_back_too() -> None:
    row = ROW | {
        "terms": ["quantity", "state-media"],
        "verdict": {"term": "false", "rationale": "=no", "as_of": "2026-01-01"},
        "fragments": [{"start": 4, "end": 5, "exact": "n"}, {"start": 6, "end": 9, "exact": "ne,"}],
        "evidence": [{"url": "https://example.org/", "quote": "a\r\nb"}],
        "reviews": [{"decision": "approve_in_emergency", "reason": "Going to print."}],
        "assignee": "bob",
    }

    assert read(file(row, ROW)) == [row, ROW]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    source = file(ROW | {"claim": cell})

    line = list(csv.reader(io.StringIO(source, newline="")))[1]
    assert line[csv_table.COLUMNS.index("claim")] == f"'{cell}"
    assert read(source)[0]["claim"] == cell


def test_cut_file_is_noticed() -> None:
    whole = file(ROW, ROW)

    for cut in (whole[: whole.rindex("#end")], whole.replace("#end,2", "#end,3")):
        with pytest.raises(DomainError) as refused:
            read(cut)
        assert refused.value.code == "truncated"
    with pytest.raises(DomainError, match="The first line must be"):
        read("a,b\r\n1,2\r\n")
    assert read(file()) == []


def test_a_whole_text_fits_into_a_cell() -> None:
    long = "нine " * 40_000

    (back,) = read(file(ROW | {"exact": long}))

    assert back["exact"] == long


@pytest.mark.parametrize("cell", ["x", ""])
def test_a_start_that_is_no_number_is_refused_with_its_row(cell: str) -> None:
    with pytest.raises(DomainError, match="Row 2 has something else than numbers"):
        read(file(ROW, ROW | {"start": cell}))


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_may_end_as_any_program_ends_them_and_a_mark_may_come_first(end: str, mark: str) -> None:
    row = ROW | {"terms": ["a", "b"], "claim": 'say "no", 😀'}

    assert read(mark + file(row, ROW).replace("\r\n", end)) == [row, ROW]


def test_line_breaks_in_cells_stay_and_lines_are_counted_as_an_editor_does() -> None:
    row = ROW | {"claim": "one\ntwo\r\nthree\rfour\u2028five"}

    found = list(csv_table.read(io.BytesIO(file(row, ROW).encode())))

    assert [each for _, each in found] == [row, ROW]
    assert found[1][0] == file(row, ROW).replace("\r\n", "\n").replace("\r", "\n").count("\n", 0, -1)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (b"\0", "CSV has a NUL character at byte {position}. Remove it."),
        (b"\xed\xa0\xbd", "CSV is not UTF-8 at byte {position}. Save it as UTF-8."),
        (b"\xff", "CSV is not UTF-8 at byte {position}. Save it as UTF-8."),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(bad: bytes, sentence: str) -> None:
    source = file(ROW, ROW | {"claim": "HERE"}).encode().replace(b"HERE", "é".encode() + bad)

    with pytest.raises(DomainError) as refused:
        read(source)

    assert refused.value.message == sentence.format(position=source.index(bad))


def test_a_cell_that_nothing_closes_or_that_is_too_long_is_refused() -> None:
    with pytest.raises(DomainError, match="Row 2 has 13 cells instead of 27"):
        read(file(ROW, ROW | {"claim": "HERE"}).replace("HERE", '"'))

    usual = csv.field_size_limit(10)
    try:
        with pytest.raises(DomainError, match="Line 1 has a quotation mark that nothing closes, or a cell"):
            read(file(ROW))
    finally:
        csv.field_size_limit(usual)


def test_rows_are_read_one_by_one() -> None:
    source = io.BytesIO(file(*[ROW] * 2_000).encode())

    rows = csv_table.read(source)
    next(rows)

    assert source.tell() < 10_000  # bytes of some hundred thousand

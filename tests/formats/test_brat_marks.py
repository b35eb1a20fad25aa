"""Lines of marks in brat's files: as its server reads them, and as they came in."""

import pytest

from tests.formats.brat_lines import annotations, expected_marks
from tests.formats.outgoing import ROWS, TEXT, document, row
from tests.formats.test_brat import read


def test_lines_of_marks_are_as_brat_reads_them() -> None:
    """Its server ends the second column at the next tab and compares the rest with the text, letter by letter."""
    lines = [line.split("\t", 2) for line in annotations(document()).split("\n") if line.startswith("T")]

    marks = []
    for _, mark, quote in lines:
        label, ranges = mark.split(" ", 1)
        parts = tuple((int(start), int(end)) for start, end in (each.split(" ") for each in ranges.split(";")))
        assert quote == " ".join(TEXT[start:end] for start, end in parts)
        marks.append((label, parts))
    assert marks == expected_marks(ROWS)


@pytest.mark.parametrize("break_", [*"\t\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\xa0\u200b\ufeff"])
def test_a_line_of_a_mark_goes_out_as_it_came_in(break_: str) -> None:
    text = f"Nine{break_}people died."
    line = f"T1\tquantity 0 11\tNine{break_}people\n"
    ((span,),) = [read(line, text).spans]

    sent = document(rows=[row(1, (span.start, span.end)) | {"terms": list(span.labels)}], text=text)

    assert annotations(sent).split("\n")[0] + "\n" == line

"""Incoming spans: converted, compared with their quotes, and refused by number and reason."""

import pytest

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.formats.spans import Proposal, proposal, resolved
from annotations.formats.units import Unit

TEXT = "😀 مرحبا 中文\nend"


def document(unit: Unit, *spans: IncomingSpan) -> IncomingDocument:
    return IncomingDocument("one", TEXT, unit, spans)


def test_a_document_in_utf16_comes_out_in_code_points() -> None:
    found = resolved(document(Unit.UTF16, IncomingSpan(1, 9, 11, "中文"), IncomingSpan(2, 0, 2)))
    assert [(span.start, span.end, span.exact) for span in found.spans] == [(8, 10, "中文"), (0, 1, "😀")]
    assert found.unit is Unit.CODE_POINTS


def test_a_flat_quote_of_fragments_is_compared_part_by_part() -> None:
    span = IncomingSpan(1, 0, 14, "😀 中文 end", fragments=((0, 1), (8, 14)), flat=True)
    (found,) = resolved(document(Unit.CODE_POINTS, span)).spans
    assert (found.fragments, found.exact) == (((0, 1), (8, 14)), TEXT)


@pytest.mark.parametrize(
    ("span", "code"),
    [
        (IncomingSpan(7, 10, 99), "bad_range"),
        (IncomingSpan(7, -1, 2), "bad_range"),
        (IncomingSpan(7, 3, 3), "bad_range"),
        (IncomingSpan(7, 1, 2), "bad_range"),
        (IncomingSpan(7, 0, 11, fragments=((9, 11), (0, 2))), "bad_range"),
        (IncomingSpan(7, 9, 10, "中文"), "inclusive_ends"),
        (IncomingSpan(7, 9, 9, "中"), "inclusive_ends"),
        (IncomingSpan(7, 8, 10, "中文"), "quote_mismatch"),
    ],
)
def test_a_bad_span_is_refused_with_its_number_and_reason(span: IncomingSpan, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        resolved(document(Unit.UTF16, IncomingSpan(1, 9, 11, "中文"), span))
    (bad,) = refusal.value.extra["spans"]
    assert (refusal.value.code, bad["number"], bad["code"]) == ("bad_spans", 7, code)
    assert refusal.value.message.startswith("one: 1 of 2 spans are refused. Span 7: ")


@pytest.mark.parametrize("text", ["a\0b", "", " \n", "half \ud800"])
def test_a_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="one: The"):
        resolved(IncomingDocument("one", text))


@pytest.mark.parametrize(
    ("start", "end", "unit"), [(8, 10, Unit.CODE_POINTS), (9, 11, Unit.UTF16), (16, 22, Unit.UTF8)]
)
def test_the_unit_in_which_all_quotes_fit_is_proposed(start: int, end: int, unit: Unit) -> None:
    assert proposal([document(Unit.CODE_POINTS, IncomingSpan(1, start, end, "中文"))]).unit is unit


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([IncomingSpan(1, 0, 3)], "unit_unknown"),
        ([IncomingSpan(1, 8, 9, "中文")], "inclusive_ends"),
        ([IncomingSpan(1, 8, 10, "中文"), IncomingSpan(2, 9, 11, "中文")], "no_unit"),
    ],
)
def test_no_unit_is_guessed(spans: list[IncomingSpan], code: str) -> None:
    made: Proposal = proposal([document(Unit.CODE_POINTS, *spans)])
    with pytest.raises(DomainError) as refusal:
        _ = made.unit
    assert refusal.value.code == code


def test_a_declared_unit_in_which_all_quotes_fit_is_the_unit() -> None:
    quoted = IncomingSpan(1, 0, 2, "On")

    for unit in Unit:
        assert proposal([IncomingDocument("one", "One 🎉 two", unit, [quoted])]).unit is unit


def test_flat_quotes_have_a_space_for_each_tab_and_break() -> None:
    text = "a\tb\u2028c\x85d"

    for quote in ("a b c d", text):
        (found,) = resolved(IncomingDocument("one", text, spans=[IncomingSpan(1, 0, 7, quote, flat=True)])).spans
        assert found.exact == text

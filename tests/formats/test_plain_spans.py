"""Spans in columns are compared, refused and made exact as the same spans one by one."""

import pickle
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.formats.plain_spans import PlainSpans, columns_of, plain_spans
from annotations.formats.spans import quotes_fit, resolved
from annotations.formats.units import Unit

TEXTS = st.text(st.sampled_from("ab é한😀\r\n"), min_size=1, max_size=8).filter(str.strip)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[dict[str, Any]]]:
    """Ranges right and wrong, with the quote that stands there or another."""
    text = draw(TEXTS)
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        start, end = draw(st.integers(-2, len(text) + 2)), draw(st.integers(-2, len(text) + 2))
        quote = draw(st.sampled_from([text[start:end], text[max(start, 0) : max(end, 0)], draw(TEXTS)]))
        rows.append({"start": start, "end": end, "exact": quote, "terms": [draw(st.sampled_from("ab"))]})
    return text, rows


def outcome(document: IncomingDocument) -> tuple[object, ...]:
    fits = quotes_fit(document, document.unit)
    try:
        exact = resolved(document)
    except DomainError as error:
        return fits, error.code, error.message, error.extra
    return fits, exact.text, [replace(span, number=0) for span in exact.spans]


@example(("ab", [{"start": -2, "end": 1, "exact": "a", "terms": ["a"]}]), Unit.CODE_POINTS)
@example(("ab", [{"start": 0, "end": 3, "exact": "ab", "terms": ["a"]}]), Unit.CODE_POINTS)
@given(documents(), st.sampled_from(Unit))
def test_columns_say_what_single_spans_say(given: tuple[str, list[dict[str, Any]]], unit: Unit) -> None:
    text, rows = given
    columns = columns_of(text, rows)
    assert columns is not None
    spans = [
        IncomingSpan(number, row["start"], row["end"], row["exact"], labels=tuple(row["terms"]))
        for number, row in enumerate(rows, 1)
    ]

    assert list(columns) == spans
    assert columns[-1] == spans[-1]
    assert columns[1:] == spans[1:]
    short, long = (IncomingDocument("key", text, unit, found) for found in (columns, spans))
    assert outcome(short) == outcome(long)


@given(documents())
def test_what_was_compared_travels_without_its_quotes(given: tuple[str, list[dict[str, Any]]]) -> None:
    text, rows = given
    right = [{**row, "start": 0, "end": len(text), "exact": text} for row in rows]
    plain = plain_spans(IncomingDocument("key", text, spans=columns_of(text, right) or ()))

    again = pickle.loads(pickle.dumps(plain))

    assert isinstance(again, PlainSpans)
    assert again.quotes is None
    assert [span.exact for span in again] == [text] * len(rows)
    assert list(again.places()) == [(0, len(text), (row["terms"][0],)) for row in rows]


@pytest.mark.parametrize(
    "row",
    [
        {"start": 0, "end": 1, "exact": "a"},
        {"start": 0, "end": 1, "exact": "a", "terms": []},
        {"start": 0, "end": 1, "exact": "a", "terms": ["a", "b"]},
        {"start": 0, "end": 1, "exact": "a", "terms": ["a"], "claim": ""},
        {"start": True, "end": 1, "exact": "a", "terms": ["a"]},
        {"start": 0, "end": 2**40, "exact": "a", "terms": ["a"]},
        {"start": 0, "end": 1.0, "exact": "a", "terms": ["a"]},
        {"start": 0, "end": 1, "exact": None, "terms": ["a"]},
        {"start": 0, "end": 1, "exact": "a", "terms": "a"},
        {"start": 0, "end": 1, "exact": "a", "terms": [1]},
        {"start": 0, "end": 1, "exact": "a", "note": "a"},
        ["start", "end", "exact", "terms"],
    ],
)
def test_whatever_says_more_or_something_else_is_read_span_by_span(row: Any) -> None:
    plain = {"start": 0, "end": 1, "exact": "a", "terms": ["a"]}

    assert columns_of("ab", [plain]) is not None
    assert columns_of("ab", [plain, row]) is None
    assert columns_of("ab", {"0": row}) is None
    assert columns_of("ab", []) is None


@pytest.mark.parametrize(
    "values",
    [
        {"claim": "It was late."},
        {"note": "Ask."},
        {"fragments": ((0, 1), (2, 3))},
        {"attributes": {"sure": "yes"}},
        {"attributions": ({"source": "Ministry"},)},
        {"evidence": ({"url": "https://example.org"},)},
        {"verdict": {"term": "true"}},
        {"number": 3},
    ],
)
def test_a_document_in_which_a_span_says_more_keeps_its_spans(values: dict[str, Any]) -> None:
    plain = [IncomingSpan(1, 0, 1, "a"), IncomingSpan(2, 1, 2, "b")]

    assert plain_spans(IncomingDocument("key", "ab", spans=plain)) is not None
    assert plain_spans(IncomingDocument("key", "ab", spans=[plain[0], replace(plain[1], **values)])) is None

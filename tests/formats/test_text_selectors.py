"""Selectors of Web Annotations, looked up in a text: one range, or a reason."""

from typing import Any

import pytest

from annotations.core.errors import DomainError
from annotations.formats.text_selectors import span_of

TEXT = "We lost 👩🏽‍🔬 nine, he said.\nThen nine more, and cafe\u0301."
NINE, AGAIN = TEXT.index("nine"), TEXT.rindex("nine")
AT = "/target/selector"
RFC = "http://tools.ietf.org/rfc/rfc5147"


def position(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end, **more}


def quote(exact: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def fragment(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "FragmentSelector", "value": value, **more}


FOUND = [
    (position(NINE, NINE + 4), "nine"),
    (quote("lost"), "lost"),
    (quote("nine", prefix="Then "), "nine"),
    (quote("nine", suffix=", he"), "nine"),
    (quote("👩🏽‍🔬"), "👩🏽‍🔬"),
    (quote("said.\r\nThen"), "said.\nThen"),
    (fragment("char=0,7"), "We lost"),
    (fragment("char=,2", conformsTo=RFC), "We"),
    (fragment(f"char={AGAIN},", conformsTo=RFC), TEXT[AGAIN:]),
    ([position(AGAIN, AGAIN + 4), quote("nine")], "nine"),
    ([quote("nine"), position(AGAIN, AGAIN + 4), fragment(f"char={AGAIN},{AGAIN + 4}")], "nine"),
    ([quote("nine", suffix=" more", prefix="Then "), position(AGAIN, AGAIN + 4)], "nine"),
    ([quote("nine more"), quote("nine more", prefix="Then ")], "nine more"),
    (position(AGAIN - 5, len(TEXT), refinedBy=quote("nine")), "nine"),
    (fragment(f"char={NINE},{NINE + 13}", refinedBy=position(6, 8)), "he"),
    (quote("Then nine more", refinedBy=quote("nine more", refinedBy=quote("more"))), "more"),
    ([quote("Then nine more", refinedBy=quote("nine")), position(AGAIN, AGAIN + 4)], "nine"),
    (
        {"type": "RangeSelector", "startSelector": quote("We"), "endSelector": quote("nine", suffix=", he")},
        "We lost 👩🏽‍🔬 ",
    ),
]


@pytest.mark.parametrize(("selector", "words"), FOUND)
def test_selector_selects_the_words(selector: Any, words: str) -> None:
    start, end = span_of(selector, TEXT, AT)

    assert TEXT[start:end] == words


@pytest.mark.parametrize("number", [2, 9, 10, 11, 13, 16])
def test_second_nine_is_the_one_that_was_meant(number: int) -> None:
    assert span_of(FOUND[number][0], TEXT, AT)[0] == AGAIN


REFUSED = [
    ([], "required", AT),
    (quote("nine"), "quote_ambiguous", AT),
    (quote("ten"), "quote_not_found", AT),
    (quote(""), "quote_empty", AT),
    (quote("café"), "quote_not_found", AT),
    (quote("nine", prefix="We "), "quote_not_found", AT),
    (position(4, 3), "range_reversed", AT),
    (position(4, 4), "range_empty", AT),
    (position(-1, 4), "range_outside_text", AT),
    (position(0, len(TEXT) + 1), "range_outside_text", AT),
    ({"type": "TextPositionSelector", "start": 1}, "required", f"{AT}/end"),
    ({"type": "TextPositionSelector", "start": True, "end": 3}, "malformed", f"{AT}/start"),
    ({"type": "TextPositionSelector", "start": "1", "end": 3}, "malformed", f"{AT}/start"),
    ({"type": "TextPositionSelector", "start": 1.0, "end": 3}, "malformed", f"{AT}/start"),
    (position(1, 3, value="x"), "not_kept", f"{AT}/value"),
    ([position(NINE, NINE + 4), position(AGAIN, AGAIN + 4)], "selectors_disagree", AT),
    ([position(NINE, NINE + 4), quote("nine", prefix="Then ")], "quote_mismatch", f"{AT}/1"),
    ([quote("lost"), position(0, 2)], "quote_mismatch", f"{AT}/0"),
    ([position(0, 2), {"type": "TextQuoteSelector"}], "required", f"{AT}/1/exact"),
    ([quote("We lost"), quote("lost", refinedBy=quote("os"))], "quote_mismatch", f"{AT}/0"),
    (position(0, 7, refinedBy=quote("nine")), "quote_not_found", f"{AT}/refinedBy"),
    (position(0, 7, refinedBy=position(0, 8)), "range_outside_text", f"{AT}/refinedBy"),
    (fragment("char=3"), "not_kept", AT),
    (fragment("char=3,3"), "range_empty", AT),
    (fragment("char=,"), "not_kept", AT),
    (fragment("char=0,2;length=9"), "not_kept", AT),
    (fragment("line=0,1"), "not_kept", AT),
    (fragment("char=0,99999999999"), "not_kept", AT),
    (fragment("char=٣,٤"), "not_kept", AT),
    (fragment("char=0,2", conformsTo="http://tools.ietf.org/rfc/rfc3236"), "not_kept", AT),
    (fragment(":~:text=nine", conformsTo="https://wicg.github.io/scroll-to-text-fragment/"), "not_kept", AT),
    ({"type": "XPathSelector", "value": "/p[1]"}, "not_kept", f"{AT}/type"),
    ({"type": "DataPositionSelector", "start": 0, "end": 2}, "not_kept", f"{AT}/type"),
    ({"type": ["TextQuoteSelector"], "exact": "nine"}, "not_kept", f"{AT}/type"),
    ({"exact": "nine"}, "not_kept", AT),
    ("http://example.org/selector", "not_kept", AT),
    (None, "not_kept", AT),
    ({"type": "RangeSelector", "startSelector": quote("We")}, "required", f"{AT}/endSelector"),
    (
        {"type": "RangeSelector", "startSelector": quote("lost"), "endSelector": quote("We")},
        "range_reversed",
        AT,
    ),
    (
        {"type": "RangeSelector", "startSelector": quote("ten"), "endSelector": quote("We")},
        "quote_not_found",
        f"{AT}/startSelector",
    ),
]


@pytest.mark.parametrize(("selector", "code", "pointer"), REFUSED)
def test_what_selects_nothing_here_is_refused_with_a_reason(selector: Any, code: str, pointer: str) -> None:
    with pytest.raises(DomainError) as caught:
        span_of(selector, TEXT, AT)

    assert (caught.value.code, caught.value.errors[0].pointer) == (code, pointer)
    assert caught.value.message.endswith(".")

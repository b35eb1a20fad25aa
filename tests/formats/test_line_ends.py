"""Texts with CRLF, CR and byte order marks: stored with LF, ranges and quotes moved along."""

import pytest

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.formats.spans import resolved
from annotations.formats.units import Unit

TEXT = "\ufeffOne 🎉\r\ntwo\rthree\r\n\r\nfour"


def span(quote: str, **more: object) -> IncomingSpan:
    start = len(TEXT[: TEXT.index(quote)].encode("utf-16-le")) // 2
    return IncomingSpan(1, start, start + len(quote.encode("utf-16-le")) // 2, quote, **more)  # type: ignore[arg-type]


def moved(*spans: IncomingSpan) -> IncomingDocument:
    return resolved(IncomingDocument("one", TEXT, Unit.UTF16, spans))


def test_ranges_move_with_their_words() -> None:
    found = moved(*map(span, ("One", "🎉\r\ntwo", "two\rthree", "\r\n\r\nfour", "\ufeffOne", "\nfour", "🎉\r")))

    assert found.text == "One 🎉\ntwo\nthree\n\nfour"
    assert [each.exact for each in found.spans] == [
        "One", "🎉\ntwo", "two\nthree", "\n\nfour", "One", "\nfour", "🎉",
    ]  # fmt: skip
    assert all(found.text[each.start : each.end] == each.exact for each in found.spans)


def test_fragments_and_sources_move_too() -> None:
    parts = ((1, 4), (22, 26))
    source = {"source": "Ann", "source_range": {"start": 21, "end": 25}, "cue_range": None}

    (found,) = moved(IncomingSpan(1, 1, 26, fragments=parts, attributions=(source,))).spans

    assert (found.start, found.end, found.fragments) == (0, 21, ((0, 3), (17, 21)))
    assert found.attributions == ({"source": "Ann", "source_range": {"start": 17, "end": 21}, "cue_range": None},)


def test_what_is_not_kept_cannot_be_marked() -> None:
    with pytest.raises(DomainError, match="covers nothing but a CR or a byte order mark"):
        moved(span("\ufeff"))

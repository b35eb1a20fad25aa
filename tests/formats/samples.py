"""Documents that make formats stumble: emoji, Arabic, Chinese, accents, white space; ranges of every kind."""

from typing import Any, Final

from annotations.formats.documents import OutgoingDocument
from tests.formats.test_csv_table import ROW

TEXT: Final = (
    "Nine people \U0001f469\U0001f3fd\u200d\U0001f52c died,\tsaid\u00a0Ana.\n\n"
    "  مرحبا 中文 e\u0301tude & <b>\u2028 end \U0001f973.\u200f\n"
)
EVIDENCE: Final = {"url": "https://example.org/", "quote": "Nine.", "retrieved_at": "2026-01-31T12:00:00+00:00"}
PARTS: Final[dict[str, Any]] = {
    "claim": "Nine \U0001f469 died; \" ' & < ]]> \x07\ufffe.",
    "note": "\ttab\nline",
    "attributions": [{"source": "Ana", "source_range": {"start": 0, "end": 4}}],
    "evidence": [EVIDENCE],
    "verdict": {"term": "accurate", "rationale": "Report.", "as_of": "2026-01-31"},
    "reviews": [{"decision": "approve_in_emergency", "person": "head", "reason": "Going to print."}],
}


def row(number: int, *ranges: tuple[int, int], text: str = TEXT, **more: Any) -> dict[str, Any]:
    """An exported row with these fragments."""
    start, end = ranges[0][0], ranges[-1][1]
    fragments = [{"start": at, "end": to, "exact": text[at:to]} for at, to in ranges] if len(ranges) > 1 else []
    place = {"start": start, "end": end, "exact": text[start:end], "fragments": fragments}
    return ROW | {"id": f"01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a{number:02x}"} | place | more


def at(quote: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


ROWS: Final = [
    row(1, at("Nine people"), terms=["quantity", "prediction"], **PARTS),
    row(2, at("\U0001f469\U0001f3fd\u200d\U0001f52c died"), terms=["quantity"]),
    row(3, at("died"), terms=["quantity"]),
    row(4, at("died"), claim="The same place."),
    row(5, at("Nine"), at("died,\tsaid\u00a0Ana"), at("مرحبا 中"), terms=["quantity"], note="Discontinuous."),
    row(6, at("Ana.\n\n  مرحبا"), terms=["prediction"]),
    row(7, at("e\u0301tude & <b>\u2028 end \U0001f973.\u200f\n")),
    row(8, (0, len(TEXT)), terms=["quantity"]),
]
METADATA: Final = {
    "title": "A & B \U0001f973",
    "byline": "Ann",
    "outlet": "Post",
    "canonical_url": "https://example.org/?a=1&b=2",
    "published_at": "2026-01-31",
    "language": "en",
}


def document(text: str = TEXT, rows: list[dict[str, Any]] | None = None, **more: Any) -> OutgoingDocument:
    """A document with everything, unless told otherwise."""
    kept = ROWS if rows is None else rows
    links = [{"annotation": kept[0]["id"], "target": kept[1]["id"], "kind": "contradicts"}] if len(kept) > 1 else []
    told = {"article": "2", "desk": "demo", "revision": "3", "number": 1, "links": links, **METADATA, **more}
    return OutgoingDocument(text=text, rows=kept, **told)


def drawn(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What another program should find: each label with its words, a pair for each fragment."""
    return sorted(
        (label, part["exact"])
        for each in rows
        for part in each["fragments"] or [each]
        for label in each["terms"] or [""]
    )

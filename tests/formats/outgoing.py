"""A document whose text and ranges are as awkward as they come, and rows as exports give them."""

from typing import Any

from annotations.formats.documents import OutgoingDocument

TEXT = (
    "Nine 👩🏽‍🔬 died.\n\n"
    "قال القائد إن تسعة قتلوا\tin 120\u00a0days;\n"
    "他们说 e\u0301te\u0301 🇺🇦 and \u202eleft\u202c\u2028there is 𝒳.\n"
    "The end 🎉"
)


def range_of(quote: str, nth: int = 0) -> tuple[int, int]:
    """Of the n-th place, counted from 0, that reads so."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return start, start + len(quote)


def row(number: int, *parts: tuple[int, int], **more: Any) -> dict[str, Any]:
    """A row of TEXT; several parts make it discontinuous."""
    start, end = parts[0][0], parts[-1][1]
    fragments = [{"start": a, "end": b, "exact": TEXT[a:b]} for a, b in parts] if len(parts) > 1 else []
    return {
        "id": f"0190a000-0000-7000-8000-{number:012}",
        "article": "0190a000-0000-7000-9000-000000000001",
        "revision": "0190a000-0000-7000-9000-000000000002",
        "start": start,
        "end": end,
        "exact": TEXT[start:end],
        "prefix": TEXT[max(0, start - 32) : start],
        "suffix": TEXT[end : end + 32],
        "fragments": fragments,
        "claim": "",
        "note": "",
        "terms": ["quantity"],
        "attributions": [],
        "evidence": [],
        "verdict": None,
        "reviews": [],
        "state": "open",
        "version": 1,
        "author": "ann",
        "assignee": None,
        "created": "2026-01-31T12:00:00Z",
        "updated": "2026-01-31T12:00:00Z",
        **more,
    }


FULL: dict[str, Any] = {
    "claim": "Nine died 👩🏽‍🔬\n\tin 120 days.",
    "note": 'Ask "them" \\ again.\u2028Soon.',
    "terms": ["intelligence-sourced", "quantity"],
    "attributions": [{"source": "Agencies", "origin": "state-media", "source_range": {"start": 0, "end": 4}}],
    "evidence": [{"url": "https://example.org/", "quote": "Nine.", "stance": "supports", "unnamed": False}],
    "verdict": {"term": "accurate", "rationale": "The report says so.", "as_of": "2026-01-31"},
}
ROWS = [
    row(1, range_of("Nine 👩🏽‍🔬 died"), **FULL),
    row(2, range_of("👩🏽‍🔬"), terms=[]),
    row(3, range_of("👩🏽‍🔬")),
    row(4, range_of("تسعة قتلوا\tin"), terms=["prediction"]),
    row(5, range_of("120\u00a0days;\n他们说")),
    row(6, range_of("e\u0301te\u0301"), range_of("𝒳"), range_of("🎉")),
    row(7, (range_of("died")[0], range_of("قال")[1])),
    row(8, range_of("left\u202c\u2028there")),
    row(9, (0, len(TEXT))),
    row(10, range_of("Nine"), (range_of("Nine")[1], range_of("👩🏽‍🔬")[1]), claim="Two that touch."),
]
LINKS = [
    {"annotation": ROWS[0]["id"], "target": ROWS[1]["id"], "kind": "depends_on"},
    {"annotation": ROWS[5]["id"], "target": ROWS[0]["id"], "kind": "contradicts"},
    {"annotation": ROWS[2]["id"], "target": ROWS[3]["id"], "kind": "same_fact"},
]


def document(number: int = 2, rows: list[dict[str, Any]] = ROWS, **more: Any) -> OutgoingDocument:
    told: dict[str, Any] = {"text": TEXT, "links": LINKS if rows is ROWS else [], **more}
    return OutgoingDocument(
        article="0190a000-0000-7000-9000-000000000001",
        desk="demo",
        title="Nine 👩🏽‍🔬 dïed",
        byline="",
        outlet="Post",
        canonical_url="https://example.org/nine",
        published_at="2026-01-31",
        language="uk",
        revision=f"0190a000-0000-7000-9000-{number:012}",
        number=1,
        rows=rows,
        **told,
    )


def core(row: dict[str, Any]) -> tuple[Any, ...]:
    """What must come back of a row, whatever the format: place, labels, and all that an import takes."""
    parts = tuple((each["start"], each["end"]) for each in row["fragments"])
    filled = [[{name: value for name, value in each.items() if value} for each in row[of]] for of in LISTS]
    return (row["start"], row["end"], parts, tuple(row["terms"]), row["claim"], row["note"], *filled, row["verdict"])


LISTS = ("attributions", "evidence")

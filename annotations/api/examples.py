"""Examples in the schema. tests/api/test_schema.py sends every one of them."""

from drf_spectacular.utils import OpenApiExample

TEXT = "The country has sent thousands of troops abroad, according to Western intelligence agencies."

NEW_TOKEN = [
    OpenApiExample(
        "A token for a script",
        value={
            "username": "checker",
            "password": "correct horse battery",
            "name": "Nightly import",
            "scopes": ["read", "write"],
        },
        request_only=True,
    )
]
NEW_ARTICLE = [
    OpenApiExample(
        "Plain text",
        value={"desk": "demo", "text": TEXT, "title": "Troops abroad", "published_at": "2026-01-31", "language": "en"},
        request_only=True,
        media_type="application/json",
    )
]
NEW_ANNOTATION = [
    OpenApiExample(
        "By its range",
        description="Offsets are code points of the revision's text, end exclusive.",
        value={
            "article": "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b",
            "start": 21,
            "end": 40,
            "exact": "thousands of troops",
            "claim": "The country has sent thousands of troops abroad.",
            "terms": ["intelligence-sourced"],
        },
        request_only=True,
    ),
    OpenApiExample(
        "By its quote",
        value={
            "article": "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b",
            "exact": "thousands of troops",
            "attribution": {
                "source": "Western intelligence agencies",
                "origin": "intelligence-sourced",
                "source_range": {"start": 62, "end": 91},
                "cue_range": {"start": 49, "end": 61},
            },
            "evidence": {
                "url": "https://example.org/report",
                "title": "A report",
                "stance": "supports",
                "tier": "primary",
            },
            "verdict": {"term": "accurate", "rationale": "The report has the numbers.", "as_of": "2026-02-01"},
        },
        request_only=True,
    ),
]

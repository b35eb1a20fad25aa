"""Examples in the schema, by the name of their operation. tests/api/test_examples.py sends every one of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from drf_spectacular.utils import OpenApiExample

from annotations.formats.web_annotation import CONTEXT

TEXT: Final = "The country has sent thousands of troops abroad, according to Western intelligence agencies."
ID: Final = "01a0b1c2-d3e4-7f50-8a6b-7c8d9e0f1a2b"
"""Stands for an article, a revision, an annotation: whatever the place asks for."""

LD: Final = "application/ld+json"
RANGES: Final = {"source_range": {"start": 62, "end": 91}, "cue_range": {"start": 49, "end": 61}}
SOURCE: Final = {"source": "Western intelligence agencies", "origin": "intelligence-sourced", **RANGES}
REPORT: Final = {
    "url": "https://example.org/report", "title": "A report", "stance": "supports", "tier": "primary",
}  # fmt: skip


def _example(name: str, value: Any, *, media_type: str = "application/json", description: str = "") -> OpenApiExample:
    return OpenApiExample(name, value=value, description=description, request_only=True, media_type=media_type)


def _web_annotation(words: str) -> dict[str, Any]:
    selector = [
        {"type": "TextPositionSelector", "start": 21, "end": 40},
        {"type": "TextQuoteSelector", "exact": "thousands of troops"},
    ]
    return {
        "@context": CONTEXT,
        "type": "Annotation",
        "motivation": "commenting",
        "body": {"type": "TextualBody", "value": words, "purpose": "commenting"},
        "target": {"type": "SpecificResource", "source": f"urn:uuid:{ID}", "selector": selector},
    }


_REPLACED: Final = [_example("Another note", _web_annotation("Which troops?"), media_type=LD)]

EXAMPLES: Final[Mapping[str, Sequence[OpenApiExample]]] = {
    "tokens_create": [
        _example(
            "A token for a script",
            {
                "username": "checker",
                "password": "correct horse battery",
                "name": "Nightly import",
                "scopes": ["read", "write"],
            },
        )
    ],
    "articles_create": [
        _example(
            "Plain text",
            {"desk": "demo", "text": TEXT, "title": "Troops abroad", "published_at": "2026-01-31", "language": "en"},
        )
    ],
    "articles_update": [_example("What is known of it", {"byline": "Ana Kovač", "outlet": "The Post"})],
    "articles_move": [_example("Begin to check it", {"action": "start"})],
    "articles_cover": [
        _example(
            "Nothing to check here",
            {"revision": ID, "ranges": [{"start": 0, "end": 92}], "seen": "nothing_to_check"},
        )
    ],
    "revisions_create": [_example("New copy", {"text": TEXT.replace("thousands", "hundreds")})],
    "annotations_create": [
        _example(
            "By its range",
            {
                "article": ID,
                "start": 21,
                "end": 40,
                "exact": "thousands of troops",
                "claim": "The country has sent thousands of troops abroad.",
                "terms": ["intelligence-sourced"],
            },
            description="Offsets are code points of the revision's text, end exclusive.",
        ),
        _example(
            "By its quote",
            {
                "article": ID,
                "exact": "thousands of troops",
                "attribution": SOURCE,
                "evidence": REPORT,
                "verdict": {"term": "accurate", "rationale": "The report has the numbers.", "as_of": "2026-02-01"},
            },
        ),
    ],
    "annotations_update": [
        _example(
            "Label and verdict", {"terms": ["quantity"], "verdict": {"term": "unproven", "rationale": "No figures."}}
        )
    ],
    "annotations_move": [_example("Ask for a review", {"action": "propose"})],
    "annotations_place": [
        _example(
            "It stands elsewhere now", {"choice": "correct", "start": 21, "end": 39, "exact": "hundreds of troops"}
        )
    ],
    "annotations_bulk": [
        _example(
            "One more label",
            {"action": "add_term", "term": "quantity", "annotations": [{"id": ID, "version": 1}]},
        )
    ],
    "attributions_create": [_example("Who says it", SOURCE)],
    "identities_keep": [
        _example("For one more reader", {"content": "Somebody in the ministry", "readers": ["reviewer"]})
    ],
    "evidence_create": [_example("An address", REPORT)],
    "links_create": [_example("They contradict each other", {"target": ID, "kind": "contradicts"})],
    "comments_create": [
        _example(
            "A question that holds back a proposal",
            {"text": "@head, since when?", "kind": "question", "blocking": True},
        )
    ],
    "comments_resolve": [_example("What was answered", {"outcome": "Since January."})],
    "article_web_annotations_create": [_example("A note", _web_annotation("How many?"), media_type=LD)],
    "article_web_annotations_update": _REPLACED,
    "web_annotations_update": _REPLACED,
    "filters_create": [
        _example(
            "Open ones about quantities",
            {"page": "worklist", "name": "Quantities", "parameters": {"state": ["open"], "term": ["quantity"]}},
        )
    ],
    "webhooks_create": [
        _example("Corrections", {"desk": "demo", "url": "https://example.org/hook", "actions": ["withdraw", "reopen"]})
    ],
    "webhooks_update": [_example("Pause it", {"active": False})],
}

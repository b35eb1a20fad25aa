"""W3C Web Annotation (JSON-LD): an AnnotationPage of annotations whose selectors count code points.

Source: https://www.w3.org/TR/annotation-model/. A range has a position and a quote selector, which are alternatives for
the same segment; a discontinuous one has a target for each fragment. A cut file is no JSON.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
SUFFIX = "jsonld"
BATCH: Final = 200
EMERGENCY: Final = "approve_in_emergency"


def written(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """The page in pieces."""
    head = {"@context": CONTEXT, "type": "AnnotationPage", "items": []}
    piece, divider = json.dumps(head)[:-2], "\n"
    for count, row in enumerate(rows, 1):
        piece += divider + json.dumps(annotation(row), ensure_ascii=False)
        divider = ",\n"
        if count % BATCH == 0:
            yield piece.encode()
            piece = ""
    yield f"{piece}\n]}}\n".encode()


def document(row: dict[str, Any]) -> dict[str, Any]:
    """One annotation as a document of its own."""
    return {"@context": CONTEXT, **annotation(row)}


def annotation(row: dict[str, Any]) -> dict[str, Any]:
    """One annotation without a context. What was said about the words are its bodies, each with a purpose."""
    verdict = row["verdict"]
    bodies = [
        *([_text(row["claim"], "describing")] if row["claim"] else []),
        *([_text(row["note"], "commenting")] if row["note"] else []),
        *derived_bodies(row),
        *(_text(term, "tagging") for term in row["terms"]),
        *([_text(verdict["term"], "classifying")] if verdict else []),
        *([_text(verdict["rationale"], "assessing")] if verdict and verdict["rationale"] else []),
        *(_evidence(each) for each in row["evidence"] if each["url"]),
    ]
    targets = _targets(row)
    return {
        "id": f"urn:uuid:{row['id']}",
        "type": "Annotation",
        "motivation": "assessing" if verdict else "highlighting",
        "creator": {"type": "Person", "nickname": row["author"]},
        "created": row["created"],
        "modified": row["updated"],
        **({"body": bodies} if bodies else {}),
        "target": targets[0] if len(targets) == 1 else targets,
    }


def derived_bodies(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Bodies that say what the review did, which no client can send."""
    return [_text(_emergency(each), "commenting") for each in row["reviews"] if each["decision"] == EMERGENCY]


def _targets(row: dict[str, Any]) -> list[dict[str, Any]]:
    if not row["fragments"]:
        quote = {"type": "TextQuoteSelector", "exact": row["exact"]}
        around = {name: row[name] for name in ("prefix", "suffix") if row[name]}
        return [_target(row, row["start"], row["end"], quote | around)]
    return [
        _target(row, each["start"], each["end"], {"type": "TextQuoteSelector", "exact": each["exact"]})
        for each in row["fragments"]
    ]


def _target(row: dict[str, Any], start: int, end: int, quote: dict[str, Any]) -> dict[str, Any]:
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    source = row["canonical_url"] or f"urn:uuid:{row['article']}"
    return {"type": "SpecificResource", "source": source, "selector": [position, quote]}


def _emergency(review: dict[str, Any]) -> str:
    return f"Approved by {review['person']} alone, in an emergency: {review['reason']}"


def _text(value: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _evidence(each: dict[str, Any]) -> dict[str, Any]:
    """Whether it supports or contradicts has no word in the vocabulary; see docs/formats.md."""
    quoted = {"selector": {"type": "TextQuoteSelector", "exact": each["quote"]}} if each["quote"] else {}
    return {"type": "SpecificResource", "source": each["url"], "purpose": "linking", **quoted}

"""ClaimReview (schema.org JSON-LD): a DataFeed with one review for each signed-off verdict. Written only.

Sources: https://schema.org/ClaimReview and Google's documentation of the type. A verdict off the scale of truth has no
numbers. A cut file is no JSON.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

CONTEXT: Final = "https://schema.org"
MEDIA_TYPE = "application/ld+json"
SUFFIX = "jsonld"
BATCH: Final = 200
EMERGENCY: Final = "Approved by the head of research alone, in an emergency."


def written(rows: Iterable[dict[str, Any]], base: str) -> Iterator[bytes]:
    """The feed in pieces. `rows` are flat verdicts; `base` is the address of the site, ending in a slash."""
    head = {"@context": CONTEXT, "@type": "DataFeed", "name": "Fact checks", "dataFeedElement": []}
    piece, divider = json.dumps(head)[:-2], "\n"
    for count, row in enumerate(rows, 1):
        piece += divider + json.dumps(document(row, base), ensure_ascii=False)
        divider = ",\n"
        if count % BATCH == 0:
            yield piece.encode()
            piece = ""
    yield f"{piece}\n]}}\n".encode()


def document(row: dict[str, Any], base: str) -> dict[str, Any]:
    """One review, as a document that stands alone."""
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"urn:uuid:{row['id']}",
        "url": public_address(row, base),
        "claimReviewed": row["claim"] or row["exact"],
        "datePublished": (row["as_of"] or row["created"])[:10],
        "dateModified": row["updated"],
        "author": {"@type": "Organization", "name": row["desk_name"], "url": base},
        "itemReviewed": _claim(row),
        "reviewRating": _rating(row),
        **({"description": EMERGENCY} if row["emergency"] else {}),
        **({"reviewBody": row["rationale"]} if row["rationale"] else {}),
    }


def public_address(row: dict[str, Any], base: str) -> str:
    """Where everybody may read the verdict, once its article is published."""
    return f"{base}p/{row['article']}/#c-{row['annotation']}"


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    where = {"@type": "CreativeWork", "name": row["article_title"]}
    said = {"author": {"@type": "Person", "name": row["said_by"]}} if row["said_by"] else {}
    when = {"datePublished": row["published_at"]} if row["published_at"] else {}
    url = {"url": row["canonical_url"]} if row["canonical_url"] else {}
    return {"@type": "Claim", "appearance": where | url, **said, **when}


def _rating(row: dict[str, Any]) -> dict[str, Any]:
    rating = {"@type": "Rating", "alternateName": row["verdict_name"]}
    if row["rating_value"] is None:
        return rating
    numbers = {"ratingValue": row["rating_value"], "bestRating": row["rating_best"], "worstRating": row["rating_worst"]}
    return rating | numbers

"""Answers in the shape of Google's Fact Check Tools API, so that its clients can read ours. Written only.

Source: the API's discovery document, factchecktools v1alpha1, `claims.search`. What is not known is left out, as there:
a page without claims is `{}`.
"""

from collections.abc import Iterable
from typing import Any, Final

from annotations.formats.claimreview import EMERGENCY, public_address

NAMES: Final = frozenset(
    {
        "claims", "text", "claimant", "claimDate", "claimReview", "publisher", "name", "site", "url", "title",
        "reviewDate", "textualRating", "languageCode", "nextPageToken",
    }
)  # fmt: skip


def answer(rows: Iterable[dict[str, Any]], base: str, site: str, token: str = "") -> dict[str, Any]:
    """One page. `rows` are reviewed verdicts, `base` the site's address ending in a slash, `site` its bare host."""
    claims = [claim(row, base, site) for row in rows]
    return _known({"claims": claims, "nextPageToken": token})


def claim(row: dict[str, Any], base: str, site: str) -> dict[str, Any]:
    """One statement with the one review that we have of it."""
    return _known(
        {
            "text": row["claim"] or row["exact"],
            "claimant": row["said_by"],
            "claimDate": _moment(row["published_at"]),
            "claimReview": [_review(row, base, site)],
        }
    )


def _review(row: dict[str, Any], base: str, site: str) -> dict[str, Any]:
    # The shape has no place for an emergency approval, which must show wherever the verdict does.
    alone = f" ({EMERGENCY[0].lower()}{EMERGENCY[1:-1]})" if row["emergency"] else ""
    return _known(
        {
            "publisher": {"name": row["desk_name"], "site": site},
            "url": public_address(row, base),
            "title": row["article_title"],
            "reviewDate": _moment(row["as_of"]) or row["created"],
            "textualRating": row["verdict_name"] + alone,
            "languageCode": row["language"],
        }
    )


def _moment(day: str | None) -> str | None:
    return f"{day}T00:00:00Z" if day else None


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}

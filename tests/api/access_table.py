"""Which answer everybody gets: every route of the API, every person, in one table. The tests are in test_access.py."""

from dataclasses import dataclass
from typing import Any

from annotations.queries.export_files import FORMATS

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    """The expected statuses of one method on one route, in the order of PEOPLE; methods that have no row are 405."""

    name: str
    method: str
    path: str
    statuses: tuple[int, ...]
    body: Any = None


def same(status: int, anonymous: int = 401) -> tuple[int, ...]:
    """Everybody who is signed in gets the same."""
    return (anonymous, *[status] * 7)


HIDDEN_FROM_OUTSIDE = (401, 404, 404, 404, 200, 200, 200, 200)
"""An object of an article that is being checked: not for strangers, and not yet for readers."""
EDITORIAL_MAY = (401, 404, 404, 404, 201, 201, 201, 403)
EDITORIAL_SETS = (401, 404, 404, 404, 200, 200, 200, 403)
CANNOT_CLEAR_YET = (401, 404, 404, 404, 403, 403, 409, 403)
KEPT = {"content": "A clerk of the ministry"}
MARKS = {"ranges": [], "seen": "unseen"}
FILTER = {"page": "worklist", "name": "Open ones", "parameters": {"state": ["open"]}}
HOOK = {"desk": "demo", "url": "http://localhost:9/"}
FOR_ADMINISTRATORS = (401, 404, 404, 404, 404, 404, 404, 200)
PLACE = {"start": 0, "end": 6}
BULK = {"action": "release", "annotations": [{"id": "{annotation}", "version": 1}]}
WEB_ANNOTATION = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "type": "Annotation",
    "target": {"source": "urn:uuid:{article}", "selector": {"type": "TextQuoteSelector", "exact": "Western"}},
}
CONTAINED = {
    "contained-annotation": "articles/{article}/web-annotations/{annotation}/",
    "web-annotation": "web-annotations/{annotation}/",
}
TABLE = (
    Row("tokens", "POST", "tokens/", same(400, 400), {}),
    Row("current-token", "DELETE", "tokens/current/", same(204)),
    Row("desks", "GET", "desks/", same(200)),
    Row("desk", "GET", "desks/{desk}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("vocabularies", "GET", "vocabularies/", same(200)),
    Row("vocabulary", "GET", "vocabularies/{vocabulary}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("terms", "GET", "terms/", same(200)),
    Row("term", "GET", "terms/{term}/", (401, 404, 404, 200, 200, 200, 200, 200)),
    Row("articles", "GET", "articles/", same(200)),
    Row("articles", "POST", "articles/", (401, 404, 404, 403, 201, 201, 201, 403), {"desk": "demo", "text": "Words."}),
    Row("article", "GET", "articles/{article}/", HIDDEN_FROM_OUTSIDE),
    Row("article", "PATCH", "articles/{article}/", (401, 404, 404, 404, 200, 200, 200, 403), {"byline": "Somebody"}),
    Row("article-text", "GET", "articles/{article}/text/", HIDDEN_FROM_OUTSIDE),
    Row("article-source", "GET", "articles/{article}/source/", HIDDEN_FROM_OUTSIDE),
    Row("revisions", "GET", "articles/{article}/revisions/", HIDDEN_FROM_OUTSIDE),
    Row(
        "revisions", "POST", "articles/{article}/revisions/", (401, 404, 404, 404, 201, 201, 201, 403), {"text": "New."}
    ),
    Row("revision", "GET", "articles/{article}/revisions/1/", HIDDEN_FROM_OUTSIDE),
    Row("carry-over", "GET", "articles/{article}/revisions/1/carry-over/", HIDDEN_FROM_OUTSIDE),
    Row("web-annotations", "GET", "articles/{article}/web-annotations/", HIDDEN_FROM_OUTSIDE),
    Row("web-annotations", "POST", "articles/{article}/web-annotations/", EDITORIAL_MAY, WEB_ANNOTATION),
    *(
        Row(name, method, path, statuses, body)
        for name, path in CONTAINED.items()
        for method, statuses, body in (
            ("GET", HIDDEN_FROM_OUTSIDE, None),
            ("PUT", EDITORIAL_SETS, WEB_ANNOTATION),
            ("DELETE", (401, 404, 404, 404, 204, 403, 204, 403), None),
        )
    ),
    Row("article-transitions", "GET", "articles/{article}/transitions/", HIDDEN_FROM_OUTSIDE),
    Row("article-transitions", "POST", "articles/{article}/transitions/", CANNOT_CLEAR_YET, {"action": "clear"}),
    Row("coverage", "GET", "articles/{article}/coverage/", HIDDEN_FROM_OUTSIDE),
    Row("coverage", "POST", "articles/{article}/coverage/", EDITORIAL_SETS, {**MARKS, "revision": "{revision}"}),
    Row("annotations", "GET", "annotations/", same(200)),
    Row("annotations", "POST", "annotations/", EDITORIAL_MAY, {"article": "{article}", **PLACE}),
    Row("annotation", "GET", "annotations/{annotation}/", HIDDEN_FROM_OUTSIDE),
    Row(
        "annotation", "PATCH", "annotations/{annotation}/", (401, 404, 404, 404, 200, 200, 200, 403), {"note": "Look."}
    ),
    Row(
        "annotation",
        "DELETE",
        "annotations/{annotation}/",
        (401, 404, 404, 404, 200, 403, 200, 403),
        {"reason": "Twice."},
    ),
    Row("bulk", "POST", "annotations/bulk/", same(200), BULK),
    Row("bulk-undo", "POST", "annotations/bulk/{bulk}/undo/", (401, 404, 404, 404, 200, 403, 403, 403)),
    Row("evidence", "GET", "annotations/{annotation}/evidence/", HIDDEN_FROM_OUTSIDE),
    Row("evidence", "POST", "annotations/{annotation}/evidence/", EDITORIAL_MAY, {"url": "https://example.org/"}),
    Row("attributions", "GET", "annotations/{annotation}/attributions/", HIDDEN_FROM_OUTSIDE),
    Row("attributions", "POST", "annotations/{annotation}/attributions/", EDITORIAL_MAY, {"source": "Agencies"}),
    Row("identity", "PUT", "annotations/{annotation}/attributions/{source}/identity/", EDITORIAL_MAY, KEPT),
    Row(
        "identity-reading",
        "POST",
        "annotations/{annotation}/attributions/{source}/identity/read/",
        (401, 404, 404, 404, 404, 404, 404, 404),
    ),
    Row("links", "GET", "annotations/{annotation}/links/", HIDDEN_FROM_OUTSIDE),
    Row("links", "POST", "annotations/{annotation}/links/", EDITORIAL_MAY, {"target": "{other}", "kind": "same_fact"}),
    Row("comments", "GET", "annotations/{annotation}/comments/", HIDDEN_FROM_OUTSIDE),
    Row("comments", "POST", "annotations/{annotation}/comments/", EDITORIAL_MAY, {"text": "Really?"}),
    Row("comment-resolution", "POST", "annotations/{annotation}/comments/{comment}/resolve/", EDITORIAL_SETS, {}),
    Row(
        "place",
        "POST",
        "annotations/{annotation}/place/",
        (401, 404, 404, 404, 409, 409, 409, 403),
        {"choice": "accept"},
    ),
    Row("placements", "GET", "annotations/{annotation}/placements/", HIDDEN_FROM_OUTSIDE),
    Row("transitions", "GET", "annotations/{annotation}/transitions/", HIDDEN_FROM_OUTSIDE),
    Row(
        "transitions",
        "POST",
        "annotations/{annotation}/transitions/",
        (401, 404, 404, 404, 201, 403, 201, 403),
        {"action": "withdraw", "reason": "Twice."},
    ),
    Row("history", "GET", "annotations/{annotation}/history/", HIDDEN_FROM_OUTSIDE),
    Row("annotation-claimreview", "GET", "annotations/{annotation}/claimreview/", same(404, 404)),
    Row("filters", "GET", "filters/", same(200)),
    Row("filters", "POST", "filters/", same(201), FILTER),
    Row("filter", "DELETE", "filters/{filter}/", (401, 404, 404, 404, 204, 404, 404, 404)),
    Row("import", "POST", "import/jsonl/", same(400), {"text": "Words."}),
    Row("import-runs", "GET", "imports/", same(200)),
    Row("import-run", "GET", "imports/{import}/", HIDDEN_FROM_OUTSIDE),
    Row("webhooks", "GET", "webhooks/", same(200)),
    Row("webhooks", "POST", "webhooks/", (401, 404, 404, 403, 403, 403, 403, 201), HOOK),
    Row("webhook", "GET", "webhooks/{webhook}/", FOR_ADMINISTRATORS),
    Row("webhook", "PUT", "webhooks/{webhook}/", FOR_ADMINISTRATORS, {"active": False}),
    Row("deliveries", "GET", "deliveries/", same(200)),
    Row("delivery-replay", "POST", "deliveries/{delivery}/replay/", (401, 404, 404, 404, 404, 404, 404, 409)),
    Row("events", "GET", "events/", same(200)),
    Row("verdicts", "GET", "verdicts/", same(200)),
    Row("claims-search", "GET", "claims:search", same(400)),
    Row("claims-search-of-google", "GET", "v1alpha1/claims:search", same(400)),
    *(Row(f"export-{name}", "GET", f"export/{name}/", same(200)) for name in FORMATS),
    Row("schema", "GET", "schema/", same(200, 200)),
    Row("docs", "GET", "docs/", same(200, 200)),
)
OPEN = {"tokens", "schema", "docs", "annotation-claimreview"}
MISSING = {
    (row.name, row.path): [
        method for method in METHODS if not any((each.path, each.method) == (row.path, method) for each in TABLE)
    ]
    for row in TABLE
}
"""The methods that each address does not know."""

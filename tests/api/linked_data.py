"""A client of the Web Annotation Protocol: what it sends, and how it reads the headers of answers."""

import json
import re
from typing import Any

from annotations.formats.web_annotation import CONTEXT, MEDIA_TYPE
from annotations.formats.web_resources import LDP_CONTEXT
from annotations.models import Article
from tests.api.client import Api
from tests.conformance import CONFORMANCE
from tests.people import TEXT

LD = "application/ld+json"
NINE = TEXT.index("nine")
LDP = "http://www.w3.org/ns/ldp#"
PREFER = {
    "minimal": "http://www.w3.org/ns/ldp#PreferMinimalContainer",
    "iris": "http://www.w3.org/ns/oa#PreferContainedIRIs",
    "descriptions": "http://www.w3.org/ns/oa#PreferContainedDescriptions",
}


def container_of(article: Article) -> str:
    return f"http://testserver/api/v1/articles/{article.pk}/web-annotations/"


def prefer(*names: str) -> str:
    return f'return=representation;include="{" ".join(PREFER[name] for name in names)}"'


def sent(article: Article, **more: Any) -> dict[str, Any]:
    """An annotation of "nine", as a client would send it."""
    selector = [
        {"type": "TextPositionSelector", "start": NINE, "end": NINE + 4},
        {"type": "TextQuoteSelector", "exact": "nine", "prefix": "We lost "},
    ]
    target = {"type": "SpecificResource", "source": f"urn:uuid:{article.pk}", "selector": selector}
    body = {"type": "TextualBody", "value": "I like this page!"}
    return {"@context": CONTEXT, "type": "Annotation", "body": body, "target": target, **more}


def post(api: Api, container: str, document: Any, **headers: str) -> Any:
    return api.send("POST", container, document, media_type=LD, **headers)


def put(api: Api, address: str, document: Any, etag: str | None) -> Any:
    return api.send("PUT", address, document, media_type=MEDIA_TYPE, etag=etag)


def links(response: Any) -> set[tuple[str, str]]:
    return set(re.findall(r'<([^>]+)>; rel="([^"]+)"', response.headers["Link"]))


def words(header: str) -> set[str]:
    return set(re.split(r"[\s,]+", header))


def body(**members: Any) -> dict[str, Any]:
    return {"body": {"type": "TextualBody", "value": "x", **members}}


def bodies(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"body": [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in pairs]}


def resource(**members: Any) -> dict[str, Any]:
    return {"body": {"type": "SpecificResource", "source": "https://www.example.org/", **members}}


def loaded(url: str, _options: Any) -> dict[str, Any]:
    """Contexts come from the public test data, never from the network; of LDP's there is only what we use."""
    assert url in (CONTEXT, LDP_CONTEXT)
    file = CONFORMANCE / "contexts" / "anno-fixed.jsonld"
    terms = {"@context": {"BasicContainer": f"{LDP}BasicContainer"}}
    document = json.loads(file.read_text(encoding="utf-8")) if url == CONTEXT else terms
    return {"contextUrl": None, "documentUrl": url, "document": document}

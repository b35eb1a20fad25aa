"""What containers and their annotations share over HTTP: media type, headers, addresses, entity tags."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.base import AnyAccept, ApiView
from annotations.api.parsers import StrictJSONParser
from annotations.formats.web_annotation import MEDIA_TYPE
from annotations.formats.web_resources import resource
from annotations.models import Annotation, Article
from annotations.queries.web_annotations import Found

SHORT: Final = "application/ld+json"
LDP: Final = "http://www.w3.org/ns/ldp#"


class LinkedData(JSONRenderer):
    """JSON-LD with the profile of Web Annotations."""

    media_type = MEDIA_TYPE


class LinkedDataParser(StrictJSONParser):
    """JSON-LD is JSON; what its context means is for the reader of the format to say."""

    media_type = SHORT


# The base of both views. OPTIONS answers 200, as the protocol's tests have it.
class LinkedDataView(ApiView):
    renderer_classes = (LinkedData,)
    parser_classes = (LinkedDataParser, StrictJSONParser)
    content_negotiation_class = AnyAccept
    links: tuple[tuple[str, str], ...] = ()
    vary = "Accept"

    @property
    def default_response_headers(self) -> dict[str, str]:
        link = ", ".join(f'<{target}>; rel="{rel}"' for target, rel in self.links)
        return {**super().default_response_headers, "Link": link, "Vary": self.vary}

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The methods are in the Allow header."""
        return Response(status=200)


@dataclass(frozen=True, slots=True)
class Shown:
    """One annotation as it is answered: its address and document, and what If-Match must name."""

    address: str
    document: dict[str, Any]
    version: int
    etag: str


def container_address(request: Request, article: Article) -> str:
    return request.build_absolute_uri(reverse("api:web-annotations", args=[article.pk]))


def shown(request: Request, annotation: Annotation, found: Found) -> Shown:
    article = annotation.article
    placed = annotation.revision_id == article.revision_id
    address = f"{container_address(request, article)}{annotation.pk}/"
    # The document also says where the article is, and whether the words have a place: neither counts as a version.
    beside = hashlib.sha256(json.dumps([placed, article.canonical_url]).encode()).hexdigest()[:16]
    etag = f'"annotation-{annotation.pk}-v{annotation.version}-{beside}"'
    return Shown(address, resource(found.row, address, found.origin, placed=placed), annotation.version, etag)


def names_of(request: Request, article: Article) -> list[str]:
    """What a target may call the article: the source that answers have comes first."""
    pages = (
        ("api:article-text", article.pk),
        ("api:article", article.pk),
        ("annotations:article", article.pk),
        ("annotations:public-article", article.pk),
    )
    own = [request.build_absolute_uri(reverse(name, args=[id])) for name, id in pages]
    return [*([article.canonical_url] if article.canonical_url else []), f"urn:uuid:{article.pk}", *own]


def tag_of(document: Any) -> str:
    """A strong entity tag of a document that has no version of its own."""
    return f'"{hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()}"'

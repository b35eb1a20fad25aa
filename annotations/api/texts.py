"""The text of an article, and the bytes it came from."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request

from annotations.api.base import AnyAccept, ApiView, actor_of, found
from annotations.api.describing import ID, IF_NONE_MATCH, not_modified, operation
from annotations.api.etags import is_known
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Article, Revision

PLAIN = "text/plain; charset=utf-8"
AS_SENT = "Of the media type they came with."
BYTES = "*/*"
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+(; ?charset=[\w-]+)?", re.ASCII)


class ArticleText(ApiView):
    content_negotiation_class = AnyAccept

    @operation(
        "articles_text",
        "The canonical text that all offsets count in",
        parameters=[ID, IF_NONE_MATCH],
        answers={(200, PLAIN): OpenApiTypes.STR, 304: not_modified()},
        refusals=(404,),
        etag=(200, 304),
        description="The ETag is the SHA-256 of the body. Offsets are code points, not bytes and not UTF-16 units.",
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        revision = _current(request, id, "revision")
        response = _file(request, revision.sha256, revision.text.encode, PLAIN)
        container = request.build_absolute_uri(reverse("api:web-annotations", args=[revision.article_id]))
        response["Link"] = f'<{container}>; rel="http://www.w3.org/ns/oa#annotationService"'
        return response


class ArticleSource(ApiView):
    content_negotiation_class = AnyAccept

    @operation(
        "articles_source",
        "The bytes that the current text came from",
        parameters=[ID, IF_NONE_MATCH],
        answers={
            (200, BYTES): OpenApiResponse(OpenApiTypes.BINARY, AS_SENT),
            304: not_modified(),
        },
        refusals=(404,),
        etag=(200, 304),
    )
    def get(self, request: Request, id: str) -> HttpResponse:
        source = _current(request, id, "revision__source").source
        media_type = source.media_type if MEDIA_TYPE.fullmatch(source.media_type) else BYTES
        response = _file(request, source.sha256, lambda: bytes(source.content), media_type)
        name = "".join(character for character in source.name if character.isprintable()) or "source"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        # Foreign HTML must not run under our name, even when somebody opens the download's address.
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response


def _current(request: Request, id: str, related: str) -> Revision:
    """With `related`, a relation or a chain of them, read along."""
    articles = Article.objects.visible_to(actor_of(request)).select_related(related)
    revision = found(articles, id, "article").revision
    if revision is None:
        raise DomainError("not_found", _("This article has no text yet."))
    return revision


def _file(request: Request, sha256: str, content: Any, media_type: str) -> HttpResponse:
    """`content` is called only when the client does not have it already."""
    headers = {"ETag": f'"{sha256}"', "Cache-Control": "private, no-cache"}
    if is_known(request._request, headers["ETag"]):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content(), content_type=media_type, headers=headers)

"""All annotations of an article at once, with an ETag: whoever has them already is told so without their being read."""

from collections.abc import Generator, Iterable
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from annotations.api.compression import accepts_gzip
from annotations.api.etags import is_known
from annotations.formats import jsonl
from annotations.formats.gzip_stream import gzipped
from annotations.models import Article
from annotations.queries.article_lists import article_list, tag_of
from annotations.queries.moments import Moment, moment_of
from annotations.queries.standby import current_database

PACKED_AT_ONCE = 65_536  # bytes


def list_answer(request: Request, article: Article, states: Iterable[str]) -> HttpResponseBase | None:
    """As JSON Lines, or 304; None when there are more than are kept. The article is one that the person may see."""
    database = current_database()
    moment, is_packed = moment_of(article, database), accepts_gzip(request._request)
    if is_known(request._request, _etag(moment, is_packed)):
        return HttpResponse(status=304, headers={"ETag": _etag(moment, is_packed)})
    found = article_list(article, [*states], moment, database)
    if found is None:
        return None
    headers = {"ETag": _etag(found.moment, is_packed), "Content-Type": jsonl.MEDIA_TYPE}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
        return StreamingHttpResponse(gzipped(_pieces(found.lines)), headers=headers)
    return HttpResponse(found.lines, headers=headers | {"Content-Length": str(len(found.lines))})


def _etag(moment: Moment, is_packed: bool) -> str:
    """Of these very bytes: compressed ones are others."""
    return f'"{tag_of(moment)}{"-gzip" if is_packed else ""}"'


def _pieces(lines: bytes) -> Generator[bytes, Any, None]:
    for at in range(0, len(lines), PACKED_AT_ONCE):
        yield lines[at : at + PACKED_AT_ONCE]

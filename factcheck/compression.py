"""Middleware: answers travel compressed, where that changes nothing about them.

Left as they are: what has an ETag, because a strong one names these very bytes and a weak one is no use in If-Match;
what is streamed, because it must leave as it is made; what is short. Lengths are blurred by a random number of bytes,
so that nobody learns secrets from how well a page compresses (BREACH); CSRF tokens are masked anew in every answer.
"""

import re
import secrets
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SHORTEST: Final = 1_000  # bytes; less fits into one packet anyway
LEVEL: Final = 4  # of the default level's size all but a twentieth, in half its time
BLUR: Final = 100  # bytes
KINDS: Final = (
    "text/html",
    "text/plain",
    "application/json",
    "application/problem+json",
    "application/vnd.oai.openapi",
)
ACCEPTED: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


class Compression:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not is_fit(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if ACCEPTED.search(request.headers.get("Accept-Encoding", "")):
            response.content = compressed(response.content)  # type: ignore[attr-defined]  # is_fit has seen it
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response


def is_fit(response: HttpResponseBase) -> bool:
    if response.streaming or response.has_header("ETag") or response.has_header("Content-Encoding"):
        return False
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return kind in KINDS and len(response.content) >= SHORTEST  # type: ignore[attr-defined]  # not streamed


def compressed(content: bytes) -> bytes:
    name = "x" * (1 + secrets.randbelow(BLUR))  # in the header, which readers skip
    packed = BytesIO()
    with GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()

"""The language of a page: the person's own choice, kept in a cookie, else what the browser asks for, else English.

The public page may name it in its address: readers have no menu of their own, and caches keep a page for each.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import (
    activate,
    check_for_language,
    get_language,
    get_language_from_request,
    get_supported_language_variant,
)

PARAMETER: Final = "lang"


class Languages:
    """Django's choice of the language, without its languages in addresses; the answer says what it depends on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        activate(_chosen(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), accepted))
        response = self.get_response(request)
        if not response.has_header("Content-Language"):  # else the address has decided
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers["Content-Language"] = str(get_language())
        return response


@lru_cache(maxsize=100)  # browsers say this in a few ways only
def _chosen(cookie: str | None, accepted: str) -> str:
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    if cookie is not None:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    return get_language_from_request(request)


def language_named(request: HttpRequest) -> str | None:
    """The language in the address; None where there is none that the interface speaks."""
    code = request.GET.get(PARAMETER, "")
    if not code or not check_for_language(code):
        return None
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None

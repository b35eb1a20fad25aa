"""The language of a page: the person's own choice, kept in a cookie, else what the browser asks for, else English.

The public page may name it in its address: readers have no menu of their own, and caches keep a page for each.
"""

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.translation import check_for_language, get_supported_language_variant

PARAMETER: Final = "lang"


class Languages(LocaleMiddleware):
    """Django's choice of the language; the answer says that it depends on the cookie too."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Content-Language"):  # the address has decided
            return response
        response = super().process_response(request, response)
        patch_vary_headers(response, ("Cookie",))
        return response


def language_named(request: HttpRequest) -> str | None:
    """The language in the address; None where there is none that the interface speaks."""
    code = request.GET.get(PARAMETER, "")
    if not code or not check_for_language(code):
        return None
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return None

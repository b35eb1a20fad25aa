"""The language of a page: the person's own choice, kept in a cookie, else what the browser asks for, else English."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers


class Languages(LocaleMiddleware):
    """Django's choice of the language; the answer says that it depends on the cookie too."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        patch_vary_headers(response, ("Cookie",))
        return response

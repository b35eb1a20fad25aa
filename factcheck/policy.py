"""Middleware: the header that says what a page may load. As django-csp's, whose text is put together once."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class ContentPolicy(CSPMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """What a view changed for its own answer, and a nonce, are django-csp's business."""
        changed = "_csp" in " ".join((*vars(response), *vars(request)))
        if changed or settings.DEBUG:
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _usual_policy())
        return response


@cache
def _usual_policy() -> str:
    return build_policy()

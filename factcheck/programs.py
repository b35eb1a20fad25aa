"""Middleware: a program with a token goes straight to the API; what stands below in the list is for browsers.

Sessions, CSRF, messages, htmx, time zones and first passwords concern whoever brings a cookie. A request with a token
in its Authorization header is never somebody with a cookie: the token counts, or the request is refused.
"""

from collections.abc import Callable
from typing import Final, cast

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve, reverse

Answer = Callable[[HttpRequest], HttpResponseBase]

API: Final = "/api/"
SCHEME: Final = "bearer "
_FIXED: Final[dict[str, ResolverMatch]] = {}


class Programs:
    def __init__(self, get_response: Answer) -> None:
        self.browsers = get_response
        self.programs = cast(Answer, convert_exception_to_response(view_answer))
        self.login = reverse("api:tokens")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_program = request.path_info.startswith(API) and request.path_info != self.login
        if is_program and request.META.get("HTTP_AUTHORIZATION", "")[: len(SCHEME)].lower() == SCHEME:
            return self.programs(request)
        return self.browsers(request)


def view_answer(request: HttpRequest) -> HttpResponseBase:
    """What the view of the address answers, rendered; Django asks for it like this when all middleware is through."""
    request.resolver_match = match = _resolved(request.path_info)
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    render = getattr(response, "render", None)
    return render() if render else response


def _resolved(path: str) -> ResolverMatch:
    """Routes are tried one after the other; what a route without parameters leads to never changes."""
    if (known := _FIXED.get(path)) is not None:
        return known
    match = resolve(path)
    if f"/{match.route}" == path:
        _FIXED[path] = match
    return match

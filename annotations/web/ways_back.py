"""Where somebody goes on from a page that refuses them: the article, annotation or membership they were working on."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import PurePosixPath

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from annotations.web.htmx import wants_partial

PAGES = frozenset({"article", "annotation", "member", "several-done"})
"""Names of the pages that steps start from."""


def page_above(path: str) -> str:
    """The nearest address above `path` that is one of PAGES; empty when there is none."""
    for above in PurePosixPath(path).parents:
        address = f"{above}/"
        try:
            name = resolve(address).url_name
        except Resolver404:
            continue
        if name in PAGES:
            return address
    return ""


def explain_wrong_method(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. The address of a step, opened as a page (after a login, or from the address bar), leads back."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = request.method == "GET" and not request.path.startswith("/api/") and not wants_partial(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or not is_page:
            return response
        reason = _(
            "This address takes what a form sends, and nothing was sent. Nothing was changed. If you had typed"
            " something, go back to it with your browser's own button and send it once more."
        )
        page = render(request, "refused.html", {"reason": reason, "above": page_above(request.path)}, status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer

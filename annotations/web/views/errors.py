"""What people are shown when no view answers: a page, or a toast for htmx."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from annotations.web.htmx import regions_answer, wants_partial
from annotations.web.lazy import _
from annotations.web.refusals import toast

SENTENCES = {
    HTTPStatus.BAD_REQUEST: _("The request could not be read. Check what you sent and try again."),
    HTTPStatus.FORBIDDEN: _("You may not do that."),
    HTTPStatus.NOT_FOUND: _("There is nothing here: the address is wrong, or it belongs to a desk you do not work on."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("That is too large."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        status, said = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(exception)
        is_djangos = "settings." in said  # in English, for the administrator
        return _answer(request, status, "400.html", str(SENTENCES[status]) if is_djangos else said)
    return _answer(request, HTTPStatus.BAD_REQUEST, "400.html")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.FORBIDDEN, "403.html", str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.NOT_FOUND, "404.html")


def server_error(_request: HttpRequest, *, is_away: bool = False) -> HttpResponse:
    """Uses nothing that may be what failed: no session, no database, no context processors.

    `is_away`: the database is.
    """
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    return HttpResponse(render_to_string("500.html", {"status": status.value}), status=status)


def _answer(request: HttpRequest, status: HTTPStatus, template: str, reason: str = "") -> HttpResponse:
    if hasattr(request, "htmx") and wants_partial(request):
        return regions_answer([toast(request, reason or SENTENCES[status], level="error")], status=status)
    return render(request, template, {"reason": reason}, status=status)

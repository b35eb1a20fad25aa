"""What is shown when no view answers: a page, a toast for htmx, a problem document for programs."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from annotations.web.htmx import regions_answer, wants_partial
from annotations.web.lazy import _
from annotations.web.refusals import toast

SENTENCES = {
    HTTPStatus.BAD_REQUEST: _("The request could not be read. Check what you sent and try again."),
    HTTPStatus.FORBIDDEN: _("You may not do that."),
    HTTPStatus.NOT_FOUND: _("There is nothing here: the address is wrong, or it belongs to a desk you do not work on."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("That is too large."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("The server failed. Nothing was changed; try again in a moment."),
    HTTPStatus.SERVICE_UNAVAILABLE: _("The database cannot be reached just now. Try again in a moment."),
}

AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""What is raised while the database is down, restarts or has no connection left."""

AGAIN = "5"
"""Seconds after which it is worth trying again; pages of ours keep what was written and do so by themselves."""


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


def server_error(request: HttpRequest) -> HttpResponse:
    """Uses nothing that may be what failed: no session, no database, no context processors."""
    is_away = isinstance(sys.exc_info()[1], AWAY)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    if _is_api(request):
        response = _problem(status, SENTENCES[status])
    else:
        response = HttpResponse(render_to_string("500.html", {"status": status.value}), status=status)
    if is_away:
        response["Retry-After"] = AGAIN
    return response


def _answer(request: HttpRequest, status: HTTPStatus, template: str, reason: str = "") -> HttpResponse:
    if _is_api(request):
        return _problem(status, reason or SENTENCES[status])
    if hasattr(request, "htmx") and wants_partial(request):
        return regions_answer([toast(request, reason or SENTENCES[status], level="error")], status=status)
    return render(request, template, {"reason": reason}, status=status)


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(status: HTTPStatus, detail: str) -> HttpResponse:
    code = status.name.lower()
    body: dict[str, object] = {
        "type": f"/problems/{code.replace('_', '-')}",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "code": code,
        "errors": [],
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")

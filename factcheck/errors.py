"""Django's handlers for what no view answers: a problem document for programs, a page for people."""

import sys
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from annotations.api import errors as programs
from annotations.web.views import errors as people

AWAY: Final = (OperationalError, InterfaceError, PoolTimeout)
"""What is raised while the database is down, restarts or has no connection left."""

AGAIN: Final = "5"
"""Seconds after which it is worth trying again; pages of ours keep what was written and do so by themselves."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _door(request).bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _door(request).permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _door(request).page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    is_away = isinstance(sys.exc_info()[1], AWAY)
    response: HttpResponse = _door(request).server_error(request, is_away=is_away)
    if is_away:
        response["Retry-After"] = AGAIN
    return response


def _door(request: HttpRequest) -> Any:
    return programs if request.path.startswith("/api/") else people

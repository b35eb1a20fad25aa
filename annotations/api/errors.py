"""From an exception to a problem document, and from a code to its status. Nothing else knows statuses of errors."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import singledispatch
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.settings import api_settings

from annotations.api.alternatives import alternatives
from annotations.api.problems import Problem, answer
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _, gettext_noop, grouped, ngettext, shortened

STATUS: Final = {
    "unauthenticated": 401,
    "invalid_token": 401,
    "wrong_credentials": 401,
    "not_allowed": 403,
    "csrf_failed": 403,
    "scope_missing": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "not_acceptable": 406,
    "already_linked": 409,
    "conflict": 409,
    "digest_mismatch": 409,
    "id_taken": 409,
    "name_taken": 409,
    "nothing_to_undo": 409,
    "wrong_state": 409,
    "gone": 410,
    "stale": 412,
    "too_large": 413,
    "unsupported_media_type": 415,
    "precondition_required": 428,
    "throttled": 429,
    "server_error": 500,
    "fetch_failed": 502,
    "fetch_status": 502,
    "fetch_timeout": 502,
    "service_unavailable": 503,
}
"""Whatever is not here is the client's mistake in the request itself: 400."""


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """For REST framework; None lets what nobody foresaw reach the log and handler500."""
    problem = problem_of(error)
    if problem and (detail := alternatives(error, context)):
        problem = replace(problem, detail=detail)
    return answer(problem) if problem else None


@singledispatch
def problem_of(_error: Exception) -> Problem | None:
    return None


def _problem(code: str, detail: str, **more: Any) -> Problem:
    status = STATUS.get(code, 400)
    if status == 401:
        more["headers"] = {"WWW-Authenticate": "Bearer", **more.get("headers", {})}
    return Problem(status, code, detail, **more)


@problem_of.register
def _domain(error: DomainError) -> Problem:
    return _problem(error.code, error.message, errors=error.errors, extra=error.extra)


@problem_of.register
def _invalid(error: exceptions.ValidationError) -> Problem:
    errors = list(field_errors(error.detail))
    if len(errors) == 1:
        return _problem(errors[0].code, _located(errors[0]), errors=errors)
    sentence = ngettext("{count} value is wrong.", "{count} values are wrong.", len(errors)).format(count=len(errors))
    return _problem("invalid", " ".join([sentence, *map(_located, errors)]), errors=errors)


@problem_of.register
def _framework(error: exceptions.APIException) -> Problem:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    for kind, (code, sentence) in SENTENCES.items():
        if isinstance(error, kind):
            return _problem(code, _(sentence) if sentence else str(error.detail), headers=headers)
    return Problem(error.status_code, str(error.default_code), str(error.detail), headers=headers)


SENTENCES: Final[Mapping[type[exceptions.APIException], tuple[str, str]]] = {
    exceptions.NotAuthenticated: (
        "unauthenticated",
        gettext_noop("Send a token: Authorization: Bearer, then the token."),
    ),
    exceptions.AuthenticationFailed: ("invalid_token", ""),
    exceptions.PermissionDenied: ("csrf_failed", ""),
    exceptions.NotFound: ("not_found", ""),
    exceptions.MethodNotAllowed: ("method_not_allowed", ""),
    exceptions.NotAcceptable: ("not_acceptable", ""),
    exceptions.UnsupportedMediaType: ("unsupported_media_type", ""),
    exceptions.Throttled: (
        "throttled",
        gettext_noop("Too many requests. Wait as many seconds as Retry-After says, then go on."),
    ),
    exceptions.ParseError: ("malformed", ""),
}


@problem_of.register
def _missing(_error: Http404) -> Problem:
    return _problem("not_found", _("There is nothing here."))


@problem_of.register
def _denied(_error: PermissionDenied) -> Problem:
    return _problem("not_allowed", _("You may not do this."))


@problem_of.register
def _suspicious(error: SuspiciousOperation) -> Problem:
    return _problem("malformed", _("The request cannot be read: {error}").format(error=error))


@problem_of.register
def _too_large(error: RequestDataTooBig) -> Problem:
    sentence = str(error)
    if "settings." in sentence:  # Django's own words, for the administrator
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        sentence = _(
            "The body is larger than {most} bytes. Send a large article as a file, or split it into parts."
        ).format(most=grouped(most))
    return _problem("too_large", sentence)


@problem_of.register
def _broken_off(_error: UnreadablePostError) -> Problem:
    return _problem("malformed", _("The request broke off before all of it was here. Send it again."))


@problem_of.register
def _refused_by_database(error: IntegrityError) -> Problem:
    """The guards of the database have names and sentences of their own; see migrations/sql."""
    diagnosis = getattr(error.__cause__, "diag", None)
    guard = getattr(diagnosis, "constraint_name", None) or "unknown"
    if guard.endswith("_pkey"):
        return _problem("id_taken", _("This id is taken by something else. Make a new one."))
    sentence = getattr(diagnosis, "message_primary", None) or ""
    if not sentence.endswith("."):  # the database's own words, not a guard's
        sentence = _(
            "The database refused this by its rule {guard}. Read the object again, then repeat your change."
        ).format(guard=guard)
    return _problem("conflict", sentence, extra={"guard": guard})


def field_errors(detail: Any, pointer: str = "") -> Iterator[FieldError]:
    """REST framework's nested errors as a flat list. A pointer is a JSON pointer into the body, or /parameter."""
    if isinstance(detail, Mapping):
        for name, value in detail.items():
            inside = name != api_settings.NON_FIELD_ERRORS_KEY
            yield from field_errors(value, f"{pointer}/{escaped(str(name))}" if inside else pointer)
    elif isinstance(detail, (list, tuple)):
        for number, value in enumerate(detail):
            leaf = isinstance(value, exceptions.ErrorDetail)
            yield from field_errors(value, pointer if leaf else f"{pointer}/{number}")
    else:
        yield FieldError(pointer, getattr(detail, "code", "invalid"), str(detail))


def escaped(name: str) -> str:
    """A name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _located(error: FieldError) -> str:
    return f"{shortened(error.pointer[1:])}: {error.detail}" if error.pointer else error.detail


def bad_request(_request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Django's handler400 for /api/: a host or header that the middleware refused."""
    problem = problem_of(error) if isinstance(error, SuspiciousOperation) else None
    return answer(problem or _problem("malformed", _("The request cannot be read.")))


def permission_denied(_request: HttpRequest, error: Exception | None = None) -> HttpResponse:
    """Django's handler403 for /api/."""
    return answer(_problem("not_allowed", str(error or "") or _("You may not do this.")))


def page_not_found(request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    """Django's handler404 for /api/."""
    sentence = (
        _("There is nothing at {path}.")
        if request.path.endswith("/")
        else _("There is nothing at {path}. Addresses of this API end with a slash.")
    )
    return answer(_problem("not_found", sentence.format(path=request.path)))


@csrf_exempt
def unknown_path(request: HttpRequest) -> HttpResponse:
    """The view of every path below the version that is no other's, whatever the method."""
    return page_not_found(request)


def server_error(_request: HttpRequest, *, is_away: bool = False) -> HttpResponse:
    """Django's handler500 for /api/. `is_away`: the database is."""
    if is_away:
        return answer(
            _problem("service_unavailable", _("The database cannot be reached just now. Try again in a moment."))
        )
    return answer(
        _problem("server_error", _("Something went wrong on the server. It is in the log; nothing was saved."))
    )

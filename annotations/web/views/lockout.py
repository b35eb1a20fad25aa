"""The answer when somebody has tried too many passwords: the login with a sentence, or a problem document."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.web.htmx import wants_partial
from annotations.web.views.accounts import refused_in_place


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: Any) -> HttpResponse:
    """Called by django-axes in place of the view's own answer."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    sentence = ngettext(
        "Too many failed logins for this account. Wait %(number)s minute, then try again.",
        "Too many failed logins for this account. Wait %(number)s minutes, then try again.",
        minutes,
    ) % {"number": minutes}
    if wants_partial(request):
        return refused_in_place(sentence, HTTPStatus.TOO_MANY_REQUESTS)
    if not request.path.startswith("/api/"):
        messages.error(request, sentence)
        return redirect(settings.LOGIN_URL)
    problem = {
        "type": "/problems/locked-out",
        "title": _("Locked out"),
        "status": 429,
        "detail": sentence,
        "code": "locked_out",
        "errors": [],
    }
    headers = {"Retry-After": str(minutes * 60)}
    return JsonResponse(problem, status=429, content_type="application/problem+json", headers=headers)

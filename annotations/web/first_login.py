"""Somebody who comes in with a one-time password chooses their own before anything else."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.web.htmx import leave_for, wants_partial

PUBLIC = "/p/"
"""Public pages are the same for everybody: caches keep them, so that nobody is asked who they are."""


def change_password_first(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Tokens are not concerned: nobody gets one with a one-time password."""
    change = reverse("annotations:change-password")
    allowed = (change, reverse("annotations:login"), reverse("annotations:logout"))

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC):
            return get_response(request)
        user = request.user
        if not user.is_authenticated or user.one_time_until is None or request.path in allowed:
            return get_response(request)
        sentence = _("This is a one-time password. Choose your own to go on.")
        if request.path.startswith("/api/"):
            raise PermissionDenied(sentence)
        if wants_partial(request):
            return leave_for(change)
        messages.info(request, sentence)
        return redirect(change)

    return answer

"""A form that was loaded before its sender logged in or out: refused, with what was typed, to be sent once more."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

PASSWORDS: Final = "/accounts/"
"""Forms below it hold passwords, which no page may repeat."""

Field = tuple[str, str]


@never_cache
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls it when a form's token is not that of the session. `reason` is in English and for developers."""
    return render(request, "403_csrf.html", {"again": _sent(request)}, status=403)


def _sent(request: HttpRequest) -> list[Field]:
    """Name and value of all that was sent. Empty for what other sites sent, for files and for passwords.

    Browsers say where a form was; what another site wrote must not come back with a token that counts.
    """
    is_secret = request.path.startswith(PASSWORDS) or not request.user.is_authenticated
    if is_secret or request.FILES or not _is_ours(request):
        return []
    names = (name for name in request.POST if name != "csrfmiddlewaretoken")
    return [(name, str(value)) for name in names for value in request.POST.getlist(name)]


def _is_ours(request: HttpRequest) -> bool:
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours

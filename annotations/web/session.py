"""When the session behind a page has ended, htmx gets a 401: the page asks for the password and sends it once more."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from annotations.web.htmx import varied, wants_partial


def ask_again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Nothing that a page sends is done in the name of somebody other than who the page was shown to."""
    login = reverse("annotations:login")

    def answer(request: HttpRequest) -> HttpResponse:
        if not wants_partial(request) or request.path == login:
            return get_response(request)
        if request.user.is_authenticated and _is_other_person(request):
            return varied(HttpResponse(status=HTTPStatus.UNAUTHORIZED))
        response = get_response(request)
        if request.user.is_authenticated or not _is_refused(response, login):
            return response
        return varied(HttpResponse(status=HTTPStatus.UNAUTHORIZED))

    return answer


def _is_other_person(request: HttpRequest) -> bool:
    """Somebody else has logged in since, in another tab of the same browser."""
    person = request.headers.get("X-Person")
    return person is not None and unquote(person) != request.user.get_username()


def _is_refused(response: HttpResponse, login: str) -> bool:
    """Sent to the login, or without a token that counts."""
    to_login = response.status_code == HTTPStatus.FOUND and response["Location"].startswith(login)
    return to_login or response.status_code == HTTPStatus.FORBIDDEN

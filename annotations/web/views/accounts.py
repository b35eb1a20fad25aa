"""Logging in: on a page of its own, or in place when the session ended under somebody's hands."""

from http import HTTPStatus

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _

from annotations.web.forms.accounts import LoginForm
from annotations.web.htmx import Region, regions_answer, wants_partial
from annotations.web.regions import NOTHING


class Login(LoginView):
    """Django's login; htmx gets an event instead of a page."""

    form_class = LoginForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if wants_partial(request):
            self.redirect_authenticated_user = False
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        if not wants_partial(self.request):
            return super().form_valid(form)
        login(self.request, form.get_user())
        return regions_answer([Region("#login-refusal", NOTHING, "innerHTML")], events={"logged-in": {}})

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        if not wants_partial(self.request):
            return super().form_invalid(form)
        sentence = _("That is not the password. Try again.")
        if form.has_error(NON_FIELD_ERRORS, "expired"):
            sentence = " ".join(map(str, form.non_field_errors()))
        return refused_in_place(sentence, HTTPStatus.UNPROCESSABLE_ENTITY)


def refused_in_place(sentence: str, status: int) -> HttpResponse:
    """Why the login was refused, in the page's own dialog."""
    return regions_answer([Region("#login-refusal", format_html("<p>{}</p>", sentence), "innerHTML")], status=status)

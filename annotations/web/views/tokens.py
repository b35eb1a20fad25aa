"""One's own API tokens: what there is, a new one with its key shown once, and revoking one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.core.errors import DomainError
from annotations.services.tokens import create_token, revoke_token
from annotations.web.forms.members import TypedForm
from annotations.web.forms.tokens import NewTokenForm
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, NewTokenForm())
    form = NewTokenForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    try:
        _token, key = create_token(user=request.user, name=data["name"], scopes=data["scopes"], lifetime=form.lifetime)
    except DomainError as error:
        attach(form, error)
        return _page(request, form, status=status_of(error))
    return _page(request, NewTokenForm(), key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Asks for the token's name, because a revoked token cannot be brought back."""
    token = get_object_or_404(request.user.tokens.usable(timezone.now()), pk=pk)
    form = TypedForm(request.POST or None, label=_("Name of the token"), word=token.name)
    if request.method == "POST" and form.is_valid():
        revoke_token(token)
        messages.success(request, _("Token revoked."))
        return redirect("annotations:tokens")
    status = 422 if request.method == "POST" else 200
    return render(request, "annotations/tokens/revoke.html", {"token": token, "form": form}, status=status)


def _page(request: PersonRequest, form: NewTokenForm, status: int = 200, key: str = "") -> HttpResponse:
    """`key` is that of the token just made; it is in this answer and nowhere else."""
    tokens = request.user.tokens.usable(timezone.now()).order_by("-id")
    context = {"form": form, "key": key, "tokens": tokens}
    response = render(request, "annotations/tokens/list.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response

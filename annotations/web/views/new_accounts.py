"""Accounts for people who have none: the password is in one answer and never shown again."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Desk, Membership
from annotations.queries.desk_rows import memberships_administered_by
from annotations.services.first_passwords import issue_password, open_account
from annotations.web.forms.members import AccountForm
from annotations.web.of_desk import administered
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def new_account(request: PersonRequest, desk: Desk) -> HttpResponse:
    """Opens an account on the desk and shows its password."""
    form = AccountForm(request.POST or None)
    if request.method != "POST":
        return _form(request, desk, form)
    if not form.is_valid():
        return _form(request, desk, form, status=422)
    names = {name: form.cleaned_data[name] for name in ("username", "display_name")}
    try:
        made, password = open_account(desk_id=desk.pk, actor=request.user, roles=form.chosen, **names)
    except DomainError as error:
        attach(form, error)
        return _form(request, desk, form, status=status_of(error))
    return _shown_once(request, desk, made, password)


@login_required
@never_cache
@require_POST
def new_password(request: PersonRequest, pk: UUID) -> HttpResponse:
    """In the place of a one-time password that was lost or has run out."""
    row = get_object_or_404(memberships_administered_by(request.user), pk=pk)
    try:
        membership, password = issue_password(membership_id=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    return _shown_once(request, row.desk, membership, password)


def _shown_once(request: PersonRequest, desk: Desk, member: Membership, password: str) -> HttpResponse:
    context = {"desk": desk, "member": member, "password": password}
    return render(request, "annotations/members/password.html", context)


def _form(request: PersonRequest, desk: Desk, form: AccountForm, status: int = 200) -> HttpResponse:
    context = {"desk": desk, "form": form}
    return render(request, "annotations/members/new_account.html", context, status=status)

"""Who is on a desk and what they do there, for its administrators."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Desk, Membership
from annotations.queries.desk_rows import members_of, memberships_administered_by
from annotations.services.members import add_member, bring_back_member, change_roles, deactivate_member
from annotations.web.forms.members import MemberForm, RolesForm, TypedForm
from annotations.web.of_desk import administered
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def member_list(request: PersonRequest, desk: Desk) -> HttpResponse:
    """Members and former members, and a form that adds one."""
    if request.method != "POST":
        return _list(request, desk, MemberForm())
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _list(request, desk, form, status=422)
    try:
        made = add_member(
            desk_id=desk.pk, actor=request.user, username=form.cleaned_data["username"], roles=form.chosen
        )
    except DomainError as error:
        attach(form, error)
        return _list(request, desk, form, status=status_of(error))
    messages.success(request, _("%(person)s is on the desk now.") % {"person": made.user})
    return redirect("annotations:members", slug=desk.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The roles of one person."""
    row = get_object_or_404(memberships_administered_by(request.user), pk=pk)
    if request.method != "POST":
        return _one(request, row, RolesForm.of(row))
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _one(request, row, form, status=422)
    try:
        change_roles(membership_id=pk, actor=request.user, roles=form.chosen, seen_roles=form.seen)
    except DomainError as error:
        status = status_of(error)
        row = get_object_or_404(memberships_administered_by(request.user), pk=pk)
        attach(form, error)
        return _one(request, row, form.as_seen_of(row) if status == 412 else form, status)
    messages.success(request, _("Roles saved. They hold from the next click of %(person)s on.") % {"person": row.user})
    return redirect("annotations:members", slug=row.desk.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Asks for the user name, then ends the membership."""
    row = get_object_or_404(memberships_administered_by(request.user), pk=pk)
    label = _("User name of %(person)s") % {"person": row.user}
    form = TypedForm(request.POST or None, label=label, word=row.user.username)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            deactivate_member(membership_id=pk, actor=request.user)
        except DomainError as error:
            status = status_of(error)
            attach(form, error)
        else:
            messages.success(request, _("%(person)s is not on the desk any more.") % {"person": row.user})
            return redirect("annotations:members", slug=row.desk.slug)
    context = {"desk": row.desk, "member": row, "form": form}
    return render(request, "annotations/members/deactivate.html", context, status=status)


@login_required
@require_POST
def bring_back(request: PersonRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(memberships_administered_by(request.user), pk=pk)
    try:
        bring_back_member(membership_id=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    messages.success(request, _("%(person)s is on the desk again.") % {"person": row.user})
    return redirect("annotations:members", slug=row.desk.slug)


def _list(request: PersonRequest, desk: Desk, form: MemberForm, status: int = 200) -> HttpResponse:
    members = list(members_of(desk))
    context = {
        "desk": desk,
        "form": form,
        "members": [each for each in members if each.active],
        "former": [each for each in members if not each.active],
    }
    return render(request, "annotations/members/list.html", context, status=status)


def _one(request: PersonRequest, row: Membership, form: RolesForm, status: int = 200) -> HttpResponse:
    context = {"desk": row.desk, "member": row, "form": form}
    return render(request, "annotations/members/roles.html", context, status=status)

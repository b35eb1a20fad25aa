"""Saved filters: keep one, change it, delete it, bring it back. The lists themselves show them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.core.saved_filters import sorted_out
from annotations.models import SavedFilter
from annotations.permissions import may
from annotations.services.saved_filters import (
    allowed_values,
    change_filter,
    delete_filter,
    restore_filter,
    save_filter,
)
from annotations.web.forms.saved_filters import ChangeFilterForm, SaveFilterForm
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest
from annotations.web.saved import FILTER, narrowing_in, shareable


@login_required
@require_POST
def save(request: PersonRequest) -> HttpResponse:
    form = SaveFilterForm(request.POST, desks=shareable(request))
    if not form.is_valid():
        return _asked(request, form, _("Save the filter"), 422)
    data = form.cleaned_data
    narrowing = narrowing_in(QueryDict(data["query"]), data["page"])
    kept, _dropped = sorted_out(narrowing, allowed_values(request.user, data["page"]))
    try:
        row = save_filter(
            actor=request.user,
            page=data["page"],
            name=data["name"],
            parameters=kept,
            desk_id=form.desk_chosen,
            is_default=data["is_default"],
        )
    except DomainError as error:
        attach(form, error)
        return _asked(request, form, _("Save the filter"), status_of(error))
    messages.success(request, _("Filter saved."))
    return redirect(address_of(row))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(SavedFilter.objects.visible_to(request.user).select_related("desk"), pk=pk)
    if request.method != "POST":
        if not (decision := may(request.user, "change", row)):
            return refused(request, DomainError(decision.code, decision.reason))
        form = ChangeFilterForm(initial={"name": row.name, "is_default": row.is_default})
        return _asked(request, form, _("Change the filter"), row=row)
    form = ChangeFilterForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, _("Change the filter"), 422, row)
    try:
        row = change_filter(filter_id=pk, actor=request.user, **form.cleaned_data)
    except DomainError as error:
        attach(form, error)
        return _asked(request, form, _("Change the filter"), status_of(error), row)
    messages.success(request, _("Filter changed."))
    return redirect(address_of(row))


@login_required
@require_POST
def delete(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        row = delete_filter(filter_id=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    undo = reverse("annotations:restore-filter", args=(pk,))
    messages.success(request, _("Filter deleted."), extra_tags=undo)
    return redirect(f"{reverse(f'annotations:{row.page}')}?{FILTER}=none")


@login_required
@require_POST
def restore(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        row = restore_filter(filter_id=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    messages.success(request, _("Filter brought back."))
    return redirect(address_of(row))


def address_of(row: SavedFilter) -> str:
    return f"{reverse(f'annotations:{row.page}')}?{FILTER}={row.pk}"


def _asked(
    request: PersonRequest, form: ChangeFilterForm, heading: str, status: int = 200, row: SavedFilter | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "row": row, "back": address_of(row) if row else ""}
    return render(request, "annotations/saved_filters/form.html", context, status=status)

"""Bringing in files with annotations: send one, watch how far it is, read what was refused."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from annotations.core.errors import DomainError
from annotations.models import Desk
from annotations.queries.import_rows import imports_of
from annotations.services.import_runs import start_import
from annotations.web.forms.imports import ImportForm
from annotations.web.htmx import varied, wants_partial
from annotations.web.of_desk import of_desk
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest

SHOWN = 50
"""Imports; the API lists all of them."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@of_desk("import")
def import_list(request: PersonRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    file = form.cleaned_data["file"]
    try:
        run = start_import(
            desk_id=desk.pk,
            actor=request.user,
            format=form.cleaned_data["format"],
            name=file.name,
            content=file.read(),
            options=form.options,
        )
    except DomainError as error:
        attach(form, error)
        return _page(request, desk, form, status=status_of(error))
    return redirect("annotations:import-run", pk=run.pk)


@login_required
@require_safe
def import_run(request: PersonRequest, pk: UUID) -> HttpResponse:
    """How far one import is; asked for again and again until it has ended."""
    run = get_object_or_404(imports_of(request.user), pk=pk)
    name = "_run" if wants_partial(request) else "detail"
    return varied(render(request, f"annotations/imports/{name}.html", {"run": run}))


def _page(request: PersonRequest, desk: Desk, form: ImportForm, status: int = 200) -> HttpResponse:
    runs = imports_of(request.user).filter(desk=desk).order_by("-id")[:SHOWN]
    return render(request, "annotations/imports/list.html", {"desk": desk, "form": form, "runs": runs}, status=status)

"""The worklist: the first page after login, and its notices."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.queries.several import colleagues_of, labels_of
from annotations.queries.worklist import worklist
from annotations.services.notices import mark_read
from annotations.web.forms.several import SeveralForm
from annotations.web.requests import PersonRequest


@login_required
@require_safe
def worklist_page(request: PersonRequest) -> HttpResponse:
    """`chosen` names a section whose annotations are ticked."""
    work = worklist(request.user)
    context: dict[str, Any] = {"work": work, "chosen_section": request.GET.get("chosen", "")}
    if any(section.rows for section in work.sections):
        terms, people = labels_of(request.user), colleagues_of(request.user)
        context["several_form"] = SeveralForm(initial={"back": request.get_full_path()}, terms=terms, people=people)
    return render(request, "annotations/worklist/list.html", context)


@login_required
@require_POST
def read_notices(request: PersonRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("annotations:worklist")

"""The worklist: the first page after login, and its notices."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.models import Desk
from annotations.queries.several import colleagues_of, labels_of
from annotations.queries.worklist import worklist
from annotations.services.notices import mark_read
from annotations.web.forms.several import NarrowForm, SeveralForm
from annotations.web.requests import PersonRequest
from annotations.web.saved import saved_bar


@login_required
@require_safe
def worklist_page(request: PersonRequest) -> HttpResponse:
    """`chosen` names a section whose annotations are ticked, `only` one that is shown alone."""
    saved = saved_bar(request, "worklist")
    if saved.leads_to:
        return redirect(saved.leads_to)
    terms, people = labels_of(request.user), colleagues_of(request.user)
    narrow = NarrowForm(request.GET, desks=list(Desk.objects.visible_to(request.user)), terms=terms, people=people)
    work = worklist(request.user, narrow.narrowing, request.GET.get("only", ""))
    context: dict[str, Any] = {
        "work": work,
        "saved": saved,
        "narrow": narrow,
        "is_narrowed": narrow.narrowing.is_any,
        "is_alone": len(work.sections) == 1,
        "chosen_section": request.GET.get("chosen", ""),
    }
    if any(section.rows for section in work.sections):
        context["several_form"] = SeveralForm(initial={"back": request.get_full_path()}, terms=terms, people=people)
    return render(request, "annotations/worklist/list.html", context)


@login_required
@require_POST
def read_notices(request: PersonRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("annotations:worklist")

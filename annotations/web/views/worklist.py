"""The worklist: the first page after login, and its notices."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.queries.worklist import worklist
from annotations.services.notices import mark_read
from annotations.web.requests import PersonRequest


@login_required
@require_safe
def worklist_page(request: PersonRequest) -> HttpResponse:
    return render(request, "annotations/worklist/list.html", {"work": worklist(request.user)})


@login_required
@require_POST
def read_notices(request: PersonRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("annotations:worklist")

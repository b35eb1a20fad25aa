"""The worklist: the first page after login."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Desk
from annotations.queries.worklist import worklist
from annotations.web.requests import PersonRequest


@login_required
@require_safe
def worklist_page(request: PersonRequest) -> HttpResponse:
    work = worklist(request.user)
    lists = {"mine": list(work.mine), "unassigned": list(work.unassigned), "articles": list(work.articles)}
    is_empty = not any(lists.values())
    has_desks = not is_empty or Desk.objects.visible_to(request.user).exists()
    context = {"work": work, "is_empty": is_empty, "has_desks": has_desks, **lists}
    return render(request, "annotations/worklist/list.html", context)

"""The search page: over everything a person may see, or inside one article."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from annotations.models import Desk
from annotations.queries.search import Asked, search
from annotations.web.forms.search import FindForm
from annotations.web.requests import PersonRequest, article_or_404
from annotations.web.saved import saved_bar

FILTERS = ("desk", "kind", "state")


@login_required
@require_safe
def search_page(request: PersonRequest) -> HttpResponse:
    saved = saved_bar(request, "search")
    if saved.leads_to:
        return redirect(saved.leads_to)
    form = FindForm(request.GET, desks=list(Desk.objects.visible_to(request.user)))
    inside = form.chosen("article")
    before = request.GET.get("before", "")
    asked = Asked(
        form.chosen("q"),
        **{name: form.chosen(name) for name in FILTERS},
        article=inside or None,
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None,
    )
    context = {
        "form": form,
        "saved": saved,
        "asked": asked,
        "article": article_or_404(request, inside) if inside else None,
        "found": search(request.user, asked),
        "is_filtered": any(getattr(asked, name) for name in FILTERS),
    }
    return render(request, "annotations/search/page.html", context)

"""History pages: what happened to an annotation, or to an article and everything on it, as sentences."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Event
from annotations.queries.history import told_events
from annotations.queries.thread_rows import events_of
from annotations.web.requests import PersonRequest, annotation_or_404, article_or_404

A_PAGE = 100


@login_required
@require_safe
def annotation_history(request: PersonRequest, pk: UUID) -> HttpResponse:
    annotation = annotation_or_404(request, pk)
    found = told_events(events_of(annotation))
    context = {"article": annotation.article, "annotation": annotation, "told_events": found}
    return render(request, "annotations/review/history.html", context)


@login_required
@require_safe
def article_history(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_or_404(request, pk)
    ids = Event.objects.filter(Q(article=article)).order_by("-id").values_list("pk", flat=True)
    page = Paginator(ids, A_PAGE).get_page(request.GET.get("page"))
    found = told_events(Event.objects.filter(pk__in=list(page.object_list)))
    context = {"article": article, "page": page, "told_events": found}
    return render(request, "annotations/review/history.html", context)

"""Overviews: where an article stands, and how a desk's work goes over time."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotations.models import Desk
from annotations.queries.article_overview import article_overview
from annotations.queries.desk_overview import WEEKS, desk_overview
from annotations.web.requests import PersonRequest, article_with_text_or_404


@login_required
@require_safe
def of_article(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_with_text_or_404(request, pk)
    context = {"article": article, "overview": article_overview(article)}
    return render(request, "annotations/overviews/article.html", context)


@login_required
@require_safe
def of_desk(request: PersonRequest, slug: str) -> HttpResponse:
    desk = get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)
    overview = desk_overview(request.user, desk, timezone.now().date())
    return render(request, "annotations/overviews/desk.html", {"desk": desk, "overview": overview, "weeks": WEEKS})

"""The public page of a published article: anybody may read it, and nothing else is there."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.queries.public_page import public_page
from annotations.queries.standby import read


@require_safe
def public_article(request: HttpRequest, pk: UUID) -> HttpResponse:
    page = read(partial(public_page, pk))
    if page is None:
        raise Http404("There is no such published article.")
    return render(request, "annotations/public/article.html", {"article": page.article, "page": page})

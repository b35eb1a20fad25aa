"""The public page of a published article: anybody may read it, and nothing else is there."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from annotations.queries.public_page import PublicPage, public_page
from annotations.queries.standby import read
from annotations.web.languages import PARAMETER, language_named


@require_safe
def public_article(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In the language that the address names, and then the same for everybody; else in the reader's own."""
    page = read(partial(public_page, pk))
    if page is None:
        raise Http404("There is no such published article.")
    named = language_named(request)
    if named is None:
        return _page(request, page)
    with translation.override(named):
        response = _page(request, page)
    response["Content-Language"] = named
    return response


def _page(request: HttpRequest, page: PublicPage) -> HttpResponse:
    """Without a person and without messages: whoever is logged in sees what everybody sees."""
    context = {
        "article": page.article,
        "page": page,
        "address": request.build_absolute_uri(request.path),
        "parameter": PARAMETER,
        "user": None,
        "messages": (),
    }
    return render(request, "annotations/public/article.html", context)

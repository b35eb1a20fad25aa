"""The public page of a published article: anybody may read it. Where it was withdrawn, a page that says so."""

from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from annotations.queries.article_page import says_title
from annotations.queries.public_page import PublicPage, Withdrawal, public_page, withdrawal
from annotations.queries.standby import read
from annotations.web.languages import PARAMETER, language_named


@require_safe
def public_article(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In the language that the address names, and then the same for everybody; else in the reader's own."""
    page = read(partial(public_page, pk)) or read(partial(withdrawal, pk))
    if page is None:
        raise Http404("There is no such published article.")
    named = language_named(request)
    if named is None:
        return _page(request, page)
    with translation.override(named):
        response = _page(request, page)
    response["Content-Language"] = named
    return response


def _page(request: HttpRequest, page: PublicPage | Withdrawal) -> HttpResponse:
    """Without a person and without messages: whoever is logged in sees what everybody sees."""
    everybody = {"page": page, "parameter": PARAMETER, "user": None, "messages": ()}
    if isinstance(page, Withdrawal):
        return _withdrawn(request, page, everybody)
    context = {
        "article": page.article,
        "desk": page.article.desk,
        "title_in_text": says_title(page.views, page.article),
        "address": request.build_absolute_uri(request.path),
        **everybody,
    }
    return render(request, "annotations/public/article.html", context)


def _withdrawn(request: HttpRequest, page: Withdrawal, everybody: dict[str, Any]) -> HttpResponse:
    """Search engines drop what is gone for good at once, and ask again for what is being checked anew."""
    status = HTTPStatus.GONE if page.is_final else HTTPStatus.NOT_FOUND
    context = {"desk": page.desk, **everybody}
    return render(request, "annotations/public/withdrawn.html", context, status=status)

"""Articles: the searchable list, their details, their revisions, and the two downloads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from annotations.core.errors import DomainError
from annotations.models import Article, Desk
from annotations.permissions import may
from annotations.queries.by_desk import ByDesk
from annotations.services.articles import METADATA, edit_article
from annotations.web.filters import ArticleFilter
from annotations.web.forms.articles import EditArticleForm, SearchForm
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, article_or_404, revision_of
from annotations.web.saved import saved_bar

A_PAGE = 50


@login_required
@require_safe
def article_list(request: PersonRequest) -> HttpResponse:
    saved = saved_bar(request, "articles")
    if saved.leads_to:
        return redirect(saved.leads_to)
    visible = Article.objects.visible_to(request.user)
    desks = list(Desk.objects.visible_to(request.user))
    languages = sorted(filter(None, visible.order_by("language").values_list("language", flat=True).distinct()))
    form = SearchForm(request.GET, desks=desks, languages=languages)
    chosen = ArticleFilter(form.chosen, queryset=visible)
    found: Any = ByDesk(request.user, chosen.qs, Article.objects.with_revision())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "is_filtered": any(form.chosen.values()), "saved": saved}
    return render(request, "annotations/articles/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_details(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_or_404(request, pk)
    if not (decision := may(request.user, "edit", article)):
        return refused(request, DomainError(decision.code, decision.reason))
    if request.method != "POST":
        return _edit_page(request, article, EditArticleForm(initial=_details(article)))
    form = EditArticleForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, article, form, status=422)
    changes = {name: form.cleaned_data[name] for name in METADATA}
    try:
        edit_article(article_id=pk, actor=request.user, seen_version=form.cleaned_data["seen_version"], changes=changes)
    except DomainError as error:
        attach(form, error)
        article.refresh_from_db()
        return _edit_page(request, article, form.as_seen(article.version), status=status_of(error))
    messages.success(request, _("Details saved."))
    return redirect("annotations:article", pk=pk)


def _edit_page(request: PersonRequest, article: Article, form: EditArticleForm, status: int = 200) -> HttpResponse:
    return render(request, "annotations/articles/edit.html", {"article": article, "form": form}, status=status)


def _details(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in METADATA} | {"seen_version": article.version}


@login_required
@require_safe
def download_text(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The canonical text of the current revision, exactly: offsets count its code points."""
    article = article_or_404(request, pk)
    revision = revision_of(article)
    name = f"{slugify(article.title)[:80] or 'article'}-r{revision.number}.txt"
    return download(revision.text.encode(), "text/plain; charset=utf-8", name)


@login_required
@require_safe
def download_source(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The bytes that the current revision was read from. No browser is told to show them."""
    source = revision_of(article_or_404(request, pk)).source
    return download(bytes(source.content), "application/octet-stream", source.name or "source")


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved, never to be opened as a page of ours."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)

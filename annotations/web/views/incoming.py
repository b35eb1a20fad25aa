"""Bringing in an article: step one takes text, a file or an address; step two shows what was found and saves it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.core.errors import DomainError
from annotations.ingest.article import IncomingArticle
from annotations.models import Desk, IncomingDraft
from annotations.permissions import may
from annotations.services.articles import METADATA
from annotations.services.incoming import import_draft, keep_bytes, keep_text, keep_url, read_draft
from annotations.templatetags.words import block_name
from annotations.web.forms.articles import MetadataForm, NewArticleForm
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest, article_or_404
from annotations.web.views.annotations import FORM_METHODS


@login_required
@require_http_methods(FORM_METHODS)
def new_article(request: PersonRequest) -> HttpResponse:
    desks = [desk for desk in Desk.objects.visible_to(request.user) if may(request.user, "import", desk)]
    if request.method != "POST":
        return _step_one(request, NewArticleForm(desks=desks))
    form = NewArticleForm(request.POST, request.FILES, desks=desks)
    if not form.is_valid():
        return _step_one(request, form, status=422)
    try:
        draft = _keep(request, form)
    except DomainError as error:
        form.add_error(form.cleaned_data["way"], error.message)
        return _step_one(request, form, status=status_of(error))
    return redirect("annotations:preview-article", pk=draft.pk)


def _step_one(request: PersonRequest, form: NewArticleForm, status: int = 200) -> HttpResponse:
    return render(request, "annotations/articles/new.html", {"form": form}, status=status)


def _keep(request: PersonRequest, form: NewArticleForm) -> IncomingDraft:
    data = form.cleaned_data
    owner: dict[str, Any] = {"desk_id": form.desk_chosen.pk, "actor": request.user}
    if data["way"] == "url":
        return keep_url(url=data["url"], **owner)
    if data["way"] == "text":
        return keep_text(text=data["text"], **owner)
    file = data["file"]
    return keep_bytes(content=file.read(), media_type=file.content_type or "", name=file.name, **owner)


@login_required
@require_http_methods(FORM_METHODS)
def preview_article(request: PersonRequest, pk: UUID) -> HttpResponse:
    draft = IncomingDraft.objects.visible_to(request.user).select_related("desk").in_bulk([pk]).get(pk)
    if draft is None:
        # The second click of "Save article" comes after the first has used the draft up.
        return redirect("annotations:article", pk=article_or_404(request, pk).pk)
    found = read_draft(draft)
    if request.method != "POST":
        return _step_two(request, draft, found, MetadataForm(initial=_initial(draft, found)))
    form = MetadataForm(request.POST)
    if not form.is_valid():
        return _step_two(request, draft, found, form, status=422)
    try:
        article = import_draft(draft=draft, actor=request.user, metadata=form.cleaned_data)
    except DomainError as error:
        attach(form, error)
        return _step_two(request, draft, found, form, status=status_of(error))
    messages.success(request, _("Article saved. Select words in the text to annotate them."))
    return redirect("annotations:article", pk=article.pk)


def _initial(draft: IncomingDraft, found: IncomingArticle) -> dict[str, Any]:
    """What was found; a text whose language cannot be told is taken to be in the desk's."""
    initial = {name: getattr(found, name) for name in METADATA}
    return initial | {"language": found.language or draft.desk.language}


def _step_two(
    request: PersonRequest, draft: IncomingDraft, found: IncomingArticle, form: MetadataForm, status: int = 200
) -> HttpResponse:
    blocks = [
        {
            "kind": block.kind.value,
            "name": block_name(block.kind),
            "text": found.text[block.start : block.end],
        }
        for block in found.blocks
    ]
    context = {"draft": draft, "found": found, "blocks": blocks, "form": form}
    return render(request, "annotations/articles/preview.html", context, status=status)

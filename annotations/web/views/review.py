"""The review: moves of annotations and articles, and who works on what. The move tables say what there is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import DomainError
from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, is_final
from annotations.models import Annotation, Article
from annotations.permissions import article_facts, may
from annotations.services.assignments import assign
from annotations.services.moves import move_annotation
from annotations.services.signoff import move_article
from annotations.web.forms.review import AssignForm, MoveForm
from annotations.web.htmx import leave_for, varied, wants_partial
from annotations.web.moves import DANGER, DONE
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, annotation_or_404, article_with_text_or_404, people_of
from annotations.web.review_panel import panel_context
from annotations.web.views.changes import Change, change_annotation

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(FORM_METHODS)
def move(request: PersonRequest, pk: UUID, action: str) -> HttpResponse:
    """One move of an annotation: its form, or the move itself."""
    row = next(row for (_, name), row in ANNOTATION_MOVES.items() if name == action)

    def form(data: Any, _files: Any, annotation: Annotation) -> MoveForm:
        return MoveForm(data, initial={"seen_version": annotation.version}, move=row)

    def save(user: Any, annotation: Annotation, form: MoveForm) -> object:
        version = form.cleaned_data["seen_version"]
        return move_annotation(
            annotation_id=annotation.pk, actor=user, action=action, seen_version=version, **form.words
        )

    change = Change(action, row.label, row.label, DONE[action], form, save, is_danger=action in DANGER)
    return change_annotation(request, pk, change)


@login_required
@require_http_methods(FORM_METHODS)
def move_of_article(request: PersonRequest, pk: UUID, action: str) -> HttpResponse:
    """One move of an article: its form, or the move itself."""
    article = article_with_text_or_404(request, pk)
    if not (decision := may(request.user, action, article)):
        return refused(request, DomainError(decision.code, decision.reason))
    row = ARTICLE_MOVES[article.state, action]
    initial = {"seen_version": article.version}
    form = MoveForm(request.POST or None, initial=initial, move=row, is_final=is_final(ARTICLE_MOVES, row))
    if request.method != "POST":
        return _asked(request, article, action, form)
    if not form.is_valid():
        return _asked(request, article, action, form, 422)
    version = form.cleaned_data["seen_version"]
    try:
        move_article(article_id=pk, actor=request.user, action=action, seen_version=version, **form.words)
    except DomainError as error:
        attach(form, error)
        article.refresh_from_db()
        return _asked(request, article, action, form.as_seen(article.version), status_of(error))
    messages.success(request, DONE[action])
    return redirect("annotations:article", pk=pk)


def _asked(request: PersonRequest, article: Article, action: str, form: MoveForm, status: int = 200) -> HttpResponse:
    row = next(row for (_, name), row in ARTICLE_MOVES.items() if name == action)
    context = {"article": article, "form": form, "label": row.label, "is_danger": action in DANGER}
    return varied(render(request, "annotations/review/move_article.html", context, status=status))


@login_required
@require_safe
def review_panel(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where the article stands, for a page that changed something on it."""
    article = article_with_text_or_404(request, pk)
    context = {"article": article} | panel_context(request.user, article, article_facts(article))
    return HttpResponse(render_to_string("annotations/review/_panel.html", context, request=request))


@login_required
@require_POST
def assign_annotation(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take it, hand it to somebody, or give it back to the pool."""
    annotation = annotation_or_404(request, pk)
    form = AssignForm(request.POST, people=people_of(annotation.article))
    if not form.is_valid():
        return refused(request, DomainError("unknown_member", _("Choose somebody who works on this desk.")))
    data = form.cleaned_data
    try:
        assign(annotation_id=pk, actor=request.user, username=data["username"], seen_version=data["seen_version"])
    except DomainError as error:
        return refused(request, error)
    assignee = annotation_or_404(request, pk).assignee
    messages.success(
        request, _("Assigned to %(person)s.") % {"person": assignee} if assignee else _("Given back to the pool.")
    )
    page = redirect("annotations:annotation", pk=pk)
    return leave_for(page.url) if wants_partial(request) else page

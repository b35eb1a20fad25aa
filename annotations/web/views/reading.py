"""The annotation page: text, marks and cards; the cards alone; a new annotation on it."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import DomainError
from annotations.models import Annotation, Article
from annotations.models.base import new_id
from annotations.permissions import article_facts_from, may
from annotations.queries.article_page import block_views, says_title
from annotations.queries.ruler import standing_of
from annotations.services.annotations import create_annotation
from annotations.templatetags.reading import blocks_html, drawn
from annotations.web.card_window import card_window, first_asked
from annotations.web.colouring import colouring_of, legend_of, remember
from annotations.web.common_parts import common_parts
from annotations.web.composer import Choices, choices_for, emptied, empty_fields, new_form, several_actions
from annotations.web.forms.annotations import NewAnnotationForm, QuoteForm
from annotations.web.htmx import Region, regions_answer, varied, wants_partial
from annotations.web.lazy import _
from annotations.web.live import live_context
from annotations.web.refusals import attach, refused, status_of, toast
from annotations.web.regions import changed_regions, extent
from annotations.web.requests import (
    PersonRequest,
    annotation_or_404,
    article_or_404,
    article_with_text_or_404,
    revision_of,
)
from annotations.web.review_panel import panel_context

TEXT: Final = SafeString("<!-- text -->")
"""Where the blocks go in the page. No text of anybody's can look like it, because `<` is escaped in all of them. Blocks
are put in as bytes, after the page was rendered: templates would copy a large text again and again."""

MANY = 500
"""Annotations from which on the browser is told to lay out only the blocks in view."""


@login_required
@require_safe
def article_page(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_with_text_or_404(request, pk)
    choices = choices_for(request.user, article)
    may_annotate = may(request.user, "annotate", article)
    standing = standing_of(article)
    by = colouring_of(request, article.desk)
    window = card_window(article, first_asked(request, article), count=standing.shown, by=by)
    views = block_views(revision_of(article), by=by)
    blocks = [drawn(view) for view in views]
    annotated = [stretch for block in blocks for stretch in block.covered]
    facts = article_facts_from(article, annotated, unsettled=standing.unsettled, unplaced=standing.unplaced)
    context = {
        "article": article,
        "text": TEXT,
        "title_in_text": says_title(views, article),
        "window": window,
        "is_large": window.count > MANY,
        "may_annotate": may_annotate,
        "may_edit": may(request.user, "edit", article),
        "fields": empty_fields(article, choices) if may_annotate else None,
        "several_actions": several_actions(choices),
        "review": True,
        "ruler": standing.ruler,
        "legend": legend_of(by, choices.as_terms(), {mark.colour for view in views for mark in view.marks}),
        **common_parts(article),
        **panel_context(request.user, article, facts),
        **live_context(request.user, article),
    }
    before, after = render_to_string("annotations/articles/detail.html", context, request).split(TEXT)
    return varied(HttpResponse([before, *blocks_html(views, blocks), after]))


@login_required
@require_POST
def choose_colours(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What colours stand for on the articles of this desk, from now on and in this browser."""
    article = article_or_404(request, pk)
    by = request.POST.get("by", "")
    if by not in {choice.value for choice in legend_of(by, choices_for(request.user, article).as_terms(), ()).choices}:
        messages.error(request, _("Colours cannot stand for that here. Choose one of the words under View."))
        return redirect("annotations:article", pk=pk)
    response = redirect("annotations:article", pk=pk)
    remember(response, article.desk, by)
    return response


@login_required
@require_safe
def article_cards(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A window of cards: `from` counts in text order, `around` names an annotation that must be in it."""
    article = article_or_404(request, pk)
    by = colouring_of(request, article.desk)
    return HttpResponse(card_window(article, first_asked(request, article), request.GET.get("part", ""), by=by).html)


@login_required
@require_safe
def article_ruler(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Where the annotations are, once more after one has changed."""
    article = article_or_404(request, pk)
    return render(
        request, "annotations/articles/_ruler.html", {"article": article, "ruler": standing_of(article).ruler}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def annotate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A new annotation: beside a selection (htmx), or by quoting the words (a page of its own)."""
    article = article_or_404(request, pk)
    choices = choices_for(request.user, article)
    if not (decision := may(request.user, "annotate", article)):
        return refused(request, DomainError(decision.code, decision.reason))
    kind = NewAnnotationForm if wants_partial(request) else QuoteForm
    data = request.POST if request.method == "POST" else None
    form = new_form(kind, choices, data, id=new_id(), revision=article.revision_id)
    if data is None:
        return _asked(request, article, form)
    if not form.is_valid():
        return _asked(request, article, form, status=422)
    try:
        annotation, fresh = create_annotation(article_id=pk, actor=request.user, draft=form.draft())
    except DomainError as error:
        attach(form, error, form.pointers)
        return _asked(request, article, form, status=status_of(error), candidates=error.extra.get("candidates"))
    return _created(request, annotation if fresh else annotation_or_404(request, annotation.pk), choices)


def _asked(
    request: PersonRequest, article: Article, form: NewAnnotationForm, *, status: int = 200, candidates: Any = None
) -> HttpResponse:
    if wants_partial(request):
        form.give_keys()
        html = render_to_string("annotations/annotations/_new_fields.html", {"form": form}, request=request)
        return regions_answer([Region("#composer-fields", html, "innerHTML")], status=status)
    context = {
        "article": article,
        "form": form,
        "candidates": candidates,
        "heading": _("Annotate by quoting"),
        "submit": _("Save annotation"),
        "action": reverse("annotations:annotate", args=(article.pk,)),
        "back": reverse("annotations:article", args=(article.pk,)),
        "fields_template": "annotations/annotations/_quote_fields.html",
    }
    return varied(render(request, "annotations/annotations/form_page.html", context, status=status))


def _created(request: PersonRequest, annotation: Annotation, choices: Choices) -> HttpResponse:
    if not wants_partial(request):
        messages.success(request, _("Annotation saved."))
        return redirect(f"{reverse('annotations:article', args=(annotation.article_id,))}#card-{annotation.pk}")
    regions = changed_regions(request, annotation, [extent(annotation)], moved=True)
    regions += emptied(annotation.article, choices, request.POST.get("choices"))
    regions.append(toast(request, _("Annotation saved."), undo=annotation))
    return regions_answer(regions, status=201, events={"annotation-created": {"id": str(annotation.pk)}})

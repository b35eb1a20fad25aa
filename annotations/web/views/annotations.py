"""One annotation: its page, its card, and the changes to itself (edit, range, withdraw, undo)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.models import Annotation
from annotations.models.base import new_id
from annotations.queries.article_page import comments_of
from annotations.queries.card_rows import card_rows
from annotations.queries.carry_over import way_of
from annotations.queries.history import told_events
from annotations.queries.identities import identities_of
from annotations.queries.thread_rows import events_of, in_threads
from annotations.services.merging import edit_merging
from annotations.services.moves import move_annotation
from annotations.services.undo import undo_annotation
from annotations.templatetags.cards import part_words
from annotations.web.forms.annotations import (
    EditAnnotationForm,
    RangeForm,
    VersionForm,
    WithdrawForm,
    initial_of,
    with_ends,
)
from annotations.web.forms.merging import with_choices
from annotations.web.forms.parts import CommentForm
from annotations.web.forms.review import AssignForm
from annotations.web.htmx import wants_partial
from annotations.web.lazy import _
from annotations.web.moves import annotation_buttons, impossible, next_step, possible
from annotations.web.refusals import refused
from annotations.web.regions import current_card, decisions
from annotations.web.requests import PersonRequest, annotation_or_404, passage_of, people_of, terms_of
from annotations.web.views.changes import Change, change_annotation, changed

FORM_METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def annotation_page(request: PersonRequest, pk: UUID) -> HttpResponse:
    annotation = annotation_or_404(request, pk)
    return render(request, "annotations/annotations/detail.html", page_context(request, annotation))


def page_context(request: PersonRequest, annotation: Annotation, **more: Any) -> dict[str, Any]:
    links = annotation.links.select_related("target__article").order_by("id")
    linked_from = annotation.linked_from.select_related("annotation__article").order_by("id")
    verdicts = annotation.verdicts.select_related("term", "author").order_by("-id")
    buttons = annotation_buttons(request.user, annotation)
    return (
        passage_of(annotation)
        | {
            "annotation": annotation,
            "article": annotation.article,
            "can": decisions(request, annotation),
            "events": told_events(events_of(annotation)),
            "moves": possible(buttons),
            "impossible": impossible(buttons),
            "next_step": next_step(annotation, buttons),
            "assign_form": assign_form(annotation),
            "comments": [(row, new_id()) for row in in_threads(comments_of(annotation))],
            "links": [row for row in links if row.retired_at is None],
            "linked_from": [row for row in linked_from if row.retired_at is None],
            "past_verdicts": [row for row in verdicts if row.retired_at is not None],
            "comment_form": CommentForm(initial={"id": new_id()}),
            "way": way_of(annotation),
            "is_unplaced": annotation.revision_id != annotation.article.revision_id
            and annotation.state != AnnotationState.WITHDRAWN,
            **identities_of(request.user, annotation),
        }
        | more
    )


def assign_form(annotation: Annotation) -> AssignForm:
    """Somebody who left the desk stays a choice while the annotation is theirs."""
    people = people_of(annotation.article)
    if annotation.assignee and annotation.assignee not in people:
        people.append(annotation.assignee)
    initial = {"seen_version": annotation.version, "username": getattr(annotation.assignee, "username", "")}
    return AssignForm(initial=initial, people=people)


@login_required
@require_safe
def annotation_card(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The card as it looks when it is the current one."""
    annotation = annotation_or_404(request, pk)
    [row] = card_rows(Annotation.objects.filter(pk=pk))
    return HttpResponse(current_card(request, annotation, row))


def _edit_form(data: Any, _files: Any, annotation: Annotation) -> EditAnnotationForm:
    """The desk's current terms, and the retired ones that this annotation still carries."""
    article = annotation.article
    carried = [row.term for row in annotation.labels.all()] + [row.term for row in annotation.verdicts.all()]
    terms = terms_of(article)
    terms += [term for term in carried if term not in terms]
    people = people_of(article)
    if annotation.assignee and annotation.assignee not in people:
        people.append(annotation.assignee)
    return EditAnnotationForm(with_choices(data), initial=initial_of(annotation), terms=terms, people=people)


EDIT = Change(
    action="edit",
    heading=_("Edit the annotation"),
    submit=_("Save"),
    done=_("Annotation changed."),
    form=_edit_form,
    save=lambda user, annotation, form: edit_merging(
        annotation_id=annotation.pk, actor=user, seen_version=form.cleaned_data["seen_version"], changes=form.changes()
    ),
    fields="annotations/annotations/_edit_fields.html",
    voids=True,
)
RESIZE = Change(
    action="edit",
    heading=_("Change the range"),
    submit=_("Save range"),
    done=_("Range changed."),
    form=lambda data, _files, annotation: RangeForm(
        with_ends(with_choices(data)),
        initial={
            "start": annotation.start,
            "end": annotation.end,
            "parts": part_words(annotation),
            "seen_version": annotation.version,
        },
    ),
    save=EDIT.save,
    fields="annotations/annotations/_range_fields.html",
    page_fields="annotations/annotations/_range_page_fields.html",
    is_range=True,
    voids=True,
)
WITHDRAW = Change(
    action="withdraw",
    heading=_("Withdraw the annotation"),
    submit=_("Withdraw"),
    done=_("Annotation withdrawn."),
    form=lambda data, _files, annotation: WithdrawForm(data, initial={"seen_version": annotation.version}),
    save=lambda user, annotation, form: move_annotation(
        annotation_id=annotation.pk,
        actor=user,
        action="withdraw",
        seen_version=form.cleaned_data["seen_version"],
        reason=form.cleaned_data["reason"],
    ),
    is_danger=True,
)


@login_required
@require_http_methods(FORM_METHODS)
def edit(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, EDIT)


@login_required
@require_http_methods(FORM_METHODS)
def resize(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, RESIZE)


@login_required
@require_http_methods(FORM_METHODS)
def withdraw(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, WITHDRAW)


@login_required
@require_POST
def undo(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take back one's last change, from a toast or the annotation's page."""
    annotation = annotation_or_404(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["seen_version"] if form.is_valid() else 0
    try:
        undo_annotation(annotation_id=pk, actor=request.user, seen_version=version)
    except DomainError as error:
        if wants_partial(request):
            return refused(request, error)
        messages.error(request, error.message)
        return redirect("annotations:annotation", pk=pk)
    return changed(request, pk, was=annotation, done=_("Undone."))

"""The vocabularies of a desk, for its administrators: terms added, reworded, moved, retired and brought back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Desk, Event, Vocabulary
from annotations.queries.desk_rows import term_of, vocabulary_changed_by
from annotations.services.vocabularies import (
    WORDING,
    add_term,
    bring_back_term,
    move_term,
    retire_term,
    reword_term,
    undo_change,
)
from annotations.web.forms.vocabularies import ChangeForm, NewTermForm, TermForm
from annotations.web.of_desk import administered
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest

CHANGES: Final[Mapping[str, Callable[..., Event | None]]] = {
    "up": partial(move_term, up=True),
    "down": partial(move_term, up=False),
    "retire": retire_term,
    "bring_back": bring_back_term,
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def vocabulary(request: PersonRequest, desk: Desk, key: str) -> HttpResponse:
    """Its terms, and a form that adds one."""
    row = get_object_or_404(desk.vocabularies, key=key)
    if request.method != "POST":
        return _page(request, row)
    form = NewTermForm(request.POST, vocabulary=row)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        event = add_term(
            vocabulary_id=row.pk, actor=request.user, seen_version=form.cleaned_data["seen_version"], seed=form.seed
        )
    except DomainError as error:
        attach(form, error)
        return _page(request, row, form, error)
    return _saved(request, row, event, _("Term added."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def term(request: PersonRequest, desk: Desk, key: str) -> HttpResponse:
    """Name, description and colour of a term."""
    row = get_object_or_404(term_of(desk), key=key)
    form = TermForm(request.POST) if request.method == "POST" else TermForm.of(row)
    template, status = "annotations/vocabularies/term.html", 200
    if request.method == "POST" and form.is_valid():
        try:
            event = reword_term(
                term_id=row.pk,
                actor=request.user,
                seen_version=form.cleaned_data["seen_version"],
                changes={name: form.cleaned_data[name] for name in WORDING},
            )
        except DomainError as error:
            status = status_of(error)
            attach(form, error)
            row = get_object_or_404(term_of(desk), key=key)
        else:
            return _saved(request, row.vocabulary, event, _("Term saved."))
    elif request.method == "POST":
        status = 422
    shown = form.as_seen(row.vocabulary.version) if status == 412 else form
    context = {"desk": desk, "term": row, "form": shown, "is_stale": status == 412}
    return render(request, template, context, status=status)


@login_required
@require_POST
@administered
def change_term(request: PersonRequest, desk: Desk, key: str) -> HttpResponse:
    """One place up or down, retired, or brought back."""
    row = get_object_or_404(term_of(desk), key=key)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, row.vocabulary, status=422)
    seen = form.cleaned_data["seen_version"]
    try:
        event = CHANGES[form.cleaned_data["action"]](term_id=row.pk, actor=request.user, seen_version=seen)
    except DomainError as error:
        return _page(request, row.vocabulary, error=error)
    return _saved(request, row.vocabulary, event, _("Vocabulary saved."), f"#term-{key}")


@login_required
@require_POST
def undo_term_change(request: PersonRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(vocabulary_changed_by(request.user, pk))
    try:
        event = undo_change(event_id=pk, actor=request.user)
    except DomainError as error:
        return _page(request, row, error=error)
    return _saved(request, row, event, _("Change undone."))


def _saved(request: PersonRequest, row: Vocabulary, event: Event | None, words: str, place: str = "") -> HttpResponse:
    """Back to the vocabulary, with a way to undo it; `event` None means that nothing differs."""
    if event is not None:
        messages.success(request, words, extra_tags=reverse("annotations:undo-term-change", args=(event.pk,)))
    response = redirect("annotations:vocabulary", slug=row.desk.slug, key=row.key)
    response["Location"] += place
    return response


def _page(
    request: PersonRequest,
    row: Vocabulary,
    form: NewTermForm | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    """The vocabulary as it is now; what was typed stays, ready to be sent again."""
    status = status_of(error) if error else status
    row.refresh_from_db()
    if form is not None and status == 412:
        form = form.as_seen(row.version)
    terms = list(row.terms.order_by("position", "key"))
    context: dict[str, Any] = {
        "desk": row.desk,
        "vocabulary": row,
        "current": [each for each in terms if each.retired_at is None],
        "retired": [each for each in terms if each.retired_at is not None],
        "form": form or NewTermForm(vocabulary=row),
        "refusal": error.message if error and status in {409, 412} else "",
    }
    return render(request, "annotations/vocabularies/detail.html", context, status=status)

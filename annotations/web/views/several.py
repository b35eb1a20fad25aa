"""Several annotations at once: choose them, do one thing to all of them, see what became of it, take it back."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.bulk import MOST, Chosen
from annotations.core.errors import DomainError
from annotations.models import Desk
from annotations.queries.several import colleagues_of, labels_of, several, these, told_bulk
from annotations.services.bulk import BulkResult, act_on_several, undo_bulk
from annotations.web.forms.several import NarrowForm, SeveralForm, chosen_in
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, article_or_404

CARDS: Final = "#card-"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def several_page(request: PersonRequest) -> HttpResponse:
    """The annotations that the filters let through, all of them ticked; or what shall be done to the ticked ones."""
    return _acted(request) if request.method == "POST" else _listed(request)


def _listed(request: PersonRequest) -> HttpResponse:
    desks, terms, people = (
        list(Desk.objects.visible_to(request.user)),
        labels_of(request.user),
        colleagues_of(request.user),
    )
    narrow = NarrowForm(request.GET, desks=desks, terms=terms, people=people)
    by = narrow.narrowing
    found = several(request.user, by)
    context = {
        "narrow": narrow,
        "is_narrowed": by.is_any,
        "article": article_or_404(request, by.article) if by.article else None,
        "rows": found.rows,
        "count": found.count,
        "most": MOST,
        "chosen": set() if request.GET.get("chosen") == "none" else {row.pk for row in found.rows},
        "several_form": SeveralForm(initial={"back": request.get_full_path()}, terms=terms, people=people),
    }
    return render(request, "annotations/several/list.html", context)


def _acted(request: PersonRequest) -> HttpResponse:
    form = SeveralForm(request.POST, terms=labels_of(request.user), people=colleagues_of(request.user))
    chosen = chosen_in(request.POST)
    action = form.action
    if action is None or not form.is_valid():
        return _asked(request, form, [each.id for each in chosen])
    try:
        result = act_on_several(actor=request.user, order=form.order(action), chosen=chosen)
    except DomainError as error:
        attach(form, error, form.pointers)
        return _asked(request, form, [each.id for each in chosen], status_of(error))
    return _told(request, result, _place(form.cleaned_data["back"], chosen))


def _place(back: str, chosen: list[Chosen]) -> str:
    """A way back to the cards of an article leads to the first of those that were ticked."""
    return f"{back}{chosen[0].id}" if chosen and back.endswith(CARDS) else back


def _asked(request: PersonRequest, form: SeveralForm, ids: list[UUID], status: int = 422) -> HttpResponse:
    """The chosen ones once more, with what was typed and what is missing."""
    rows = these(request.user, ids[:MOST])
    context = {"rows": rows, "count": len(rows), "chosen": {row.pk for row in rows}, "several_form": form}
    return render(request, "annotations/several/list.html", context, status=status)


def _told(request: PersonRequest, result: BulkResult, back: str, *, is_undo: bool = False) -> HttpResponse:
    """Back to the list with a toast; a page with the sentences when something was refused. Undoing leads there too."""
    safe = back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("annotations:worklist")
    undo = (
        f"{reverse('annotations:undo-several', args=(result.bulk,))}?{urlencode({'back': safe})}" if result.done else ""
    )
    words = said(result, is_undo=is_undo)
    if not result.refused:
        messages.success(request, words, extra_tags=undo)
        return redirect(safe)
    rows = {row.pk: row for row in these(request.user, [each.id for each in result.refused])}
    context: dict[str, Any] = {
        "said": words,
        "refused": [(each, rows.get(each.id)) for each in result.refused],
        "events": told_bulk(request.user, result.bulk),
        "way_back": undo,
        "back": safe,
    }
    return render(request, "annotations/several/done.html", context, status=200 if result.done else 409)


def said(result: BulkResult, *, is_undo: bool = False) -> str:
    """How many were done or undone, were so already, were refused."""
    done, same, refused = len(result.done), len(result.unchanged), len(result.refused)
    if is_undo:
        words = [ngettext("%d annotation is as before.", "%d annotations are as before.", done) % done]
    else:
        words = [ngettext("%d annotation done.", "%d annotations done.", done) % done]
    if same:
        words.append(ngettext("%d was so already.", "%d were so already.", same) % same)
    if refused:
        words.append(ngettext("%d was refused.", "%d were refused.", refused) % refused)
    return " ".join(words)


@login_required
@require_safe
def several_done(request: PersonRequest, pk: UUID) -> HttpResponse:
    """What was done at once under this id, with the way back for who did it."""
    events = told_bulk(request.user, pk)
    if not events:
        raise Http404("There is no such bulk action.")
    mine = all(told.event.actor_id == request.user.pk for told in events)
    undo = reverse("annotations:undo-several", args=(pk,)) if mine else ""
    return render(request, "annotations/several/done.html", {"events": events, "way_back": undo})


@login_required
@require_POST
def undo_several(request: PersonRequest, pk: UUID) -> HttpResponse:
    try:
        result = undo_bulk(bulk=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    done = reverse("annotations:several-done", args=(result.bulk if result.done else pk,))
    return _told(request, result, request.GET.get("back", done), is_undo=True)

"""Revisions of an article: the list, new copy, an older text as it was, and what was carried over."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.carrying import Outcome
from annotations.core.errors import DomainError
from annotations.core.placing import Choice, Decision
from annotations.core.word_diff import word_diff
from annotations.ingest.article import IncomingArticle
from annotations.models import Annotation, Article, Placement, Revision
from annotations.permissions import Decision as Permission
from annotations.permissions import may
from annotations.queries.article_page import Mark, block_views_with
from annotations.queries.carry_over import placements_into, standing_in
from annotations.services.incoming import bytes_of, fetched_for, text_of
from annotations.services.placing import place_annotation
from annotations.services.revisions import revise_article
from annotations.web.forms.revisions import NewCopyForm, PlaceForm
from annotations.web.lazy import _
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, article_or_404, article_with_text_or_404, revision_of

DONE = {
    Choice.ACCEPT: _("Accepted. It stands in the new text and needs a recheck."),
    Choice.CORRECT: _("Placed. It stands in the new text and needs a recheck."),
    Choice.REJECT: _("Rejected. It stays on the old text until somebody places or withdraws it."),
    Choice.UNDO: _("Taken back. It waits for a decision again."),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One annotation on the carry-over page; `words` are those of its place or suggestion in the new text."""

    placement: Placement
    words: str
    may_place: Permission

    @property
    def is_waiting(self) -> bool:
        return self.placement.decision in (Decision.PENDING, Decision.REJECTED) and self.is_live

    @property
    def is_live(self) -> bool:
        return self.placement.annotation.state != "withdrawn"

    @property
    def is_decided(self) -> bool:
        return self.placement.decision in (Decision.ACCEPTED, Decision.CORRECTED, Decision.REJECTED) and self.is_live


@login_required
@require_safe
def revisions(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_or_404(request, pk)
    rows = article.revisions.select_related("created_by", "source").defer("text", "source__content").order_by("-number")
    context = {"article": article, "revisions": rows, "may_revise": may(request.user, "revise", article)}
    return render(request, "annotations/revisions/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_copy(request: PersonRequest, pk: UUID) -> HttpResponse:
    article = article_with_text_or_404(request, pk)
    if not (decision := may(request.user, "revise", article)):
        return refused(request, DomainError(decision.code, decision.reason))
    if request.method != "POST":
        first = {"text": revision_of(article).text, "seen_version": article.version}
        return _copy_page(request, article, NewCopyForm(initial=first))
    form = NewCopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _copy_page(request, article, form, 422)
    try:
        revision, fresh = revise_article(
            article_id=pk,
            actor=request.user,
            incoming=_incoming(request, article, form),
            seen_version=form.cleaned_data["seen_version"],
        )
    except DomainError as error:
        attach(form, error)
        article.refresh_from_db(fields=["version", "state"])
        return _copy_page(request, article, form.as_seen(article.version), status_of(error))
    if not fresh:
        form.add_error(
            None,
            _("This is the text of revision %(number)s already. Nothing was changed.") % {"number": revision.number},
        )
        return _copy_page(request, article, form, 422)
    messages.success(request, _("Revision %(number)s is the current text now.") % {"number": revision.number})
    return redirect("annotations:carry-over", pk=pk, number=revision.number)


def _copy_page(request: PersonRequest, article: Article, form: NewCopyForm, status: int = 200) -> HttpResponse:
    return render(request, "annotations/revisions/new.html", {"article": article, "form": form}, status=status)


def _incoming(request: PersonRequest, article: Article, form: NewCopyForm) -> IncomingArticle:
    data = form.cleaned_data
    if data["way"] == "url":
        return fetched_for(article.desk, data["url"])
    if data["way"] == "text":
        return text_of(data["text"])
    file = data["file"]
    return bytes_of(file.read(), media_type=file.content_type or "", name=file.name)


@login_required
@require_safe
def older_text(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    article = article_or_404(request, pk)
    revision = _revision(article, number)
    standing = standing_in(revision)
    marks = [Mark(str(row.pk), tuple((at or row).parts), (at or row).state, None) for row, at in standing]
    context = {
        "article": article,
        "revision": revision,
        "views": block_views_with(revision, marks),
        "rows": [{"annotation": row, "at": at or row} for row, at in standing],
    }
    return render(request, "annotations/revisions/text.html", context)


@login_required
@require_safe
def carry_over(request: PersonRequest, pk: UUID, number: int) -> HttpResponse:
    article = article_or_404(request, pk)
    revision = _revision(article, number)
    older = article.revisions.filter(number__lt=number).order_by("-number").first()
    if older is None:
        raise Http404("The first revision carried nothing over.")
    cases = _cases(request, article, revision)
    waiting = [case for case in cases if case.is_waiting]
    open_ones = [case for case in waiting if case.placement.decision == Decision.PENDING]
    asked = [case for case in cases if case.placement.decision not in (Decision.CARRIED, Decision.SUPERSEDED)]
    context = {
        "article": article,
        "revision": revision,
        "older": older,
        "is_current": article.revision_id == revision.pk,
        "pieces": word_diff(older.text, revision.text),
        "asked": asked,
        "left": len(open_ones),
        "done": len(asked) - len(open_ones),
        "counts": [(outcome, sum(case.placement.outcome == outcome for case in cases)) for outcome in Outcome],
    }
    return render(request, "annotations/revisions/carry_over.html", context)


def _cases(request: PersonRequest, article: Article, revision: Revision) -> list[Case]:
    found = []
    for placement in placements_into(revision):
        placement.annotation.article = article
        at = placement.annotation if placement.annotation.revision_id == revision.pk else None
        start, end = (at.start, at.end) if at else (placement.new_start, placement.new_end)
        words = "" if start is None else revision.text[start:end]
        found.append(Case(placement, words, may(request.user, "edit", placement.annotation)))
    return found


@login_required
@require_POST
def place(request: PersonRequest, pk: UUID) -> HttpResponse:
    """A decision; then back to the page of all of them, at the next one that waits."""
    annotation = get_object_or_404(Annotation.objects.visible_to(request.user).select_related("article"), pk=pk)
    article = annotation.article
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return refused(request, DomainError("invalid", _("Say what to do with it: accept, correct or reject.")))
    data = form.cleaned_data
    try:
        place_annotation(
            annotation_id=pk,
            actor=request.user,
            choice=data["choice"],
            seen_version=data["seen_version"],
            place=form.place,
        )
    except DomainError as error:
        return refused(request, error)
    messages.success(request, DONE[Choice(data["choice"])])
    revision = revision_of(Article.objects.select_related("revision").get(pk=article.pk))
    return redirect(f"{reverse('annotations:carry-over', args=(article.pk, revision.number))}#{_next(pk, revision)}")


def _next(pk: UUID, revision: Revision) -> str:
    """The element to go on at: the next one in the order of the text that waits, else the first, else the top."""
    rows = list(placements_into(revision).undecided().values_list("annotation_id", "start"))
    here = Placement.objects.filter(next_revision=revision, annotation=pk).values_list("start", flat=True).first() or 0
    after = [id for id, start in rows if start >= here and id != pk]
    found = (after or [id for id, _ in rows])[:1]
    return f"case-{found[0]}" if found else "main"


def _revision(article: Article, number: int) -> Revision:
    return get_object_or_404(Revision, article=article, number=number)

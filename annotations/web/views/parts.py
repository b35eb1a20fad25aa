"""What hangs on an annotation: evidence, attributions and links are added and retired, comments made and resolved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.core.decisions import CommentKind
from annotations.core.errors import DomainError
from annotations.models import Comment, Evidence
from annotations.models.base import new_id
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.evidence import add_attribution, add_evidence, add_link, retire_part
from annotations.web.forms.annotations import VersionForm
from annotations.web.forms.parts import AttributionForm, CommentForm, EvidenceForm, LinkForm
from annotations.web.lazy import _
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, annotation_or_404, terms_of
from annotations.web.views.annotations import FORM_METHODS, page_context
from annotations.web.views.articles import download
from annotations.web.views.changes import Change, change_annotation, changed

EVIDENCE = Change(
    action="edit",
    heading=_("Add evidence"),
    submit=_("Add evidence"),
    done=_("Evidence added."),
    form=lambda data, files, _annotation: EvidenceForm(data, files, initial={"id": new_id()}),
    save=lambda user, annotation, form: add_evidence(
        annotation_id=annotation.pk, actor=user, draft=form.draft(), id=form.cleaned_data["id"]
    ),
    fields="annotations/annotations/_evidence_fields.html",
    voids=True,
)
ATTRIBUTION = Change(
    action="edit",
    heading=_("Add who says it"),
    submit=_("Add source"),
    done=_("Source added."),
    form=lambda data, _files, annotation: AttributionForm(
        data, initial={"id": new_id()}, terms=terms_of(annotation.article)
    ),
    save=lambda user, annotation, form: add_attribution(
        annotation_id=annotation.pk, actor=user, draft=form.draft(), id=form.cleaned_data["id"]
    ),
    voids=True,
)
LINK = Change(
    action="edit",
    heading=_("Link to another annotation"),
    submit=_("Link"),
    done=_("Linked."),
    form=lambda data, _files, _annotation: LinkForm(data),
    save=lambda user, annotation, form: add_link(
        annotation_id=annotation.pk,
        actor=user,
        target_id=form.cleaned_data["target"],
        kind=form.cleaned_data["kind"],
    ),
)


@login_required
@require_http_methods(FORM_METHODS)
def evidence(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, EVIDENCE)


@login_required
@require_http_methods(FORM_METHODS)
def attribution(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, ATTRIBUTION)


@login_required
@require_http_methods(FORM_METHODS)
def link(request: PersonRequest, pk: UUID) -> HttpResponse:
    return change_annotation(request, pk, LINK)


@login_required
@require_POST
def retire(request: PersonRequest, pk: UUID, kind: str, part: UUID) -> HttpResponse:
    """Take one entry off; it stays readable in the history."""
    annotation = annotation_or_404(request, pk)
    form = VersionForm(request.POST)
    version = form.cleaned_data["seen_version"] if form.is_valid() else 0
    try:
        retire_part(annotation_id=pk, actor=request.user, kind=kind, part_id=part, seen_version=version)
    except DomainError as error:
        return refused(request, error)
    return changed(request, pk, was=annotation, done=_("Retired. It stays in the history."))


@login_required
@require_safe
def evidence_file(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Evidence.objects.select_related("file"), pk=pk)
    annotation_or_404(request, found.annotation_id)
    if found.file is None:
        raise Http404("This evidence has no file.")
    return download(bytes(found.file.content), "application/octet-stream", found.file.name or "evidence")


@login_required
@require_POST
def comment(request: PersonRequest, pk: UUID) -> HttpResponse:
    annotation = annotation_or_404(request, pk)
    form = CommentForm(request.POST)
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            made, _fresh = add_comment(
                annotation_id=pk,
                actor=request.user,
                text=data["text"],
                parent_id=data["parent"],
                kind=data["kind"] or CommentKind.REMARK,
                due=data["due"],
                blocking=data["blocking"],
                id=data["id"],
            )
        except DomainError as error:
            status = status_of(error)
            attach(form, error)
        else:
            return redirect(f"{reverse('annotations:annotation', args=(pk,))}#comment-{made.pk}")
    context = page_context(request, annotation, comment_form=form)
    return render(request, "annotations/annotations/detail.html", context, status=status)


@login_required
@require_POST
def resolve(request: PersonRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Comment, pk=pk)
    annotation_or_404(request, found.annotation_id)
    try:
        resolve_comment(comment_id=pk, actor=request.user, outcome=request.POST.get("outcome", ""))
    except DomainError as error:
        return refused(request, error)
    messages.success(request, _("Comment resolved."))
    return redirect(f"{reverse('annotations:annotation', args=(found.annotation_id,))}#comment-{pk}")

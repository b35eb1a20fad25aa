"""The confidential tier: keep who an unnamed source is; show it once to a named reader, which is recorded."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Annotation, Attribution
from annotations.permissions import may
from annotations.services.identities import keep_identity, read_identity
from annotations.web.forms.review import IdentityForm
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest, annotation_or_404, people_of


@sensitive_post_parameters("content")
@sensitive_variables("form", "data")
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: PersonRequest, pk: UUID) -> HttpResponse:
    attribution, annotation = _found(request, pk)
    if not (decision := may(request.user, "comment", annotation)):
        return refused(request, DomainError(decision.code, decision.reason))
    people = [person for person in people_of(annotation.article) if person != request.user]
    form = IdentityForm(request.POST or None, people=people)
    status = 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            keep_identity(attribution_id=pk, actor=request.user, content=data["content"], readers=data["readers"])
        except DomainError as error:
            attach(form, error)
            status = status_of(error)
        else:
            messages.success(request, _("Identity kept. Only you and the named readers can read it."))
            return redirect("annotations:annotation", pk=annotation.pk)
    elif request.method == "POST":
        status = 422
    context = {"attribution": attribution, "annotation": annotation, "article": annotation.article, "form": form}
    return render(request, "annotations/review/keep_identity.html", context, status=status)


@sensitive_variables("content")
@never_cache
@login_required
@require_POST
def read(request: PersonRequest, pk: UUID) -> HttpResponse:
    attribution, annotation = _found(request, pk)
    try:
        content = read_identity(attribution_id=pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    context = {"attribution": attribution, "annotation": annotation, "article": annotation.article, "content": content}
    return render(request, "annotations/review/read_identity.html", context)


def _found(request: PersonRequest, pk: UUID) -> tuple[Attribution, Annotation]:
    attribution = get_object_or_404(Attribution, pk=pk, retired_at=None)
    return attribution, annotation_or_404(request, attribution.annotation_id)

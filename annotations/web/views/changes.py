"""One way to change an annotation through a form: in the panel beside the text, or as a page without JavaScript."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from annotations.core.errors import DomainError
from annotations.models import Annotation
from annotations.permissions import may
from annotations.permissions.rules import VOIDABLE
from annotations.services.merging import Edited
from annotations.web.forms.base import Form
from annotations.web.forms.labels import LabelForm
from annotations.web.forms.merging import brought_up, conflicts_in, told
from annotations.web.htmx import Region, regions_answer, varied, wants_partial
from annotations.web.refusals import attach, refused, status_of, toast
from annotations.web.regions import NOTHING, changed_regions, extent
from annotations.web.requests import PersonRequest, annotation_or_404, passage_of


@dataclass(frozen=True, slots=True)
class Change:
    """A kind of change: the permission it takes, its words, its form, the service it calls.

    `form` gets the data (None at first), the files and the annotation; `save` the person, the annotation and the
    valid form. `voids`: it drops the approvals of what was proposed or signed off, which the form has to say before; to
    what was sent without the form (with `asks`) the answer is the form then.
    """

    action: str
    heading: str
    submit: str
    done: str
    form: Callable[[Any, Any, Annotation], Form]
    save: Callable[[Any, Annotation, Any], object]
    fields: str = "annotations/annotations/_fields.html"
    page_fields: str = ""
    is_danger: bool = False
    is_range: bool = False
    voids: bool = False


def change_annotation(request: PersonRequest, pk: UUID, change: Change) -> HttpResponse:
    """Show the form, or save it and refresh what it touched."""
    annotation = annotation_or_404(request, pk)
    decision = may(request.user, change.action, annotation)
    if not decision:
        return refused(request, DomainError(decision.code, decision.reason))
    if request.method != "POST":
        return _shown(request, annotation, change, change.form(None, None, annotation))
    form = change.form(request.POST, request.FILES, annotation)
    is_asked = "asks" in request.POST and change.voids and annotation.state in VOIDABLE
    if is_asked or not form.is_valid():
        return _shown(request, annotation, change, form, status=422)
    try:
        result = change.save(request.user, annotation, form)
    except DomainError as error:
        return _refused(request, pk, change, form, error)
    more = told(result.others, result.fields) if isinstance(result, Edited) else ""
    return changed(request, pk, was=annotation, done=f"{change.done} {more}".strip())


def _refused(request: PersonRequest, pk: UUID, change: Change, form: Form, error: DomainError) -> HttpResponse:
    """The form once more with everything typed, against the version that is told; both values where two collide."""
    status, annotation = status_of(error), annotation_or_404(request, pk)
    if "merged" in error.extra:
        form = change.form(brought_up(request.POST, form, error.extra), request.FILES, annotation)
        form.conflicts = conflicts_in(form, error.extra)
        form.add_error(None, error.message)
        return _shown(request, annotation, change, form, status=status)
    attach(form, error, getattr(form, "pointers", None))
    form = form.as_seen(error.extra.get("version", annotation.version)) if status == 412 else form
    return _shown(request, annotation, change, form, status=status)


def changed(request: PersonRequest, pk: UUID, *, was: Annotation, done: str) -> HttpResponse:
    """The answer after a change: to the panel every touched region, otherwise back to the annotation's page."""
    annotation = annotation_or_404(request, pk)
    if not wants_partial(request):
        messages.success(request, done)
        return redirect("annotations:annotation", pk=pk)
    moved = extent(was) != extent(annotation) or was.state != annotation.state
    regions = changed_regions(request, annotation, [extent(was), extent(annotation)], moved=moved)
    regions += [Region("#editor", NOTHING, "innerHTML"), toast(request, done, undo=annotation)]
    return regions_answer(regions, events={"annotation-changed": {"id": str(pk)}})


def _shown(
    request: PersonRequest, annotation: Annotation, change: Change, form: Form, status: int = 200
) -> HttpResponse:
    context = {
        "annotation": annotation,
        "article": annotation.article,
        "form": form,
        "heading": change.heading,
        "submit": change.submit,
        "is_danger": change.is_danger,
        "is_range": change.is_range,
        "voids": change.voids and annotation.state in VOIDABLE,
        "action": request.path,
        "back": reverse("annotations:annotation", args=(annotation.pk,)),
        "fields_template": change.fields,
    }
    if wants_partial(request):
        return _panel(request, annotation, context, status)
    context |= passage_of(annotation) | {"fields_template": change.page_fields or change.fields}
    return varied(render(request, "annotations/annotations/form_page.html", context, status=status))


def _panel(request: PersonRequest, annotation: Annotation, context: dict[str, Any], status: int) -> HttpResponse:
    """The panel; after a conflict also the annotation as it is now."""
    if isinstance(context["form"], LabelForm):
        context["form"].give_keys()
    html = render_to_string("annotations/annotations/_panel.html", context, request=request)
    regions = [Region("#editor", html, "innerHTML")]
    if status in {409, 412}:
        regions += changed_regions(request, annotation, [extent(annotation)])
    return regions_answer(regions, status=status)

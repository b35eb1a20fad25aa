"""From a DomainError to what a page shows: a status, and the sentence at the field it is about."""

import re
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from annotations.core.errors import DomainError
from annotations.web.htmx import Region, regions_answer, varied, wants_partial
from annotations.web.ways_back import page_above

STATUS = {
    "not_allowed": HTTPStatus.FORBIDDEN,
    "wrong_state": HTTPStatus.CONFLICT,
    "id_taken": HTTPStatus.CONFLICT,
    "name_taken": HTTPStatus.CONFLICT,
    "nothing_to_undo": HTTPStatus.CONFLICT,
    "edited_twice": HTTPStatus.PRECONDITION_FAILED,
    "stale": HTTPStatus.PRECONDITION_FAILED,
}


def status_of(error: DomainError) -> int:
    """403, 409 or 412 for what no other input would change, otherwise 422. Not there for this person: a 404."""
    if error.code == "not_found":
        raise Http404(error.message)
    return STATUS.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)


def attach(form: forms.Form, error: DomainError, fields: dict[str, str] | None = None) -> None:
    """Put each sentence at its field. `fields` maps pointers ("/verdict/term") to names of form fields.

    A pointer without an entry stands for the field of its last part, list positions left out; whatever finds no
    visible field goes to the top of the form.
    """
    placed = False
    for each in error.errors:
        pointer = re.sub(r"/\d+", "", each.pointer)
        name = (fields or {}).get(pointer, pointer.rsplit("/", 1)[-1])
        if name in form.fields and not form[name].is_hidden:
            form.add_error(name, each.detail)
            placed = True
    if not placed:
        form.add_error(None, error.message)


def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The sentence of a refusal where there is no form to show it in: a toast, or a page of its own."""
    status = status_of(error)
    if wants_partial(request):
        return regions_answer([toast(request, error.message, level="error")], status=status)
    context = {"reason": error.message, "above": page_above(request.path)}
    return varied(render(request, "refused.html", context, status=status))


def toast(request: HttpRequest, text: str, **context: Any) -> Region:
    """A sentence above the page."""
    html = render_to_string("_ui/_toast.html", {"text": text, **context}, request=request)
    return Region("#messages", html, "beforeend")

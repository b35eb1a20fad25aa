"""A desk's settings: members and vocabularies to read; name, language, policies and hosts to change."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Desk
from annotations.permissions import may
from annotations.queries.desk_rows import members_of
from annotations.services.desks import describe_desk, set_fetch_hosts
from annotations.services.policies import set_policies
from annotations.web.forms.base import Form
from annotations.web.forms.desks import AboutForm, HostsForm, PoliciesForm
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_settings(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything that is set on the desk; what is sent to this address itself are the hosts."""
    desk = _desk(request, slug)
    if request.method != "POST":
        return _page(request, desk)
    form = HostsForm(request.POST)
    return _saved(request, desk, "form", form, lambda who: set_fetch_hosts(hosts=form.hosts, **who), _("Hosts saved."))


@login_required
@require_POST
def desk_policies(request: PersonRequest, slug: str) -> HttpResponse:
    """What the desk asks for before a verdict counts."""
    form = PoliciesForm(request.POST)
    return _saved(
        request,
        _desk(request, slug),
        "policies",
        form,
        lambda who: set_policies(changes=form.cleaned_data, **who),
        _("Policies saved."),
    )


@login_required
@require_POST
def desk_about(request: PersonRequest, slug: str) -> HttpResponse:
    """What the desk is called, and which language its labels are in."""
    form = AboutForm(request.POST)
    return _saved(
        request,
        _desk(request, slug),
        "about",
        form,
        lambda who: describe_desk(**form.cleaned_data, **who),
        _("Name and language saved."),
    )


def _desk(request: PersonRequest, slug: str) -> Desk:
    return get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)


def _saved(
    request: PersonRequest, desk: Desk, name: str, form: Form, save: Callable[[dict[str, Any]], Desk], words: str
) -> HttpResponse:
    """Back to the settings; or the page again, where the form called `name` says what is wrong."""
    if not form.is_valid():
        return _page(request, desk, status=422, **{name: form})
    try:
        save({"desk_id": desk.pk, "actor": request.user})
    except DomainError as error:
        attach(form, error)
        return _page(request, desk, status=status_of(error), **{name: form})
    messages.success(request, words)
    return redirect("annotations:desk-settings", slug=desk.slug)


def _page(request: PersonRequest, desk: Desk, status: int = 200, **forms: Form) -> HttpResponse:
    context = {
        "desk": desk,
        "about": AboutForm.of(desk),
        "form": HostsForm.of(desk),
        "policies": PoliciesForm.of(desk),
        **forms,
        "members": [member for member in members_of(desk) if member.active],
        "vocabularies": desk.vocabularies.prefetch_related("terms"),
        "may_administer": may(request.user, "administer", desk),
        "may_import": may(request.user, "import", desk),
    }
    return render(request, "annotations/desks/settings.html", context, status=status)

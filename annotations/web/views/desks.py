"""A desk's settings: members and vocabularies to read, hosts for administrators to change."""

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
from annotations.services.desks import set_fetch_hosts
from annotations.services.policies import set_policies
from annotations.web.forms.articles import HostsForm
from annotations.web.forms.review import PoliciesForm
from annotations.web.refusals import attach, status_of
from annotations.web.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk_settings(request: PersonRequest, slug: str) -> HttpResponse:
    desk = get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)
    if request.method != "POST":
        return _page(request, desk, HostsForm(initial={"fetch_hosts": "\n".join(desk.fetch_hosts)}))
    form = HostsForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        set_fetch_hosts(desk_id=desk.pk, actor=request.user, hosts=form.hosts)
    except DomainError as error:
        attach(form, error)
        return _page(request, desk, form, status=status_of(error))
    messages.success(request, _("Hosts saved."))
    return redirect("annotations:desk-settings", slug=slug)


@login_required
@require_POST
def desk_policies(request: PersonRequest, slug: str) -> HttpResponse:
    """What the desk asks for before a verdict counts."""
    desk = get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)
    form = PoliciesForm(request.POST)
    hosts = HostsForm(initial={"fetch_hosts": "\n".join(desk.fetch_hosts)})
    if not form.is_valid():
        return _page(request, desk, hosts, status=422, policies=form)
    try:
        set_policies(desk_id=desk.pk, actor=request.user, changes=form.cleaned_data)
    except DomainError as error:
        attach(form, error)
        return _page(request, desk, hosts, status=status_of(error), policies=form)
    messages.success(request, _("Policies saved."))
    return redirect("annotations:desk-settings", slug=slug)


def _page(
    request: PersonRequest, desk: Desk, form: HostsForm, status: int = 200, policies: PoliciesForm | None = None
) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "policies": policies or PoliciesForm.of(desk),
        "members": [member for member in members_of(desk) if member.active],
        "vocabularies": desk.vocabularies.prefetch_related("terms"),
        "may_administer": may(request.user, "administer", desk),
        "may_import": may(request.user, "import", desk),
    }
    return render(request, "annotations/desks/settings.html", context, status=status)

"""A desk's webhooks: who is told, what was sent, and sending it once more. For administrators of the desk."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.core.errors import DomainError
from annotations.models import Desk
from annotations.queries.webhook_rows import deliveries_of, delivery_page, webhooks_of
from annotations.services.webhooks import create_webhook, replay_delivery, set_webhook_active
from annotations.web.forms.webhooks import ActiveForm, DeliveriesForm, WebhookForm
from annotations.web.of_desk import administered
from annotations.web.refusals import attach, refused, status_of
from annotations.web.requests import PersonRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@administered
def webhook_list(request: PersonRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk, WebhookForm())
    form = WebhookForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        _webhook, secret = create_webhook(
            desk_id=desk.pk, actor=request.user, url=form.cleaned_data["url"], actions=form.chosen()
        )
    except DomainError as error:
        attach(form, error)
        return _page(request, desk, form, status=status_of(error))
    return _page(request, desk, WebhookForm(), secret=secret)


@login_required
@require_POST
def webhook(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Pause it, or let it go on."""
    row = get_object_or_404(webhooks_of(request.user), pk=pk)
    form = ActiveForm(request.POST)
    if form.is_valid():
        row = set_webhook_active(webhook_id=row.pk, actor=request.user, active=form.cleaned_data["active"] == "yes")
        messages.success(request, _("What waits is sent now.") if row.active else _("Paused. What happens now waits."))
    return redirect("annotations:webhooks", slug=row.desk.slug)


@login_required
@require_POST
def replay(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Send it once more, and show the deliveries as they were shown: the address has what was chosen."""
    row = get_object_or_404(deliveries_of(request.user).select_related("event", "desk"), pk=pk)
    try:
        replay_delivery(delivery_id=row.pk, actor=request.user)
    except DomainError as error:
        return refused(request, error)
    messages.success(request, _("Event %(number)s is sent again.") % {"number": row.event.number})
    return redirect(reverse("annotations:webhooks", args=[row.desk.slug], query=request.GET or None))


def _page(request: PersonRequest, desk: Desk, form: WebhookForm, status: int = 200, secret: str = "") -> HttpResponse:
    asked = DeliveriesForm(request.GET)
    state, before = asked.chosen("state"), asked.chosen("before")
    context = {
        "desk": desk,
        "form": form,
        "secret": secret,
        "webhooks": webhooks_of(request.user).filter(desk=desk),
        "asked": asked,
        "is_narrowed": bool(state or before),
        "page": delivery_page(request.user, desk, state=state, before=before),
    }
    response = render(request, "annotations/webhooks/list.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response

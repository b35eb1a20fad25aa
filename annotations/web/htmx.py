"""Answers for htmx: who gets a fragment, how several regions travel in one reply, what happened said as an event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event


@dataclass(frozen=True, slots=True)
class Region:
    """One piece of a reply: `html` goes to the elements that `target` selects, in the way `swap` names."""

    target: str
    html: SafeString
    swap: str = "outerHTML"


def wants_partial(request: HttpRequest) -> bool:
    """htmx asked for a piece of the page, not for a page."""
    htmx = request.htmx  # type: ignore[attr-defined]  # django-htmx's middleware adds it
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def regions_answer(
    regions: Iterable[Region], *, status: int = 200, events: Mapping[str, dict[str, Any]] | None = None
) -> HttpResponse:
    """Every region in its <hx-partial>; `events` are facts in the past tense, with their details."""
    html = format_html_join(
        "\n",
        '<hx-partial hx-target="{}" hx-swap="{}">{}</hx-partial>',
        ((region.target, region.swap, region.html) for region in regions),
    )
    response = varied(HttpResponse(html, status=status))
    for name, detail in (events or {}).items():
        trigger_client_event(response, name, detail)
    return response


def leave_for(url: str) -> HttpResponse:
    """Make the browser go to another page, as a redirect would without htmx."""
    return varied(HttpResponseClientRedirect(url))


def varied(response: HttpResponse) -> HttpResponse:
    """The same address answers with a page or with a piece of it."""
    patch_vary_headers(response, ("HX-Request",))
    return response


def wrapped(tag_id: str, html: SafeString) -> SafeString:
    return format_html('<div id="{}">{}</div>', tag_id, html)

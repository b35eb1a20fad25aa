"""Moments are shown where the reader is: the browser names its time zone in a cookie, static/js/page.js sets it."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from annotations.templatetags.words import READER_ZONE

COOKIE = "zone"


def in_their_zone(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Only what is shown changes: forms, the API and exports go on to speak UTC."""

    def answer(request: HttpRequest) -> HttpResponse:
        token = READER_ZONE.set(zone_named(request.COOKIES.get(COOKIE, "")))
        try:
            return get_response(request)
        finally:
            READER_ZONE.reset(token)

    return answer


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """None for what is no time zone; the name comes from outside."""
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return None

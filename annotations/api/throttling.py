"""How many requests a person or address may send: windows counted in the cache, one number a scope."""

import time
from typing import cast

from django.conf import settings
from django.core.cache import cache
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class WindowThrottle(BaseThrottle):
    """At most so many requests a window. The rates are settings: DEFAULT_THROTTLE_RATES, by scope; None is no limit.

    The scope is the view's `throttle_scope`, else "read" or "write" by the method. REST framework's own throttle
    keeps the time of every request, which costs more with each one; this keeps one counter.
    """

    remaining: float = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        scope = getattr(view, "throttle_scope", None) or ("read" if request.method in SAFE_METHODS else "write")
        rate = cast("str | None", api_settings.DEFAULT_THROTTLE_RATES.get(scope))
        if not rate:
            return True
        most, seconds = _parsed(rate)
        most = max(1, most // settings.WEB_PROCESSES)  # each process counts for itself; together they keep to the rate
        now = time.time()
        window = int(now // seconds)
        self.remaining = (window + 1) * seconds - now
        return _count(f"rate:{scope}:{self._who(request)}:{window}", seconds) <= most

    def wait(self) -> float:
        return self.remaining

    def _who(self, request: Request) -> str:
        return str(request.user.pk) if request.user and request.user.is_authenticated else str(self.get_ident(request))


def _count(key: str, seconds: int) -> int:
    for _attempt in range(2):
        try:
            return cache.incr(key)
        except ValueError:  # the first of its window; or somebody else is that just now
            if cache.add(key, 1, timeout=seconds + 1):
                return 1
    return 1  # thrown out of a full cache between the two lines


def _parsed(rate: str) -> tuple[int, int]:
    """ "20/min" as (20, 60)."""
    number, _, period = rate.partition("/")
    return int(number), SECONDS[period[0]]

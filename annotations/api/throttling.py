"""How many requests a person or address may send: one number each for a scope and the window of now, in memory."""

import threading
import time
from functools import cache
from typing import Final, cast

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
MOST: Final = 100_000
"""People and addresses that are counted in one window of a scope; more of them make it forget who came first."""


class Windows:
    """For each scope the window of now, and how often each person or address has come in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, tuple[int, dict[str, int]]] = {}

    def count(self, scope: str, window: int, who: str) -> int:
        """How often they have come by now."""
        with self._lock:
            known, counts = self._counts.get(scope, (None, {}))
            if known != window:
                counts = {}
                self._counts[scope] = (window, counts)
            counts[who] = found = counts.get(who, 0) + 1
            if len(counts) > MOST:
                del counts[next(iter(counts))]
            return found

    def forget(self) -> None:
        with self._lock:
            self._counts.clear()


WINDOWS: Final = Windows()


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
        return WINDOWS.count(scope, window, self._who(request)) <= most

    def wait(self) -> float:
        return self.remaining

    def _who(self, request: Request) -> str:
        return str(request.user.pk) if request.user and request.user.is_authenticated else str(self.get_ident(request))


@cache
def _parsed(rate: str) -> tuple[int, int]:
    """ "20/min" as (20, 60)."""
    number, _, period = rate.partition("/")
    return int(number), SECONDS[period[0]]

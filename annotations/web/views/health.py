"""Two answers for probes: the process lives, and it can reach its database. Open to everybody, and say nothing else."""

from typing import cast

import psycopg
from django.db import Error, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"
PATIENCE = 2  # seconds; a page waits longer for a connection, a probe wants to know


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type=PLAIN)


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    try:
        _ask_database()
    except (Error, psycopg.Error):
        return HttpResponse("The database does not answer.\n", status=503, content_type=PLAIN)
    return HttpResponse("ok\n", content_type=PLAIN)


def _ask_database() -> None:
    if pool := cast(DatabaseWrapper, connection).pool:
        pool.open()
        with pool.connection(timeout=PATIENCE) as pooled:
            pooled.execute("SELECT 1")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")

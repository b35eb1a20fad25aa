"""Physical limits, measured in the same run: what the database and the server do when nothing of ours is asked for."""

import time
from collections.abc import Callable

from django.db import connection

from bench.site import Client, Site
from bench.timing import medians, rounds_of

COPY = """COPY (SELECT row_to_json(a) FROM annotations_annotation a WHERE a.article_id = ANY(%s)) TO STDOUT"""


def bare_insert() -> float:
    """Milliseconds of one committed INSERT of an annotation's columns into a table without guards."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_plain AS TABLE annotations_annotation WITH NO DATA")

        def insert() -> None:
            cursor.execute("INSERT INTO bench_plain SELECT * FROM annotations_annotation LIMIT 1")

        found = min(medians(rounds_of(insert, 40)))
        cursor.execute("DROP TABLE bench_plain")
    return found


def empty_view(site: Site) -> float:
    """Milliseconds of a request to the same server that does nothing."""
    client = Client(site.port, {})
    return min(medians(rounds_of(lambda: client.send("GET", "/healthz"), 100)))


def bare_copy(articles: list[object]) -> Callable[[], float]:
    """Rows a second of COPY of the annotations' own columns as JSON, through psycopg."""

    def copy() -> float:
        began, rows = time.perf_counter(), 0
        with connection.cursor() as cursor, cursor.copy(COPY, [articles]) as out:
            for piece in out:
                rows += bytes(piece).count(b"\n")
        return rows / (time.perf_counter() - began)

    return copy

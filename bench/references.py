"""Physical limits, measured in the same run: what the database and the server do when nothing of ours is asked for."""

import statistics
import time

from django.db import connection

from bench.site import Client, Site
from bench.timing import Plan

COPY = """COPY (SELECT row_to_json(a) FROM annotations_annotation a WHERE a.desk_id = %s) TO STDOUT"""


def bare_insert(plan: Plan) -> float:
    """Milliseconds of one committed INSERT of an annotation's columns into a table without guards."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_plain AS TABLE annotations_annotation WITH NO DATA")

        def insert() -> None:
            cursor.execute("INSERT INTO bench_plain SELECT * FROM annotations_annotation LIMIT 1")

        found = statistics.median(plan.medians(insert, 40))
        cursor.execute("DROP TABLE bench_plain")
    return found


def empty_view(site: Site) -> float:
    """Milliseconds of a request to the same server that does nothing."""
    client = Client(site.port, {})
    return statistics.median(site.plan.medians(lambda: client.send("GET", "/healthz"), 100))


def bare_copy(desk: object) -> float:
    """Rows a second of COPY of the own columns of a desk's annotations as JSON, through psycopg."""
    began, rows = time.perf_counter(), 0
    with connection.cursor() as cursor, cursor.copy(COPY, [desk]) as out:
        for piece in out:
            rows += bytes(piece).count(b"\n")
    return rows / (time.perf_counter() - began)

"""Lists of a quiet desk beside a larger and newer one: PostgreSQL looks at no more rows than are on the quiet desk."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Desk
from bench.stock import stock
from tests.api.client import Api
from tests.people import People
from tests.queries.test_plans import LARGE, Plan, nodes

LISTS = (
    "annotations/",
    "annotations/?state=signed_off",
    "annotations/?state=open&state=signed_off",
    "annotations/?author=stranger",
    "annotations/?updated_after=2020-01-01T00:00:00Z",
    "annotations/?term=eyewitness",
    "articles/",
    "articles/?state=checking",
    "verdicts/",
    "events/",
)
SIGNED_OFF = """
INSERT INTO annotations_verdict (id, desk_id, annotation_id, term_id, rationale, author_id, created)
SELECT gen_random_uuid(), a.desk_id, a.id, t.id, 'So.', a.author_id, now()
FROM annotations_annotation a JOIN annotations_term t ON t.desk_id = a.desk_id AND t.key = 'accurate';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE annotations_annotation DISABLE TRIGGER USER;
UPDATE annotations_annotation SET state = 'signed_off';
SET CONSTRAINTS ALL IMMEDIATE;
"""
QUIET = 120
"""Annotations on the quiet desk."""


@pytest.fixture
def quiet(other_desk: Desk, desk: Desk, people: People) -> Desk:
    """Four articles with 30 annotations each, and on the other desk later ones: 150 with 40 each. All signed off."""
    stock(other_desk, people.stranger, count=4, characters=1_000, spans=30)
    stock(desk, people.checker, count=150, characters=1_000, spans=40)
    with connection.cursor() as cursor:
        cursor.execute(SIGNED_OFF)
        cursor.execute("ANALYZE")
    return other_desk


def looked_at(path: str, people: People) -> dict[str, int]:
    """Rows of each large table that the statements behind a list of the stranger's come by."""
    with CaptureQueriesContext(connection) as sent:
        assert Api(people.stranger).send("GET", path).json()["results"] or path == "events/"
    found = dict.fromkeys(LARGE, 0)
    for query in sent.captured_queries:
        for node in nodes(_ran(query["sql"])):
            if node.get("Relation Name") in found:
                found[node["Relation Name"]] += _rows(node)
    return found


def _ran(statement: str) -> Plan:
    """What PostgreSQL did for it."""
    if not statement.lstrip().startswith("SELECT"):
        return {}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.replace("%", "%%"), [])
        (answer,) = cursor.fetchone()
    plan: Plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return plan


def _rows(node: dict[str, Any]) -> int:
    passed = sum(node.get(name, 0) for name in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter"))
    return int(passed * node["Actual Loops"])


def test_a_list_of_a_quiet_desk_comes_by_no_rows_of_another_desk(quiet: Desk, people: People) -> None:
    found = {path: looked_at(path, people) for path in LISTS}

    assert not [path for path, rows in found.items() if max(rows.values()) > 5 * QUIET], found


def test_nor_does_it_while_the_statistics_know_one_desk_alone(quiet: Desk, people: People) -> None:
    with connection.cursor() as cursor:
        for table in ("annotation", "article", "verdict"):
            cursor.execute(f"ALTER TABLE annotations_{table} ALTER desk_id SET (n_distinct = 1)")
            cursor.execute(f"ANALYZE annotations_{table}")

    found = {path: looked_at(path, people) for path in LISTS}

    assert not [path for path, rows in found.items() if max(rows.values()) > 5 * QUIET], found

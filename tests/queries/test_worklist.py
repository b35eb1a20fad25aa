"""The worklist of a full desk: its first rows come from an index, and nobody counts to the end."""

import pytest
from django.db import connection

from annotations.models import Article, Desk
from annotations.queries import worklist as lists
from annotations.queries.worklist import Section, worklist
from bench.stock import stock
from tests.factories import annotate
from tests.people import People
from tests.queries.test_plans import nodes, plans, scans

TABLE = "annotations_annotation"


def section(people: People, key: str, name: str = "checker") -> Section:
    return next(each for each in worklist(getattr(people, name)).sections if each.key == key)


def test_own_work_and_that_of_others_come_through_their_index(desk: Desk, people: People) -> None:
    stock(desk, people.checker2, count=80, characters=1_000, spans=60)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    found = plans(lambda: worklist(people.checker2))

    assert "annotation_unassigned" in set().union(*(scans(plan, TABLE) for plan in found))
    assert all("" not in scans(plan, TABLE) for plan in found)
    most = [node["Plan Rows"] for plan in found for node in nodes(plan) if node["Node Type"] == "Sort"]
    assert max(most) < 1_000


def test_large_section_is_not_counted_to_its_end(
    article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "COUNTED", 2)
    for quote in ("nine", "nine"):
        annotate(article, people.checker, quote)
    assert section(people, "mine").shown_count == "2"

    for quote in ("nine", "nine"):
        annotate(article, people.checker, quote)

    assert section(people, "mine").shown_count == "2+"
    assert section(people, "unassigned", "checker2").shown_count == "2+"
    assert len(section(people, "mine").rows) == 4


def test_assigned_and_unassigned_work_stand_in_one_order(article: Article, people: People) -> None:
    first = annotate(article, people.checker, "nine")
    second = annotate(article, people.checker, "nine", assignee=people.checker.username)
    third = annotate(article, people.checker, "nine")

    assert section(people, "mine").rows == [third, second, first]
    assert section(people, "unassigned", "checker2").rows == [first, third]

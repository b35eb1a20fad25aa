"""The worklist of a full desk: its first rows come from an index, and nobody counts to the end."""

import json
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Article, Desk
from annotations.queries import worklist as lists
from annotations.queries.distinct import authors_of_the_unassigned, languages
from annotations.queries.worklist import Section, worklist
from bench.stock import stock
from tests.factories import annotate, import_text
from tests.people import People
from tests.queries.test_plans import Plan, nodes, plans, scans

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


def test_work_of_others_on_another_desk_is_not_looked_at(other_desk: Desk, desk: Desk, people: People) -> None:
    stock(desk, people.checker, count=40, characters=1_000, spans=40)
    stock(other_desk, people.stranger, count=250, characters=1_000, spans=40)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    for person in (people.checker, people.stranger):
        assert looked_at(partial(worklist, person), only_removed=True) < 500


def test_authors_are_found_by_jumping_over_what_they_wrote(other_desk: Desk, desk: Desk, people: People) -> None:
    for author in (people.checker, people.checker2):
        stock(desk, author, count=40, characters=1_000, spans=40)
    stock(other_desk, people.stranger, count=5, characters=1_000, spans=40)

    authors = authors_of_the_unassigned([desk.pk])

    assert dict(authors) == {desk.pk: sorted([people.checker.pk, people.checker2.pk])}
    assert looked_at(lambda: authors_of_the_unassigned([desk.pk])) <= 4
    assert authors_of_the_unassigned([]) == {}


def test_languages_are_found_by_jumping_over_articles(desk: Desk, people: People) -> None:
    stock(desk, people.checker, count=200, characters=100, spans=0)
    for number, language in enumerate(("uk", "", "de")):
        import_text(desk, people.checker, f"Text {number}.", title="T", language=language)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    assert languages(people.checker)[0] == ["english", "german", "simple"]
    assert languages(people.nobody) == ([], False)
    assert looked_at(lambda: languages(people.checker)) <= 8


def looked_at(call: Callable[[], object], *, only_removed: bool = False) -> float:
    """Rows of annotations and articles that PostgreSQL comes by for it, or those that it then leaves."""
    with CaptureQueriesContext(connection) as sent:
        call()
    asked = [query["sql"] for query in sent.captured_queries if query["sql"].lstrip().startswith(("SELECT", "WITH"))]
    found = [node for statement in asked for node in nodes(_ran(statement))]
    return sum(
        (node.get("Rows Removed by Filter", 0) + (0 if only_removed else node["Actual Rows"])) * node["Actual Loops"]
        for node in found
        if node.get("Relation Name") in (TABLE, "annotations_article")
    )


def _ran(statement: str) -> Plan:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.replace("%", "%%"), [])
        (answer,) = cursor.fetchone()
    plan: Plan = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    return plan


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

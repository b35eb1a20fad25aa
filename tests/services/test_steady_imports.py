"""An import and a single annotation read no more rows, however many articles there are."""

from collections.abc import Callable

import pytest
from django.db import connection

from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.models import Desk
from annotations.services.imports import Options, import_file
from tests.factories import annotate, import_text
from tests.people import People

READ = """
    SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
    WHERE relname LIKE 'annotations\\_%'
"""
UNKNOWN = """
    SELECT pg_clear_relation_stats('public', relname) FROM pg_class
    WHERE relname LIKE 'annotations\\_%' AND relkind = 'r'
"""


def documents(name: str, count: int) -> list[IncomingDocument]:
    span = IncomingSpan(1, 4, 9, "ferry", labels=("news-agency",))
    text = "The ferry to the island was late on {} {}, said the captain."
    return [IncomingDocument(f"{name} {each}", text.format(name, each), spans=[span]) for each in range(count)]


def brought(desk: Desk, people: People, name: str, count: int) -> None:
    rows = documents(name, count)
    import_file(desk_id=desk.pk, actor=people.checker, documents=lambda: iter(rows), options=Options())


def read_by(call: Callable[[], object]) -> dict[str, int]:
    """How many rows of each table `call` reads, guards and references included."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        before = dict(cursor.fetchall())
        call()
        cursor.execute(READ)
        return {name: count - before.get(name, 0) for name, count in cursor.fetchall()}


def grown(first: dict[str, int], later: dict[str, int], by: int) -> dict[str, int]:
    return {name: count - first[name] for name, count in later.items() if count - first.get(name, 0) > by}


@pytest.mark.django_db
def test_writing_reads_as_much_with_many_articles_as_with_few(desk: Desk, people: People) -> None:
    """On tables that nobody has analysed, with plans that were made when they were empty, as after an installation."""

    def write(name: str) -> None:
        brought(desk, people, name, 20)
        annotate(article, people.checker, name, terms=["quantity"])

    article = import_text(desk, people.checker, "Nine thousand of them came, said the captain.")
    if connection.pg_version < 180_000:
        pytest.skip("Older ones cannot forget what they counted.")
    with connection.cursor() as cursor:
        cursor.execute(UNKNOWN)  # PostgreSQL looks at tables by itself, between other tests too
        cursor.execute("DISCARD PLANS")
    write("Nine")
    few = read_by(lambda: write("thousand"))
    brought(desk, people, "many", 300)

    many = read_by(lambda: write("captain"))

    assert grown(few, many, by=600) == {}

"""A second connection to one moment of the database: it sees the same, hands on in order, and ends when dismissed."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from annotations.formats import jsonl
from annotations.models import Annotation, Article
from annotations.queries import export_rows, snapshots
from annotations.queries.export_rows import Export, export_pieces
from annotations.queries.snapshots import Helper, snapshot
from tests.factories import annotate
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = "SELECT count(*) FROM annotations_annotation"
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@contextmanager
def helper(database: str = "default") -> Iterator[Helper[Any]]:
    """The helper, when it has its connection."""
    with snapshots.helper(database) as made:
        assert made.ready.wait(10)
        yield made


def counted(cursor: Any) -> Iterator[int]:
    cursor.execute(COUNT)
    yield cursor.fetchone()[0]


def elsewhere(work: Any) -> None:
    """Done by somebody else, on a connection of his own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_second_connection_sees_the_same_moment(article: Article, people: People) -> None:
    annotate(article, people.checker, "nine")
    with snapshot(), connection.cursor() as cursor:
        assert list(counted(cursor)) == [1]
        elsewhere(lambda: annotate(article, people.checker, "leader"))
        with helper() as second:
            second.ask(counted)

            assert list(second.answer()) == [1]
    assert Annotation.objects.count() == 2


def test_it_is_asked_again_and_again(article: Article) -> None:
    with snapshot(), helper() as second:
        for size in (0, 1, 3 * snapshots.AHEAD):
            second.ask(lambda _, size=size: iter(range(size)))

            assert list(second.answer()) == list(range(size))


def test_what_goes_wrong_there_is_raised_here(article: Article) -> None:
    def broken(_: Any) -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with snapshot(), helper() as second:
        second.ask(broken)

        with pytest.raises(ValueError, match="broken"):
            list(second.answer())


def test_nothing_is_left_of_it_when_the_reader_goes_away(article: Article) -> None:
    with snapshot(), helper() as second:
        second.ask(lambda _: itertools.count())
        assert next(second.answer()) == 0

    assert not second.thread.is_alive()
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        assert cursor.fetchone()[0] == 0


def test_moment_that_is_over_leaves_it_unready(caplog: pytest.LogCaptureFixture, article: Article) -> None:
    second: Helper[Any] = Helper("default", "00000003-0000001B-1")
    second.thread.start()
    second.thread.join()

    assert not second.ready.is_set()
    assert "goes on with one connection" in caplog.text


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_an_export_by_two_is_the_export_by_one(
    batch: int, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("nine", "leader", "agencies", "families", "troops", "mines"):
        annotate(article, people.checker, words, terms=["quantity"])
    everything = Export(Article.objects.all(), states=())
    with snapshot():
        expected = list(jsonl.read(b"".join(jsonl.written(export_pieces(everything))).splitlines()))
    asked = []
    monkeypatch.setattr(export_rows, "FIRST_BATCH", 1)
    monkeypatch.setattr(export_rows, "BATCH", batch)
    monkeypatch.setattr(export_rows, "helper", helper)
    ask = Helper.ask
    monkeypatch.setattr(Helper, "ask", lambda self, read: (asked.append(read), ask(self, read)))

    with snapshot():
        assert list(jsonl.read(b"".join(jsonl.written(export_pieces(everything))).splitlines())) == expected

    assert len(expected) == 6
    assert len(asked) == {1: 2, 2: 1, 3: 1}[batch]

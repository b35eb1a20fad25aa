"""Imports with several writers: the same report, whichever of them writes a batch; the same text once."""

import sys
import threading
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction

from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.models import Annotation, Article, Desk, Event
from annotations.services import imports
from annotations.services.import_reports import Report
from annotations.services.import_writers import SPARE, TURN, writing
from annotations.services.imported_batches import Batch
from annotations.services.imports import Options, import_file
from annotations.services.verification import verify_history
from tests.people import People

TEXT = "The ferry to the island was late on Tuesday, said the captain. Number {}."


def document(number: int, key: str = "", exact: str = "ferry") -> IncomingDocument:
    spans = [IncomingSpan(1, 4, 9, exact, labels=("news-agency",)), IncomingSpan(2, 17, 23, "island")]
    return IncomingDocument(key=key or f"document {number}", text=TEXT.format(number), spans=spans)


def brought(desk: Desk, people: People, documents: Sequence[IncomingDocument], *, dry_run: bool = False) -> Report:
    return import_file(
        desk_id=desk.pk, actor=people.checker, documents=lambda: iter(documents), options=Options(dry_run=dry_run)
    )


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH_DOCUMENTS", 2)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.django_db(transaction=True)
def test_two_writers_bring_in_what_one_would(desk: Desk, people: People) -> None:
    documents = [document(number, exact="barge" if number in (4, 13) else "ferry") for number in range(20)]
    documents += [document(number, key=f"again {number}") for number in (19, 18, 19, 0, 19)]

    report = brought(desk, people, documents)

    assert (report.documents, report.spans, report.created, report.existing) == (25, 50, 36, 10)
    assert [row["document"] for row in report.refused] == ["document 4", "document 13"]
    assert (Article.objects.count(), Annotation.objects.count()) == (18, 36)
    assert Event.objects.filter(action="create", object_type="annotation").count() == 36
    assert verify_history(desk).broken == ""
    assert SPARE.acquire(blocking=False), "the second connection was not given back"
    SPARE.release()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.django_db(transaction=True)
def test_what_the_database_refuses_is_named_whoever_wrote_it(desk: Desk, people: People) -> None:
    """Unknown labels are refused while a batch is written, not before."""
    documents = [document(number) for number in range(12)]
    for number in (2, 7, 8):
        documents[number].spans[0].labels = ("no-such-label",)

    report = brought(desk, people, documents)

    assert [row["document"] for row in report.refused] == ["document 2", "document 7", "document 8"]
    assert (report.created, Article.objects.count()) == (18, 9)
    assert brought(desk, people, documents[:2], dry_run=True).existing == 4


@pytest.mark.django_db
def test_inside_of_a_transaction_nobody_writes_beside(desk: Desk, people: People) -> None:
    writers = set()

    with transaction.atomic():
        brought_by(lambda each: writers.add(threading.get_ident()), *map(batch, range(6)))

    assert writers == {threading.get_ident()}


@pytest.mark.django_db(transaction=True)
def test_batches_are_written_beside_each_other_unless_they_share_a_text() -> None:
    both = threading.Barrier(2, timeout=60)
    brought_by(lambda each: both.wait(), batch(1), batch(2))

    working, most = set(), []

    def take(each: Batch) -> None:
        working.add(id(each))
        most.append(len(working))
        threading.Event().wait(0.05)
        working.discard(id(each))

    brought_by(take, batch(1), batch(1), batch(1))
    assert max(most) == 1


@pytest.mark.django_db(transaction=True)
def test_an_error_of_the_second_writer_reaches_the_caller() -> None:
    caller = threading.get_ident()

    def take(each: Batch) -> None:
        if threading.get_ident() != caller:
            raise LookupError

    with pytest.raises(LookupError):
        brought_by(take, *map(batch, range(6)))
    assert SPARE.acquire(blocking=False)
    SPARE.release()


@pytest.mark.django_db(transaction=True)
def test_threads_take_shorter_turns_until_the_last_import_is_written() -> None:
    usual, seen = sys.getswitchinterval(), []

    def another(each: Batch) -> None:
        brought_by(lambda each: seen.append(sys.getswitchinterval()), batch(2))
        seen.append(sys.getswitchinterval())

    brought_by(another, batch(1))

    assert seen == [pytest.approx(TURN)] * 2
    assert sys.getswitchinterval() == usual


def batch(number: int) -> Batch:
    return Batch(documents=[document(number)])


def brought_by(take: Callable[[Batch], object], *each: Batch) -> None:
    with writing((one for one in each), take) as work:
        list(work.results())

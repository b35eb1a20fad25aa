"""What is written while a file is still being read: nothing stays of it unless the whole file is good."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.models import Annotation, Article, Desk
from annotations.services import imports, prepared_documents
from annotations.services.import_reports import Report
from annotations.services.imports import Options, import_file
from annotations.services.verification import verify_history
from tests.people import People

Documents = Callable[[], Iterator[IncomingDocument]]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_batches")]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "BATCH_DOCUMENTS", 2)


def document(number: int) -> IncomingDocument:
    text = f"The ferry to the island was late on Tuesday. Number {number}."
    return IncomingDocument(key=f"document {number}", text=text, spans=[IncomingSpan(1, 4, 9, "ferry")])


def in_utf16() -> IncomingDocument:
    spans = [IncomingSpan(1, 7, 12, "ferry"), IncomingSpan(2, 0, 2, "\U0001f6a2")]
    return IncomingDocument(key="wide", text="\U0001f6a2 The ferry is late.", spans=spans)


def first_ten() -> Iterator[IncomingDocument]:
    """Then the reader waits until something of them is written ahead."""
    yield from map(document, range(10))
    end = time.monotonic() + 40
    while not _is_written_ahead():
        assert time.monotonic() < end, "nobody writes ahead"
        time.sleep(0.01)


def _is_written_ahead() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state = 'idle in transaction' AND query LIKE 'COPY%annotationterm%'"
        )
        return cursor.fetchone() is not None


def brought(desk: Desk, people: People, documents: Documents) -> Report:
    return import_file(desk_id=desk.pk, actor=people.checker, documents=documents, options=Options())


def test_nothing_stays_of_a_file_that_cannot_be_read_to_its_end(desk: Desk, people: People) -> None:
    def documents() -> Iterator[IncomingDocument]:
        yield from first_ten()
        raise DomainError("malformed", "Line 11 is no JSON.")

    with pytest.raises(DomainError, match="Line 11"):
        brought(desk, people, documents)

    assert not Article.objects.exists()


def test_a_unit_that_shows_at_the_end_holds_for_what_was_written_ahead(desk: Desk, people: People) -> None:
    readings: list[int] = []

    def documents() -> Iterator[IncomingDocument]:
        readings.append(1)
        yield from first_ten() if len(readings) == 1 else map(document, range(10))
        yield in_utf16()

    report = brought(desk, people, documents)

    assert (report.unit, report.documents, report.created, report.refused) == ("utf16", 11, 12, [])
    assert Article.objects.count() == 11
    places = Annotation.objects.filter(article__title="wide").order_by("start").values_list("start", "end", "exact")
    assert list(places) == [(0, 1, "\U0001f6a2"), (6, 11, "ferry")]
    assert verify_history(desk).broken == ""


def test_a_long_file_comes_in_once(desk: Desk, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond memory is read again after the look, and what was written ahead begins anew without waiting."""
    monkeypatch.setattr(prepared_documents, "KEPT", 1500)

    report = brought(desk, people, lambda: map(document, range(20)))

    assert (report.documents, report.created, report.existing, report.refused) == (20, 20, 0, [])
    assert Annotation.objects.count() == 20
    again = brought(desk, people, lambda: map(document, range(20)))
    assert (again.created, again.existing) == (0, 20)

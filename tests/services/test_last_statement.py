"""The event of a write travels with its COMMIT: nobody on the desk waits for a write that is not at its end."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.models import Annotation, Article, Desk, Event
from annotations.services.history import record
from annotations.services.verification import verify_history
from tests.factories import annotate, import_text
from tests.people import People

SECONDS = 60


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    """A thread with a connection of its own, whose waits for locks end in an error."""

    def begin() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{SECONDS}s'")

    with ThreadPoolExecutor(1, initializer=begin) as pool:
        yield pool
        pool.submit(lambda: connection.close()).result()  # noqa: PLW0108 (each thread has its own)


@pytest.mark.django_db(transaction=True)
def test_write_that_takes_long_keeps_nobody_else_of_the_desk_waiting(
    article: Article, desk: Desk, people: People, elsewhere: ThreadPoolExecutor
) -> None:
    other = import_text(desk, people.checker, "Five of nine came.")

    with transaction.atomic():
        slow = record(article, actor=people.checker, action="noted")
        quick = elsewhere.submit(annotate, other, people.checker, "nine").result(SECONDS)

    made = Event.objects.filter(desk=desk, object_id__in=[slow.object_id, quick.pk]).order_by("-number")
    assert [event.action for event in made][:2] == ["noted", "create"]
    assert verify_history(desk).broken == ""


@pytest.mark.django_db(transaction=True)
def test_what_follows_in_the_transaction_sees_the_event(article: Article, people: People) -> None:
    with transaction.atomic():
        event = record(article, actor=people.checker, action="noted")

        assert Event.objects.get(pk=event.pk).hash != ""


@pytest.mark.django_db(transaction=True)
def test_event_goes_with_the_savepoint_it_was_made_in(article: Article, people: People) -> None:
    with transaction.atomic():
        kept = record(article, actor=people.checker, action="noted")
        with suppress(KeyError), transaction.atomic():
            record(article, actor=people.checker, action="noted")
            raise KeyError

    assert [event.pk for event in Event.objects.filter(action="noted")] == [kept.pk]


@pytest.mark.django_db(transaction=True)
def test_event_that_the_database_refuses_takes_the_write_with_it(article: Article, people: People) -> None:
    before = Annotation.objects.count(), Event.objects.count()
    nowhere = Article(id=article.pk, desk_id=uuid4())

    @transaction.atomic
    def write() -> None:
        annotate(article, people.checker, "nine")
        record(nowhere, actor=people.checker, action="noted")

    with pytest.raises(IntegrityError):
        write()

    assert (Annotation.objects.count(), Event.objects.count()) == before
    annotate(article, people.checker, "nine")
    assert Annotation.objects.count() == before[0] + 1

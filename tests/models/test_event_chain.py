"""Events may come numbered and hashed, many in a statement: only as the one continuation of their desk's history."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from annotations.models import Article, Desk, Event
from annotations.models.base import new_id_text
from annotations.services.chained_events import COLUMNS, Chain, Chained, jsonb
from annotations.services.rows import copied_text
from annotations.services.verification import verify_history
from tests.factories import annotate
from tests.people import People

ACTION, NUMBER, PREVIOUS, HASH = 5, 12, 13, 14
NASTY = "\x01\x1f\x7f\\ \"'\t\r\n\b\f/ ä 👩🏽‍🔬 \u2028 \ufffe {}[],:"

Append = Callable[..., None]


@pytest.fixture
def append(article: Article, people: People) -> Append:
    """Three events after those that are there; `changed` makes of one's values and its place other values."""
    annotate(article, people.checker, "thousands of troops", terms=["quantity"])

    def run(changed: Callable[[list[str], int], object] = lambda values, place: None, after: object = None) -> None:
        with transaction.atomic():
            chain, rows = Chain(article.desk_id, people.checker, timezone.now()), []
            for place in range(3):
                values = next(chain.lines([edit(article, after or {})])).decode().split("\t")
                changed(values, place)
                rows.append("\t".join(values).encode())
            copied_text(Event, COLUMNS, rows)

    return run


def edit(article: Article, after: object) -> Chained:
    return new_id_text(), str(article.pk), None, "edit", "article", str(article.pk), jsonb(after).encode(), None


def test_the_next_events_may_come_numbered_and_hashed(append: Append, desk: Desk) -> None:
    count = Event.objects.filter(desk=desk).count()

    append(after={"note": NASTY, NASTY: [1, -2, True, None, {}], "ab": {"b": "", "a": []}, "é": 0, "zz": ""})
    append()

    found = verify_history(desk)
    assert (found.events, found.broken) == (count + 6, "")


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    ("column", "value"),
    [(ACTION, "other"), (NUMBER, "99"), (NUMBER, "1"), (PREVIOUS, "0" * 64), (PREVIOUS, ""), (HASH, "0" * 64 + "\n")],
)
def test_one_event_that_does_not_follow_refuses_them_all(
    append: Append, desk: Desk, place: int, column: int, value: str
) -> None:
    count = Event.objects.filter(desk=desk).count()

    def change(values: list[str], number: int) -> None:
        if number == place:
            values[column] = value

    with pytest.raises(DatabaseError) as caught:
        append(change)

    assert caught.value.__cause__.diag.constraint_name in ("event_chained", "event_number_once")  # type: ignore[union-attr]
    assert Event.objects.filter(desk=desk).count() == count
    assert verify_history(desk).broken == ""


def test_right_hashes_after_a_gap_are_refused(article: Article, people: People, append: Append) -> None:
    chain = Chain(article.desk_id, people.checker, timezone.now())
    lines = list(chain.lines([edit(article, {}) for _ in range(3)]))

    with transaction.atomic(), pytest.raises(DatabaseError, match="does not continue"), transaction.atomic():
        copied_text(Event, COLUMNS, lines[1:])


@pytest.mark.parametrize("value", [1.5, UUID(int=1), object()])
def test_what_a_state_cannot_hold_is_not_hashed(value: object) -> None:
    with pytest.raises(TypeError, match="not of a state"):
        jsonb({"value": value})

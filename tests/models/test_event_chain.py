"""Events may come numbered and hashed, many in a statement: only as the one continuation of their desk's history."""

from collections.abc import Callable
from struct import pack, unpack_from
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from annotations.models import Article, Desk, Event
from annotations.services.binary_rows import Ids, copied_binary, id_of
from annotations.services.chained_events import COLUMNS, Chain, Teller, Told, jsonb
from annotations.services.verification import verify_history
from tests.factories import annotate
from tests.people import People

ACTION, NUMBER, PREVIOUS, HASH = 5, 12, 13, 14
NASTY = "\x01\x1f\x7f\\ \"'\t\r\n\b\f/ ä 👩🏽‍🔬 \u2028 \ufffe {}[],:"

Append = Callable[..., None]
Values = list[bytes | None]


def values_of(row: bytes) -> Values:
    """Of a row in COPY's binary format."""
    found: Values = []
    place = 2
    while place < len(row):
        (size,) = unpack_from("!i", row, place)
        found.append(None if size < 0 else row[place + 4 : place + 4 + size])
        place += 4 + max(size, 0)
    return found


def edit(article: Article, people: People, after: object) -> Told:
    teller, id = Teller(article.desk_id, people.checker), id_of(article.pk)
    return teller.of(Ids().new(), id, None, teller.what("edit", "article"), id, jsonb(after).encode())


def row_of(values: Values) -> bytes:
    rows = (pack("!i", -1) if value is None else pack("!i", len(value)) + value for value in values)
    return pack("!h", len(values)) + b"".join(rows)


@pytest.fixture
def append(article: Article, people: People) -> Append:
    """Events after those that are there; `changed` makes of one's values and its place other values."""
    annotate(article, people.checker, "thousands of troops", terms=["quantity"])

    def run(
        changed: Callable[[Values, int], object] = lambda values, place: None, after: object = None, count: int = 3
    ) -> None:
        with transaction.atomic():
            chain, rows = Chain(article.desk_id, timezone.now()), []
            for place in range(count):
                values = values_of(next(chain.rows([edit(article, people, after or {})])))
                changed(values, place)
                rows.append(row_of(values))
            copied_binary(Event, COLUMNS, rows)

    return run


def test_the_next_events_may_come_numbered_and_hashed(append: Append, desk: Desk) -> None:
    count = Event.objects.filter(desk=desk).count()

    append(after={"note": NASTY, NASTY: [1, -2, True, None, {}], "ab": {"b": "", "a": []}, "é": 0, "zz": ""})
    append()

    found = verify_history(desk)
    assert (found.events, found.broken) == (count + 6, "")


CHANGES: list[tuple[int, bytes]] = [
    (NUMBER, pack("!q", 99_999)),
    (NUMBER, pack("!q", 1)),
    (PREVIOUS, b"0" * 64),
    (PREVIOUS, b""),
    (HASH, b"0" * 64),
]
"""What makes an event one that does not follow the one before it, or is not followed by the next one."""

MANY = 320


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(("column", "value"), [(ACTION, b"other"), *CHANGES])
def test_one_event_that_does_not_follow_refuses_them_all(
    append: Append, desk: Desk, place: int, column: int, value: bytes
) -> None:
    count = Event.objects.filter(desk=desk).count()

    def change(values: Values, number: int) -> None:
        if number == place:
            values[column] = value

    with pytest.raises(DatabaseError) as caught:
        append(change)

    assert caught.value.__cause__.diag.constraint_name in ("event_chained", "event_number_once")  # type: ignore[union-attr]
    assert Event.objects.filter(desk=desk).count() == count
    assert verify_history(desk).broken == ""


@pytest.mark.parametrize("place", [0, 100, MANY - 1])
@pytest.mark.parametrize(("column", "value"), CHANGES)
def test_of_many_events_every_one_has_to_follow(append: Append, place: int, column: int, value: bytes) -> None:
    def change(values: Values, number: int) -> None:
        if number == place:
            values[column] = value

    with pytest.raises(DatabaseError) as caught:
        append(change, count=MANY)

    assert caught.value.__cause__.diag.constraint_name in ("event_chained", "event_number_once")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "is_wrong", [lambda place: place == 0, lambda place: place == MANY - 1, lambda place: place > 0]
)
def test_of_many_events_some_hashes_are_computed_again(append: Append, is_wrong: Callable[[int], bool]) -> None:
    def change(values: Values, place: int) -> None:
        if is_wrong(place):
            values[ACTION] = b"other"

    with pytest.raises(DatabaseError, match="does not continue"):
        append(change, count=MANY)


def test_verification_computes_the_hash_of_each_of_many(append: Append, desk: Desk) -> None:
    before = Event.objects.filter(desk=desk).count()
    place = next(each for each in (100, 101) if (before + 1 + each) % 16)

    def change(values: Values, number: int) -> None:
        if number == place:
            values[ACTION] = b"other"

    append(change, count=MANY)

    assert "was changed" in verify_history(desk).broken


def test_right_hashes_after_a_gap_are_refused(article: Article, people: People, append: Append) -> None:
    rows = list(Chain(article.desk_id, timezone.now()).rows([edit(article, people, {}) for _ in range(3)]))

    with transaction.atomic(), pytest.raises(DatabaseError, match="does not continue"), transaction.atomic():
        copied_binary(Event, COLUMNS, rows[1:])


@pytest.mark.parametrize("value", [1.5, UUID(int=1), object()])
def test_what_a_state_cannot_hold_is_not_hashed(value: object) -> None:
    with pytest.raises(TypeError, match="not of a state"):
        jsonb({"value": value})

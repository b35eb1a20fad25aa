"""Imported annotations with labels and nothing else become to the byte what the long way makes of them."""

import datetime as dt
from uuid import UUID

import pytest
import uuid_utils

from annotations.models import Article, Desk, Revision, Term, User
from annotations.services import binary_rows
from annotations.services.binary_rows import Ids
from annotations.services.chained_events import jsonb
from annotations.services.history import annotation_with
from annotations.services.imported_rows import New, Rows
from annotations.services.plain_rows import PARTS, Labels, Place

NOW = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
TEXT = (
    'The "mayor" of 東京 said:\n\nC:\\path\tand 🚋 “trams” \x01run, é or not — ' + "long enough to have context. " * 3
)


def added(*, plain: bool, place: Place, labels: Labels, ranges: list[tuple[int, int]]) -> Rows:
    rows = Rows(Desk(pk=UUID(int=1)), User(pk=UUID(int=2)), NOW)
    add = rows.plain(place)
    for start, end in ranges:
        if plain:
            add(start, end, labels)
        else:
            new = New(rows.ids.new(), place, start, end, (), "", "", labels)
            state = jsonb(annotation_with(new.row(rows.actor, NOW), terms=labels.keys, **dict.fromkeys(PARTS, ())))
            rows.add(new)
            assert rows._lists.told[-1][1].endswith(state.encode())
    return rows


@pytest.mark.parametrize("text", [TEXT, TEXT.replace('"', "'").replace("\\", "/").replace("\x01", "")])
@pytest.mark.parametrize("keys", [(), ("claim",), ("b-key", "a-key", "é")])
def test_both_ways_write_the_same_bytes(text: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    first = uuid_utils.uuid7()
    monkeypatch.setattr(binary_rows.uuid_utils, "uuid7", lambda: first)
    article = Article(pk=UUID(int=3), desk_id=UUID(int=1))
    article.revision = Revision(pk=UUID(int=4), text=text)
    labels = Labels.of([Term(pk=UUID(int=5 + number), key=key) for number, key in enumerate(keys)])
    size = len(text)
    ranges = [(start, end) for start in range(0, size, 7) for end in (start + 1, start + 20, size) if end <= size]
    short, long = (added(plain=plain, place=Place.of(article), labels=labels, ranges=ranges) for plain in (True, False))
    assert short._lists.annotations == long._lists.annotations
    assert short._lists.labels == long._lists.labels
    assert short._lists.told == long._lists.told


def test_ids_are_uuids_of_version_7_in_their_order() -> None:
    ids, others = Ids(), Ids()
    found = [ids.new() for _ in range(300)]
    assert [UUID(text).bytes for text, _ in found] == [column[4:] for _, column in found]
    assert {UUID(text).version for text, _ in found} == {7}
    assert sorted(found) == found
    assert others.begin != ids.begin

"""Saved filters: one's own and the desk's, one default each, deleted and brought back; nothing leaks between desks."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from annotations.core.errors import DomainError
from annotations.models import Desk, Event, SavedFilter, User
from annotations.services.saved_filters import change_filter, delete_filter, restore_filter, save_filter
from tests.people import People

OPEN = {"state": ["open"]}


def keep(
    actor: User, name: str = "Open ones", parameters: Mapping[str, Sequence[str]] = OPEN, **more: Any
) -> SavedFilter:
    return save_filter(actor=actor, page="worklist", name=name, parameters=parameters, **more)


def code_of(attempt: Any) -> str:
    with pytest.raises(DomainError) as refused:
        attempt()
    return refused.value.code


def test_own_filter_is_seen_by_nobody_else_and_leaves_no_event(people: People) -> None:
    before = Event.objects.count()
    mine = keep(people.checker, "  My   open ones ", {"state": ["open"], "term": ["quantity"], "q": ["troops"]})

    assert mine.name == "My open ones"
    assert mine.parameters == {"state": ["open"], "term": ["quantity"], "q": ["troops"]}
    assert list(SavedFilter.objects.visible_to(people.checker)) == [mine]
    assert not SavedFilter.objects.visible_to(people.admin).exists()
    assert Event.objects.count() == before
    for person in (people.admin, people.checker2, people.stranger):
        assert code_of(lambda person=person: delete_filter(filter_id=mine.pk, actor=person)) == "not_found"


def test_shared_filter_is_a_setting_of_the_desk(people: People, desk: Desk) -> None:
    shared = keep(people.admin, desk_id=desk.pk)

    assert [list(SavedFilter.objects.visible_to(person)) for person in (people.reader, people.stranger)] == [
        [shared],
        [],
    ]
    assert code_of(lambda: keep(people.checker, desk_id=desk.pk)) == "not_allowed"
    assert code_of(lambda: keep(people.stranger, desk_id=desk.pk)) == "not_found"
    refusals = {
        code_of(lambda: change_filter(filter_id=shared.pk, actor=people.checker, name="x", is_default=False)),
        code_of(lambda: delete_filter(filter_id=shared.pk, actor=people.checker)),
    }
    assert refusals == {"not_allowed"}
    change_filter(filter_id=shared.pk, actor=people.admin, name="Better", is_default=True)
    delete_filter(filter_id=shared.pk, actor=people.admin)
    restore_filter(filter_id=shared.pk, actor=people.admin)
    actions = Event.objects.filter(object_id=shared.pk).order_by("number").values_list("action", flat=True)
    assert list(actions) == ["share_filter", "change_filter", "delete_filter", "restore_filter"]


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"term": ["no-such-term"]}, "unknown_parameter"),
        ({"term": ["accurate"]}, "unknown_parameter"),
        ({"author": ["stranger"]}, "unknown_parameter"),
        ({"desk": ["other"]}, "unknown_parameter"),
        ({"page": ["2"]}, "unknown_parameter"),
        ({"language": ["en"]}, "unknown_parameter"),
        ({"q": [" "]}, "missing"),
        ({}, "missing"),
    ],
)
def test_only_what_narrows_this_page_for_this_person_is_kept(
    parameters: dict[str, list[str]], code: str, people: People
) -> None:
    assert code_of(lambda: keep(people.checker, parameters=parameters)) == code
    assert not SavedFilter.objects.exists()


def test_name_is_taken_once_a_person_and_once_a_desk(people: People, desk: Desk) -> None:
    mine = keep(people.checker)
    keep(people.checker2)
    keep(people.admin, desk_id=desk.pk)

    assert code_of(lambda: keep(people.checker)) == "name_taken"
    other = keep(people.checker, "Others")
    rename = {"filter_id": other.pk, "actor": people.checker, "name": "Open ones", "is_default": False}
    assert code_of(lambda: change_filter(**rename)) == "name_taken"
    delete_filter(filter_id=mine.pk, actor=people.checker)
    change_filter(**rename)
    assert code_of(lambda: restore_filter(filter_id=mine.pk, actor=people.checker)) == "name_taken"


def test_new_default_takes_the_place_of_the_old_one(people: People, desk: Desk) -> None:
    first = keep(people.checker, "First", is_default=True)
    of_desk = keep(people.admin, "Desk's", desk_id=desk.pk, is_default=True)
    second = keep(people.checker, "Second", is_default=True)

    assert set(SavedFilter.objects.filter(is_default=True)) == {second, of_desk}
    delete_filter(filter_id=second.pk, actor=people.checker)
    change_filter(filter_id=first.pk, actor=people.checker, name="First", is_default=True)
    restored = restore_filter(filter_id=second.pk, actor=people.checker)
    assert not restored.is_default


def test_names_and_pages_are_checked(people: People) -> None:
    assert code_of(lambda: keep(people.checker, " ")) == "missing"
    assert code_of(lambda: keep(people.checker, "a" * 81)) == "too_long"
    assert code_of(lambda: save_filter(actor=people.checker, page="desks", name="x", parameters=OPEN)) == "unknown_page"

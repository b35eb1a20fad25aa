"""Members: roles change at once, work stays, and a desk always keeps an administrator."""

import pytest

from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, Role
from annotations.models import Annotation, Article, Desk, Event, Membership, User
from annotations.permissions import may
from annotations.services.accounts import deactivate_user
from annotations.services.desks import set_membership
from annotations.services.members import add_member, bring_back_member, change_roles, deactivate_member
from tests.people import People
from tests.services.test_races import at_once
from tests.states import annotation_at


def of(desk: Desk, user: User) -> Membership:
    return Membership.objects.get(desk=desk, user=user)


def roles(desk: Desk, user: User) -> tuple[list[str], bool]:
    row = of(desk, user)
    return row.roles, row.active


def test_person_is_added_by_user_name_with_one_event(desk: Desk, people: People) -> None:
    made = add_member(desk_id=desk.pk, actor=people.admin, username=" nobody ", roles=[Role.READER, Role.CHECKER])

    event = Event.objects.get(object_id=made.pk)
    assert roles(desk, people.nobody) == (["checker", "reader"], True)
    assert (event.action, event.actor_id, event.before) == ("set_roles", people.admin.pk, None)
    assert event.after == {"user": "nobody", "roles": ["checker", "reader"], "active": True}


@pytest.mark.parametrize(
    ("username", "chosen", "code", "pointer"),
    [
        ("nowhere", [Role.READER], "unknown_user", "/username"),
        ("checker", [Role.READER], "already_member", "/username"),
        ("nobody", [], "no_roles", "/roles"),
    ],
)
def test_addition_that_cannot_be_is_refused(
    username: str, chosen: list[Role], code: str, pointer: str, desk: Desk, people: People
) -> None:
    with pytest.raises(DomainError) as refused:
        add_member(desk_id=desk.pk, actor=people.admin, username=username, roles=chosen)

    assert (refused.value.code, refused.value.errors[0].pointer) == (code, pointer)


def test_deactivated_account_cannot_be_added(desk: Desk, people: People) -> None:
    deactivate_user(people.nobody)

    with pytest.raises(DomainError, match='Nobody has the user name "nobody"'):
        add_member(desk_id=desk.pk, actor=people.admin, username="nobody", roles=[Role.READER])


def test_roles_are_changed_by_whoever_saw_the_current_ones(desk: Desk, people: People) -> None:
    membership = of(desk, people.checker)

    changed = change_roles(
        membership_id=membership.pk, actor=people.admin, roles=[Role.REVIEWER], seen_roles=["checker"]
    )

    assert changed.roles == ["reviewer"]
    with pytest.raises(DomainError, match="Somebody changed the roles") as refused:
        change_roles(membership_id=membership.pk, actor=people.admin, roles=[Role.HEAD], seen_roles=["checker"])
    assert (refused.value.code, refused.value.extra) == ("stale", {"roles": ["reviewer"]})


def test_same_roles_again_write_nothing(desk: Desk, people: People) -> None:
    membership = of(desk, people.checker)

    change_roles(membership_id=membership.pk, actor=people.admin, roles=[Role.CHECKER])
    bring_back_member(membership_id=membership.pk, actor=people.admin)

    assert Event.objects.filter(object_id=membership.pk, actor=people.admin).count() == 0


def test_work_of_a_former_member_stays_and_they_come_back_with_their_roles(
    desk: Desk, people: People, article: Article
) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    membership = of(desk, people.checker)

    deactivate_member(membership_id=membership.pk, actor=people.admin)
    deactivate_member(membership_id=membership.pk, actor=people.admin)

    annotation.refresh_from_db()
    gone = User.objects.get(pk=people.checker.pk)
    assert roles(desk, people.checker) == (["checker"], False)
    assert (annotation.author, annotation.state) == (people.checker, AnnotationState.SIGNED_OFF)
    assert not Annotation.objects.visible_to(gone).exists()
    assert not may(gone, "edit", annotation)
    with pytest.raises(DomainError, match="Bring them back first"):
        change_roles(membership_id=membership.pk, actor=people.admin, roles=[Role.HEAD])
    bring_back_member(membership_id=membership.pk, actor=people.admin)
    assert roles(desk, people.checker) == (["checker"], True)
    actions = Event.objects.filter(object_id=membership.pk).order_by("number").values_list("action", flat=True)
    assert list(actions) == ["set_roles"] * 3


def test_last_administrator_stays_one(desk: Desk, people: People) -> None:
    membership = of(desk, people.admin)

    for attempt in (
        lambda: change_roles(membership_id=membership.pk, actor=people.admin, roles=[Role.HEAD]),
        lambda: deactivate_member(membership_id=membership.pk, actor=people.admin),
    ):
        with pytest.raises(DomainError, match="Admin is the last administrator of this desk") as refused:
            attempt()
        assert refused.value.code == "wrong_state"
    assert roles(desk, people.admin) == (["administrator"], True)


def test_administrator_with_another_one_may_leave(desk: Desk, people: People) -> None:
    set_membership(desk=desk, user=people.head, roles=[Role.HEAD, Role.ADMINISTRATOR])

    change_roles(membership_id=of(desk, people.admin).pk, actor=people.admin, roles=[Role.READER])

    assert roles(desk, people.admin) == (["reader"], True)


def test_administrator_whose_account_ended_does_not_count(desk: Desk, people: People) -> None:
    set_membership(desk=desk, user=people.head, roles=[Role.ADMINISTRATOR])
    deactivate_user(people.head)

    with pytest.raises(DomainError, match="the last administrator"):
        deactivate_member(membership_id=of(desk, people.admin).pk, actor=people.admin)


@pytest.mark.parametrize(("name", "code"), [("head", "not_allowed"), ("stranger", "not_found")])
def test_only_administrators_of_the_desk_change_members(name: str, code: str, desk: Desk, people: People) -> None:
    actor, membership = getattr(people, name), of(desk, people.checker)

    for attempt in (
        lambda: add_member(desk_id=desk.pk, actor=actor, username="nobody", roles=[Role.READER]),
        lambda: change_roles(membership_id=membership.pk, actor=actor, roles=[Role.HEAD]),
        lambda: deactivate_member(membership_id=membership.pk, actor=actor),
        lambda: bring_back_member(membership_id=membership.pk, actor=actor),
    ):
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code == code
    assert roles(desk, people.checker) == (["checker"], True)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_put_each_other_off_at_once(desk: Desk, people: People) -> None:
    set_membership(desk=desk, user=people.head, roles=[Role.ADMINISTRATOR])
    pair = [people.admin, people.head]

    at_once(lambda number: deactivate_member(membership_id=of(desk, pair[(number + 1) % 2]).pk, actor=pair[number % 2]))

    left = Membership.objects.filter(desk=desk, active=True, roles__contains=["administrator"])
    assert left.count() == 1

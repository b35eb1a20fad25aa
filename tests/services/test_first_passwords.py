"""One-time passwords: shown once, good for a week, replaced at first login, and no way into somebody else's account."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from annotations.core.errors import DomainError
from annotations.core.states import Role
from annotations.models import Desk, Event, Membership, User
from annotations.services.desks import create_desk, set_membership
from annotations.services.first_passwords import LIFETIME, issue_password, open_account
from tests.people import People


def opened(desk: Desk, people: People, username: str = "fresh") -> tuple[Membership, str]:
    return open_account(
        desk_id=desk.pk, actor=people.admin, username=username, display_name="Fresh Person", roles=[Role.CHECKER]
    )


def test_account_is_opened_on_the_desk_with_a_password_that_runs_out(desk: Desk, people: People) -> None:
    member, password = opened(desk, people, " fresh ")

    user = User.objects.get(username="fresh")
    assert user.check_password(password)
    assert str(user) == "Fresh Person"
    assert user.one_time_until is not None
    assert dt.timedelta(0) < timezone.now() + LIFETIME - user.one_time_until < dt.timedelta(minutes=5)
    assert (member.desk_id, member.roles, member.active) == (desk.pk, ["checker"], True)


def test_history_tells_who_opened_it_and_no_password(desk: Desk, people: People) -> None:
    member, first = opened(desk, people)
    second = issue_password(membership_id=member.pk, actor=people.admin)[1]

    events = Event.objects.filter(desk=desk, object_id=member.user_id).order_by("number")
    assert [(event.action, event.actor_id) for event in events] == [
        ("open_account", people.admin.pk),
        ("issue_password", people.admin.pk),
    ]
    told = json.dumps([[event.before, event.after, event.reason] for event in Event.objects.all()])
    assert first not in told
    assert second not in told


def test_new_password_ends_the_one_before(desk: Desk, people: People) -> None:
    member, first = opened(desk, people)
    User.objects.filter(pk=member.user_id).update(one_time_until=timezone.now() - dt.timedelta(days=1))

    second = issue_password(membership_id=member.pk, actor=people.admin)[1]

    user = User.objects.get(pk=member.user_id)
    assert first != second
    assert (user.check_password(first), user.check_password(second)) == (False, True)
    assert user.one_time_until is not None
    assert user.one_time_until > timezone.now()


@pytest.mark.parametrize(
    ("username", "roles", "code"),
    [("checker", [Role.READER], "name_taken"), ("fresh", [], "no_roles"), ("a b!", [Role.READER], "invalid")],
)
def test_account_that_cannot_be_is_refused_and_nothing_is_left(
    username: str, roles: list[Role], code: str, desk: Desk, people: People
) -> None:
    before = User.objects.count()

    with pytest.raises(DomainError) as refused:
        open_account(desk_id=desk.pk, actor=people.admin, username=username, display_name="", roles=roles)

    assert (refused.value.code, User.objects.count()) == (code, before)


def test_only_administrators_open_accounts_and_issue_passwords(desk: Desk, people: People) -> None:
    member, _ = opened(desk, people)

    for actor in (people.checker, people.head):
        with pytest.raises(DomainError, match="administrator"):
            open_account(desk_id=desk.pk, actor=actor, username="other", display_name="", roles=[Role.READER])
        with pytest.raises(DomainError, match="administrator"):
            issue_password(membership_id=member.pk, actor=actor)


def test_nobody_gets_into_an_account_that_has_its_own_password(desk: Desk, people: People) -> None:
    member = Membership.objects.get(desk=desk, user=people.head)

    with pytest.raises(DomainError, match="has chosen a password already") as refused:
        issue_password(membership_id=member.pk, actor=people.admin)

    assert refused.value.code == "wrong_state"


def test_nobody_gets_into_an_account_that_works_on_another_desk(desk: Desk, people: People) -> None:
    member, password = opened(desk, people)
    other = create_desk(slug="other-desk", name="Other desk")
    set_membership(desk=other, user=member.user, roles=[Role.HEAD])

    with pytest.raises(DomainError) as refused:
        issue_password(membership_id=member.pk, actor=people.admin)

    assert refused.value.code == "not_allowed"
    assert User.objects.get(pk=member.user_id).check_password(password)

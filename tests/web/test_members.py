"""The pages about who is on a desk: for its administrators; what they change holds from the next request on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotations.core.states import Role
from annotations.models import Article, Desk, Membership, User
from annotations.services.desks import set_membership
from annotations.services.tokens import create_token
from tests.people import People

As = Callable[[User], Client]
URL = "/desks/demo/members/"


@pytest.fixture
def admin(people: People, as_user: As) -> Client:
    return as_user(people.admin)


def of(desk: Desk, user: User) -> Membership:
    return Membership.objects.get(desk=desk, user=user)


def test_person_is_added_and_sees_the_desk(admin: Client, desk: Desk, people: People, as_user: As) -> None:
    nobody = as_user(people.nobody)
    assert nobody.get("/desks/demo/settings/").status_code == 404

    response = admin.post(URL, {"username": "nobody", "roles": ["checker", "reviewer"]})

    assert response["Location"] == URL
    assert of(desk, people.nobody).roles == ["checker", "reviewer"]
    assert "nobody is on the desk now." in admin.get(URL).content.decode()
    assert nobody.get("/desks/demo/settings/").status_code == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"username": "nowhere", "roles": ["checker"]}, "Nobody has the user name &quot;nowhere&quot;."),
        ({"username": "checker", "roles": ["checker"]}, "Checker is on this desk already."),
        ({"username": "nobody"}, "Choose at least one role."),
        ({"username": "nobody", "roles": ["owner"]}, "owner is not one of the available choices."),
    ],
)
def test_wrong_addition_is_refused_and_kept(data: dict[str, Any], sentence: str, admin: Client) -> None:
    response = admin.post(URL, data)

    source = response.content.decode()
    assert response.status_code == 422
    assert sentence in source
    assert f'value="{data["username"]}"' in source


def test_changed_roles_hold_at_the_next_request(
    admin: Client, checker: Client, desk: Desk, people: People, article: Article
) -> None:
    address = f"/members/{of(desk, people.checker).pk}/"
    annotate = f"/articles/{article.pk}/annotate/"
    assert checker.get(annotate).status_code == 200
    assert 'value="checker" id="roles-roles_0" checked' in admin.get(address).content.decode()

    response = admin.post(address, {"roles": ["administrator"], "seen_roles": "checker"})

    assert response["Location"] == URL
    assert checker.get(annotate).status_code == 403
    assert checker.get(URL).status_code == 200


def test_second_administrator_is_told_and_sees_the_current_roles(admin: Client, desk: Desk, people: People) -> None:
    address = f"/members/{of(desk, people.checker).pk}/"
    admin.post(address, {"roles": ["reviewer"], "seen_roles": "checker"})

    response = admin.post(address, {"roles": ["head"], "seen_roles": "checker"})

    source = response.content.decode()
    assert response.status_code == 412
    assert "Somebody changed the roles of this person in the meantime." in source
    assert "Now: Reviewer" in source
    assert 'name="seen_roles" value="reviewer"' in source
    assert of(desk, people.checker).roles == ["reviewer"]


def test_last_administrator_cannot_leave(admin: Client, desk: Desk, people: People) -> None:
    membership = of(desk, people.admin)

    changed = admin.post(f"/members/{membership.pk}/", {"roles": ["head"], "seen_roles": "administrator"})
    left = admin.post(f"/members/{membership.pk}/deactivate/", {"typed": "admin"})

    for response in (changed, left):
        assert response.status_code == 409
        assert "Admin is the last administrator of this desk." in response.content.decode()
    assert of(desk, people.admin).roles == ["administrator"]


def test_membership_ends_when_the_user_name_is_typed(
    admin: Client, checker: Client, desk: Desk, people: People, article: Article
) -> None:
    address = f"/members/{of(desk, people.checker).pk}/deactivate/"
    _token, key = create_token(user=people.checker, name="script")
    api = Client(headers={"Authorization": f"Bearer {key}"})
    assert api.get(f"/api/v1/articles/{article.pk}/").status_code == 200

    wrong = admin.post(address, {"typed": "checker2"})
    assert wrong.status_code == 422
    assert "This is not “checker”. Nothing was changed." in wrong.content.decode()
    assert of(desk, people.checker).active
    response = admin.post(address, {"typed": " checker "})

    assert response["Location"] == URL
    assert checker.get(f"/articles/{article.pk}/").status_code == 404
    assert api.get(f"/api/v1/articles/{article.pk}/").status_code == 404
    back = f"/members/{of(desk, people.checker).pk}/bring-back/"
    assert back in admin.get(URL).content.decode()
    assert admin.post(back)["Location"] == URL
    assert checker.get(f"/articles/{article.pk}/").status_code == 200


def test_others_are_told_who_may_and_find_no_member(desk: Desk, people: People, as_user: As) -> None:
    head, row = as_user(people.head), of(desk, people.checker)

    assert "Only an administrator of this desk can change its settings." in head.get(URL).content.decode()
    assert head.post(URL, {"username": "nobody", "roles": ["head"]}).status_code == 403
    for path in ("", "deactivate/", "bring-back/"):
        assert head.post(f"/members/{row.pk}/{path}", {"roles": ["head"], "typed": "checker"}).status_code == 404
    assert (of(desk, people.checker).roles, of(desk, people.checker).active) == (["checker"], True)


def test_administrator_of_another_desk_finds_no_member(
    desk: Desk, other_desk: Desk, people: People, as_user: As
) -> None:
    set_membership(desk=other_desk, user=people.stranger, roles=[Role.ADMINISTRATOR])

    response = as_user(people.stranger).post(f"/members/{of(desk, people.checker).pk}/", {"roles": ["head"]})

    assert response.status_code == 404


@pytest.mark.parametrize("more", [0, 1])
def test_list_takes_a_fixed_number_of_queries(
    more: int, admin: Client, desk: Desk, people: People, django_assert_num_queries: Callable[[int], Any]
) -> None:
    if more:
        set_membership(desk=desk, user=people.nobody, roles=[Role.READER])

    with django_assert_num_queries(6):
        admin.get(URL)

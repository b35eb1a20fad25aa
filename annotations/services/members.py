"""Members of a desk: put a person on it, change their roles, end the membership, bring it back. Work always stays.

Every request reads the roles anew, so a change holds from the person's next request on, in the browser and with tokens.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError, wrong
from annotations.core.states import Role
from annotations.core.wording import _
from annotations.models import Desk, Membership, User
from annotations.services.desks import set_membership
from annotations.services.locks import administered_desk


@transaction.atomic
def add_member(*, desk_id: UUID, actor: User, username: str, roles: Iterable[Role]) -> Membership:
    """Put the person with this user name on the desk. Raises "unknown_user", "already_member", "no_roles"."""
    desk = administered_desk(desk_id, actor)
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise wrong("/username", "unknown_user", _('Nobody has the user name "{name}".').format(name=username.strip()))
    if Membership.objects.filter(desk=desk, user=user, active=True).exists():
        raise wrong(
            "/username",
            "already_member",
            _("{user} is on this desk already. Change their roles instead.").format(user=user),
        )
    return set_membership(desk=desk, user=user, roles=some_roles(roles), actor=actor)


@transaction.atomic
def change_roles(
    *, membership_id: UUID, actor: User, roles: Iterable[Role], seen_roles: Sequence[str] | None = None
) -> Membership:
    """Give a member exactly these roles. `seen_roles`: those that the actor was looking at; raises "stale"."""
    desk, membership = found_membership(membership_id, actor)
    if seen_roles is not None and sorted(seen_roles) != sorted(membership.roles):
        raise DomainError(
            "stale",
            _(
                "Somebody changed the roles of this person in the meantime. Look at them again, then "
                "repeat your change."
            ),
            extra={"roles": membership.roles},
        )
    if not membership.active:
        raise DomainError(
            "wrong_state", _("{user} is not on this desk any more. Bring them back first.").format(user=membership.user)
        )
    return _with_roles(desk, membership, some_roles(roles), actor)


@transaction.atomic
def deactivate_member(*, membership_id: UUID, actor: User) -> Membership:
    """End a membership; the roles are kept for the day it is brought back."""
    desk, membership = found_membership(membership_id, actor)
    return _with_roles(desk, membership, [], actor) if membership.active else membership


@transaction.atomic
def bring_back_member(*, membership_id: UUID, actor: User) -> Membership:
    """Give a former member the roles back that they had."""
    desk, membership = found_membership(membership_id, actor)
    if membership.active:
        return membership
    return _with_roles(desk, membership, [Role(role) for role in membership.roles], actor)


def _with_roles(desk: Desk, membership: Membership, roles: Sequence[Role], actor: User) -> Membership:
    """Raises "wrong_state" when nobody would be left who administers the desk."""
    if membership.active and {role.value for role in roles} == set(membership.roles):
        return membership
    changed = set_membership(desk=desk, user=membership.user, roles=roles, actor=actor)
    left = Membership.objects.filter(desk=desk, active=True, user__is_active=True)
    if not left.filter(roles__contains=[Role.ADMINISTRATOR.value]).exists():
        raise DomainError(
            "wrong_state",
            _("{user} is the last administrator of this desk. Make somebody else an administrator first.").format(
                user=membership.user
            ),
        )
    return changed


def found_membership(membership_id: UUID, actor: User) -> tuple[Desk, Membership]:
    """The membership as it is once its desk is locked: no other administrator changes it meanwhile."""
    desk_id = Membership.objects.filter(pk=membership_id).values_list("desk", flat=True).first()
    if desk_id is None:
        raise DomainError("not_found", _("There is no such member, or they are on a desk you do not work on."))
    desk = administered_desk(desk_id, actor)
    return desk, Membership.objects.select_related("user").get(pk=membership_id)


def some_roles(roles: Iterable[Role]) -> list[Role]:
    chosen = list(dict.fromkeys(roles))
    if not chosen:
        sentence = _("Choose at least one role. To take somebody off the desk, deactivate the membership.")
        raise wrong("/roles", "no_roles", sentence)
    return chosen

"""Accounts that administrators open: the password is shown once, runs out, and is replaced at the first login."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from annotations.core.errors import DomainError, FieldError
from annotations.core.states import Role
from annotations.models import Desk, Membership, User
from annotations.services.accounts import create_user
from annotations.services.desks import set_membership
from annotations.services.history import record
from annotations.services.locks import administered_desk
from annotations.services.members import found_membership, some_roles

LIFETIME: Final = dt.timedelta(days=7)
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is taken for something else when it is read out; 16 of them are 79 bits."""


@sensitive_variables("password")
@transaction.atomic
def open_account(
    *, desk_id: UUID, actor: User, username: str, display_name: str, roles: Iterable[Role]
) -> tuple[Membership, str]:
    """A new account on the desk, and its password, which is kept nowhere. Raises "username_taken", "no_roles"."""
    desk = administered_desk(desk_id, actor)
    chosen = some_roles(roles)
    password = _new_password()
    try:
        user = create_user(username=username.strip(), password=password, display_name=display_name)
    except IntegrityError as error:
        sentence = _("Somebody has this user name already. Choose another one, or add that person to the desk.")
        taken = FieldError("/username", "username_taken", sentence)
        raise DomainError(taken.code, sentence, errors=[taken]) from error
    _note(desk, actor, user, "open_account")
    return set_membership(desk=desk, user=user, roles=chosen, actor=actor), password


@sensitive_variables("password")
@transaction.atomic
def issue_password(*, membership_id: UUID, actor: User) -> tuple[Membership, str]:
    """A new one-time password in the place of one that was never used. The old one stops at once."""
    desk, membership = found_membership(membership_id, actor)
    user = User.objects.select_for_update(no_key=True).get(pk=membership.user_id)
    if user.one_time_until is None:
        raise DomainError("wrong_state", _("%(person)s has chosen a password already.") % {"person": user})
    if not membership.active or not user.is_active or user.is_superuser or _is_elsewhere(user, desk):
        sentence = _("Only the desk that a person works on alone can issue a password for them.")
        raise DomainError("not_allowed", sentence)
    password = _new_password()
    User.objects.filter(pk=user.pk).update(password=make_password(password))
    _note(desk, actor, user, "issue_password")
    membership.user = user
    return membership, password


def is_expired(user: User) -> bool:
    """Nobody logs in with it any more."""
    return user.one_time_until is not None and user.one_time_until <= timezone.now()


def _note(desk: Desk, actor: User, user: User, action: str) -> None:
    user.one_time_until = timezone.now() + LIFETIME
    user.save(update_fields=["one_time_until"])
    after = {"user": user.username, "one_time_until": user.one_time_until.isoformat()}
    record(desk, actor=actor, action=action, obj=user, after=after)


def _is_elsewhere(user: User, desk: Desk) -> bool:
    """Whoever can set the password can act as the person, on all of their desks."""
    return Membership.objects.filter(user=user, active=True).exclude(desk=desk).exists()


def _new_password() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)

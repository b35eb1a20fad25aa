"""The roles a person holds, and who may do what on a desk as a whole."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from annotations.core.states import Role
from annotations.core.wording import _, gettext_noop
from annotations.models import Desk, Membership, User
from annotations.models.compiled import Asked, Compiled
from annotations.permissions.decisions import YES, Decision, not_allowed

EDITORIAL = frozenset({Role.CHECKER, Role.REVIEWER, Role.HEAD})
HOLDERS = {
    Role.CHECKER: gettext_noop("checkers"),
    Role.REVIEWER: gettext_noop("reviewers"),
    Role.HEAD: gettext_noop("the head of research"),
    Role.CORRECTIONS_EDITOR: gettext_noop("corrections editors"),
    Role.READER: gettext_noop("readers"),
    Role.ADMINISTRATOR: gettext_noop("an administrator of this desk"),
}
"""How a sentence names those who hold a role; in English."""

_MEMBERSHIPS: Final[Compiled[Any]] = Compiled(
    lambda person: Membership.objects.filter(user_id=person, active=True).order_by().values_list("desk_id", "roles"),
    person=UUID(int=1),
)


def roles_on(user: User, desk_id: UUID) -> frozenset[Role]:
    """The roles a person holds on a desk; read once per user object."""
    if not knows_roles(user):
        remember_roles(user, _MEMBERSHIPS(person=user.pk))
    known: dict[UUID, frozenset[Role]] = user._roles_by_desk  # type: ignore[attr-defined]
    return known.get(desk_id, frozenset()) if user.is_active else frozenset()


def knows_roles(user: User) -> bool:
    return hasattr(user, "_roles_by_desk")


def asked_roles(user: User) -> Asked[Any]:
    """What `roles_on` would ask the database, for who asks it something else at the same time."""
    return _MEMBERSHIPS.asked(person=user.pk)


def remember_roles(user: User, rows: Iterable[tuple[UUID, list[str]]]) -> None:
    """The answer to that. One query a request, however many decisions."""
    user._roles_by_desk = {desk: frozenset(map(Role, roles)) for desk, roles in rows}  # type: ignore[attr-defined]


def needs(roles: frozenset[Role], wanted: Iterable[Role], what: str) -> Decision:
    """Yes when one of the wanted roles is held; else who could do it. `what`, in English, ends "Only they can ..."."""
    chosen = [role for role in Role if role in set(wanted)]
    if roles.intersection(chosen):
        return YES
    *names, last = [_(HOLDERS[role]) for role in chosen]
    if not names:
        return not_allowed(_("Only {who} can {what}.").format(who=last, what=_(what)))
    return not_allowed(_("Only {who} and {last} can {what}.").format(who=", ".join(names), last=last, what=_(what)))


def on_desk(desk: Desk, actor: User, action: str) -> Decision:
    roles = roles_on(actor, desk.pk)
    if action == "import":
        return needs(roles, EDITORIAL, gettext_noop("import articles"))
    if action == "administer":
        return needs(roles, {Role.ADMINISTRATOR}, gettext_noop("change its settings"))
    raise ValueError(action)

"""Policies of a desk: how many approvals and sources it asks for, and what clearing waits for."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError
from annotations.models import Desk, User
from annotations.permissions import require
from annotations.services.history import record
from annotations.services.rows import checked

POLICIES = ("approvals_needed", "sources_needed", "unnamed_alone", "coverage_required", "idle_hours")


@transaction.atomic
def set_policies(*, desk_id: UUID, actor: User, changes: Mapping[str, int | bool]) -> Desk:
    """Change some of POLICIES; with an event that tells the old and the new ones."""
    desk = Desk.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=desk_id).first()
    if desk is None:
        raise DomainError("not_found", "There is no such desk, or you do not work on it.")
    require(actor, "administer", desk)
    before = {name: getattr(desk, name) for name in POLICIES}
    for name in POLICIES:
        if name in changes:
            setattr(desk, name, changes[name])
    after = {name: getattr(desk, name) for name in POLICIES}
    if after != before:
        checked(desk).save(update_fields=list(POLICIES))
        record(desk, actor=actor, action="set_policies", before=before, after=after)
    return desk

"""Policies of a desk: how many approvals and sources it asks for, and what clearing waits for."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from annotations.models import Desk, User
from annotations.services.history import record
from annotations.services.locks import administered_desk
from annotations.services.rows import checked

POLICIES = ("approvals_needed", "sources_needed", "unnamed_alone", "coverage_required", "idle_hours")


@transaction.atomic
def set_policies(*, desk_id: UUID, actor: User, changes: Mapping[str, int | bool]) -> Desk:
    """Change some of POLICIES; with an event that tells the old and the new ones."""
    desk = administered_desk(desk_id, actor)
    before = {name: getattr(desk, name) for name in POLICIES}
    for name in POLICIES:
        if name in changes:
            setattr(desk, name, changes[name])
    after = {name: getattr(desk, name) for name in POLICIES}
    if after != before:
        checked(desk).save(update_fields=list(POLICIES))
        record(desk, actor=actor, action="set_policies", before=before, after=after)
    return desk

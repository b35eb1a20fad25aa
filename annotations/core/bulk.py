"""Bulk actions: what can be done to several annotations at once, and what each action has to know. Each annotation is
still a decision of its own; nothing here knows how one is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from annotations.core.errors import wrong
from annotations.core.wording import _, gettext_noop

MOST: Final = 500
"""Annotations that one request may name."""


class BulkAction(StrEnum):
    ASSIGN = "assign"
    RELEASE = "release"
    ADD_TERM = "add_term"
    REMOVE_TERM = "remove_term"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


NEEDED: Final = {
    BulkAction.ASSIGN: ("username", gettext_noop("Say who shall work on them.")),
    BulkAction.ADD_TERM: ("term", gettext_noop("Choose the term.")),
    BulkAction.REMOVE_TERM: ("term", gettext_noop("Choose the term.")),
    BulkAction.RETURN: ("reason", gettext_noop("Give a reason, so that the others understand.")),
    BulkAction.WITHDRAW: ("reason", gettext_noop("Give a reason, so that the others understand.")),
}
"""What an action asks for, and the sentence that says so, in English."""


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be done. `term` is a key, `username` a member; only what the action needs is looked at."""

    action: BulkAction
    username: str = ""
    term: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One annotation, as the person saw it."""

    id: UUID
    version: int


def check_order(order: Order, chosen: Sequence[Chosen]) -> None:
    """Raises "missing", "nothing_chosen", "too_many" or "chosen_twice" before anything is written."""
    if not chosen:
        raise wrong("/annotations", "nothing_chosen", _("Choose at least one annotation."))
    if len(chosen) > MOST:
        sentence = _("At most {most} annotations at once; you chose {count}.")
        raise wrong("/annotations", "too_many", sentence.format(most=MOST, count=len(chosen)))
    if len({each.id for each in chosen}) < len(chosen):
        raise wrong("/annotations", "chosen_twice", _("Name each annotation once."))
    name, missing = NEEDED.get(order.action, ("", ""))
    if name and not getattr(order, name).strip():
        raise wrong(f"/{name}", "missing", _(missing))


def terms_after(order: Order, keys: Sequence[str]) -> list[str]:
    """The labels that an annotation with these has after ADD_TERM or REMOVE_TERM, in their order."""
    others = [key for key in keys if key != order.term]
    if order.action is BulkAction.REMOVE_TERM:
        return others
    return list(keys) if order.term in keys else [*others, order.term]

"""Bulk actions: the same services as for one annotation, called for several, and one undo for all of them.

Each annotation is its own decision in its own transaction: lock, look, write, one event. What one is refused does not
stop the others. The order of articles and annotations is always that of their ids, so that two bulk actions over the
same annotations never wait for each other in a circle.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from annotations.core.bulk import BulkAction, Chosen, Order, check_order, terms_after
from annotations.core.drafts import AnnotationChanges
from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.models import Annotation, Event, User
from annotations.models.base import new_id
from annotations.services.annotations import edit_annotation
from annotations.services.assignments import assign
from annotations.services.history import in_bulk
from annotations.services.moves import move_annotation
from annotations.services.undo import undo_annotation

DONE: Final = "done"
UNCHANGED: Final = "unchanged"
"""It was so already; nothing was written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one annotation: DONE, UNCHANGED, or the code of a refusal with its sentence.

    `version` is the one it has now; None when it was refused.
    """

    id: UUID
    code: str
    detail: str = ""
    version: int | None = None

    @property
    def is_refused(self) -> bool:
        return self.code not in (DONE, UNCHANGED)


@dataclass(frozen=True, slots=True)
class BulkResult:
    """`bulk` is the id in the events, by which all of it can be undone; outcomes in the order that was asked for."""

    bulk: UUID
    outcomes: list[Outcome]

    @property
    def done(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.code == DONE]

    @property
    def unchanged(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.code == UNCHANGED]

    @property
    def refused(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.is_refused]


@dataclass(frozen=True, slots=True)
class _Known:
    """An annotation as it was before anything was locked, read in one statement: its labels are of this version."""

    article: UUID
    version: int
    terms: tuple[str, ...]


def act_on_several(*, actor: User, order: Order, chosen: Sequence[Chosen]) -> BulkResult:
    """Do one thing to each. Raises what `check_order` raises; everything else is an outcome of its annotation."""
    check_order(order, chosen)
    known = _known(actor, [each.id for each in chosen])

    def one(each: Chosen) -> tuple[Annotation, bool]:
        if each.id not in known:
            raise DomainError(
                "not_found", _("There is no such annotation, or it belongs to a desk you do not work on.")
            )
        return _act(actor, order, each, known[each.id])

    return _all_of(chosen, {id: row.article for id, row in known.items()}, one)


def undo_bulk(*, bulk: UUID, actor: User) -> BulkResult:
    """Take back what can be taken back and was not touched since; the undo is a bulk action itself.

    Raises "not_found", and "not_allowed" for what somebody else did.
    """
    rows = Event.objects.of_bulk(bulk).filter(annotation__in=Annotation.objects.visible_to(actor).values("pk"))
    events = {event.annotation_id: event for event in rows.order_by("id") if event.annotation_id and event.after}
    if not events:
        raise DomainError("not_found", _("There is no such bulk action, or you do not work on its desk."))
    if any(event.actor_id != actor.pk for event in events.values()):
        raise DomainError("not_allowed", _("Somebody else did this. Only they can undo it."))
    chosen = [Chosen(id, (event.after or {})["version"]) for id, event in events.items()]

    def one(each: Chosen) -> tuple[Annotation, bool]:
        return undo_annotation(annotation_id=each.id, actor=actor, seen_version=each.version), True

    return _all_of(chosen, {id: event.article_id for id, event in events.items()}, one)


def _all_of(
    chosen: Sequence[Chosen], articles: Mapping[UUID, UUID | None], one: Callable[[Chosen], tuple[Annotation, bool]]
) -> BulkResult:
    bulk = new_id()
    found: dict[UUID, Outcome] = {}
    with in_bulk(bulk):
        for each in sorted(chosen, key=lambda each: (str(articles.get(each.id)), str(each.id))):
            found[each.id] = _outcome(each, one)
    return BulkResult(bulk, [found[each.id] for each in chosen])


def _outcome(each: Chosen, one: Callable[[Chosen], tuple[Annotation, bool]]) -> Outcome:
    try:
        annotation, is_done = one(each)
    except DomainError as error:
        return Outcome(each.id, error.code, error.message)
    return Outcome(each.id, DONE if is_done else UNCHANGED, version=annotation.version)


def _act(actor: User, order: Order, each: Chosen, known: _Known) -> tuple[Annotation, bool]:
    """The annotation as it is afterwards, and whether anything was written."""
    id, version = each.id, each.version
    match order.action:
        case BulkAction.ASSIGN | BulkAction.RELEASE:
            username = order.username if order.action is BulkAction.ASSIGN else ""
            found = assign(annotation_id=id, actor=actor, username=username, seen_version=version)
        case BulkAction.ADD_TERM | BulkAction.REMOVE_TERM:
            # Labels of another version than the seen one must never be written back.
            terms = terms_after(order, known.terms) if known.version == version else None
            changes = AnnotationChanges(terms=terms)
            found = edit_annotation(annotation_id=id, actor=actor, seen_version=version, changes=changes)
        case BulkAction.APPROVE | BulkAction.RETURN | BulkAction.WITHDRAW:
            action, reason = order.action.value, order.reason
            found = move_annotation(annotation_id=id, actor=actor, action=action, seen_version=version, reason=reason)
            return found, True  # also an approval that is not the last one needed, which makes no new version
    return found, found.version != version


def _known(actor: User, ids: Iterable[UUID]) -> dict[UUID, _Known]:
    keys = ArrayAgg("labels__term__key", filter=Q(labels__isnull=False), default=[], order_by="labels__term__key")
    rows = Annotation.objects.visible_to(actor).filter(pk__in=list(ids)).annotate(keys=keys)
    found = rows.values_list("pk", "article_id", "version", "keys")
    return {id: _Known(article, version, tuple(terms)) for id, article, version, terms in found}

"""Moves of annotations through the review workflow: propose, approve, return, dispute, decide, reopen, withdraw."""

from uuid import UUID

from django.db import transaction

from annotations.core.decisions import ReviewDecision
from annotations.core.errors import wrong
from annotations.core.moves import ANNOTATION_MOVES, Move
from annotations.core.states import AnnotationState
from annotations.core.wording import _
from annotations.models import Annotation, Review, User
from annotations.permissions import Facts, facts_of, require
from annotations.services.annotations import save_version
from annotations.services.history import annotation_state, record
from annotations.services.locks import locked_annotation
from annotations.services.notices import quote_of, tell
from annotations.services.rows import checked, insert


@transaction.atomic
def move_annotation(
    *, annotation_id: UUID, actor: User, action: str, seen_version: int | None, reason: str = "", to: str = ""
) -> Annotation:
    """Make one move of core.moves.ANNOTATION_MOVES.

    `to` is asked for only where a move may lead to several states. Raises "not_allowed", "wrong_state", "stale",
    "reason_missing", "outcome_missing", "unknown_action".
    """
    annotation = locked_annotation(annotation_id, actor, seen_version)
    facts = facts_of(annotation)  # under the lock nobody changes them but this move
    require(actor, action, annotation, facts)
    move = ANNOTATION_MOVES[annotation.state, action]
    target = _target(move, to)
    if move.needs_reason and not reason.strip():
        raise wrong("/reason", "reason_missing", _("Give a reason, so that the others understand."))
    before = annotation_state(annotation)
    if action in list(ReviewDecision):
        target = _review(annotation, actor, action, target, reason, facts)
    if target == annotation.state:  # an approval that is not the last one needed
        record(annotation, actor=actor, action=action, before=before, after=before, reason=reason)
    else:
        annotation.state = target
        save_version(annotation, actor, action, before, reason)
    _tell(annotation, actor, move, reason, facts)
    return annotation


def _review(annotation: Annotation, actor: User, action: str, target: str, reason: str, facts: Facts) -> str:
    """Record the decision; the state it leads to, which is still "proposed" while approvals are missing."""
    review = Review(
        desk_id=annotation.desk_id,
        annotation=annotation,
        person=actor,
        decision=action,
        outcome=target,
        reason=reason,
        version=annotation.version,
    )
    if action == ReviewDecision.APPROVE:
        approvals = len(facts.approvals) + 1
        if approvals < annotation.article.desk.approvals_needed:
            review.outcome = target = AnnotationState.PROPOSED.value
    insert([checked(review)])
    return target


def _target(move: Move, to: str) -> str:
    if len(move.to) == 1:
        return move.to[0]
    if to in move.to:
        return to
    listed = _(" or ").join(move.to)
    raise wrong("/to", "outcome_missing", _("Say what this leads to: {listed}.").format(listed=listed))


def _tell(annotation: Annotation, actor: User, move: Move, reason: str, facts: Facts) -> None:
    concerned = facts.participants | facts.reviewers | ({annotation.assignee_id} if annotation.assignee_id else set())
    said = _(move.words.notice).format(actor=actor, quote=quote_of(annotation))
    if reason.strip():
        said = _("{sentence} Reason: {reason}").format(sentence=said, reason=reason)
    tell(concerned, annotation, said, actor)

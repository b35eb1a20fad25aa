"""Voiding: a change to what was proposed or signed off drops the approvals and says so to everybody concerned."""

from annotations.core.states import AnnotationState
from annotations.core.wording import _
from annotations.models import Annotation, User
from annotations.permissions import facts_of
from annotations.permissions.rules import VOIDABLE
from annotations.services.notices import quote_of, tell


def void_if_reviewed(annotation: Annotation, actor: User) -> None:
    """Call this under the lock, before a change to range, claim, labels, attribution, evidence or verdict is written.

    A proposed or signed-off annotation becomes one that needs a recheck, at once in the database, because its guards
    refuse the change before; they void the reviews themselves.
    """
    if annotation.state not in VOIDABLE:
        return
    facts = facts_of(annotation)
    if annotation.state == AnnotationState.SIGNED_OFF:
        said = _('{actor} changed "{quote}" after it was signed off. It needs a recheck.')
    else:
        said = _('{actor} changed "{quote}" after it was proposed. It needs a recheck.')
    annotation.state = AnnotationState.NEEDS_RECHECK.value
    Annotation.objects.filter(pk=annotation.pk).update(state=annotation.state)
    concerned = facts.participants | facts.reviewers | ({annotation.assignee_id} if annotation.assignee_id else set())
    tell(concerned, annotation, said.format(actor=actor, quote=quote_of(annotation)), actor)

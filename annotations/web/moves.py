"""The moves of a person as buttons: what the move tables and the permissions say, with where each one is sent."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from annotations.core.moves import Move
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, User
from annotations.permissions import ArticleFacts, moves_of
from annotations.web.lazy import _

PRIMARY: Final = frozenset({"propose", "approve", "decide", "clear", "publish", "start"})
DANGER: Final = frozenset({"withdraw", "dismiss", "retract", "approve_in_emergency"})
ELSEWHERE: Final = {"withdraw": "annotations:withdraw-annotation"}
"""Moves that have an address of their own."""

DONE: Final = {
    "accept": _("You accepted the suggestion."),
    "dismiss": _("You dismissed the suggestion."),
    "propose": _("You proposed the verdict."),
    "approve": _("You approved."),
    "return": _("You returned it."),
    "dispute": _("You disputed the verdict."),
    "approve_in_emergency": _("You approved it alone in an emergency."),
    "decide": _("You decided the dispute."),
    "reopen": _("You reopened it."),
    "withdraw": _("You withdrew it."),
    "start": _("You started the checking."),
    "clear": _("You cleared it."),
    "publish": _("You published it."),
    "retract": _("You retracted it."),
}
"""What is said to the person who made a move."""
SETTLED: Final = {
    AnnotationState.SIGNED_OFF: _("Signed off: nothing is left to do."),
    AnnotationState.WITHDRAWN: _("Withdrawn: nothing is left to do."),
}
WAITING: Final = {
    AnnotationState.SUGGESTED: _("Waits for a checker to accept or dismiss it."),
    AnnotationState.PROPOSED: _("Waits for a reviewer who took no part in it."),
    AnnotationState.DISPUTED: _("Waits for the decision of a head of research who took no part in it."),
}
"""What comes next where it is not for the person who looks."""


@dataclass(frozen=True, slots=True)
class MoveButton:
    """One move as a page shows it. `refusal` is the sentence why not, empty when it is possible.

    `is_asking` says that the move opens a form first: for a reason, or for a choice.
    """

    action: str
    label: str
    url: str
    refusal: str
    is_asking: bool

    @property
    def look(self) -> str:
        return "primary" if self.action in PRIMARY else "danger" if self.action in DANGER else ""

    @property
    def key(self) -> str:
        return f"why-{self.action}"


def annotation_buttons(user: User, annotation: Annotation) -> list[MoveButton]:
    """Every move that leaves the annotation's state, in the table's order."""
    return [
        _button(action, move, decision.reason, _url(annotation, action))
        for action, (move, decision) in moves_of(user, annotation).items()
    ]


def article_buttons(user: User, article: Article, facts: ArticleFacts) -> list[MoveButton]:
    """Every move that leaves the article's state."""
    return [
        _button(action, move, decision.reason, reverse("annotations:move-article", args=(article.pk, action)))
        for action, (move, decision) in moves_of(user, article, facts).items()
    ]


def possible(buttons: list[MoveButton]) -> list[MoveButton]:
    return [button for button in buttons if not button.refusal]


def impossible(buttons: list[MoveButton]) -> list[MoveButton]:
    return [button for button in buttons if button.refusal]


def next_step(annotation: Annotation, buttons: list[MoveButton]) -> str:
    """What comes next, for a person who has no button for it: whom it waits for, or what is missing."""
    state = AnnotationState(annotation.state)
    if state in SETTLED:
        return SETTLED[state]
    if any(button.action != "withdraw" for button in possible(buttons)):
        return ""
    return WAITING[state] if state in WAITING else buttons[0].refusal


def is_asking(move: Move) -> bool:
    return move.needs_reason or len(move.to) > 1


def _url(annotation: Annotation, action: str) -> str:
    if action in ELSEWHERE:
        return reverse(ELSEWHERE[action], args=(annotation.pk,))
    return reverse("annotations:move-annotation", args=(annotation.pk, action))


def _button(action: str, move: Move, refusal: str, url: str) -> MoveButton:
    return MoveButton(action, move.label, url, refusal, is_asking(move))

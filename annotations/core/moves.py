"""The review workflow: which move leads from which state to which, who makes it, and what must hold.

The two tables here are the only place that knows. The service, the buttons, the API's transitions, the diagram in the
docs and the tests read them. Source: DESIGN.md section 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotations.core.states import AnnotationState as A
from annotations.core.states import ArticleState as R
from annotations.core.states import Role


class Guard(StrEnum):
    """What must hold beyond state and role; permissions.py and services know how each is looked at."""

    ASSIGNEE = "assignee"
    PLACED = "placed"
    AUTHOR_OR_HEAD = "author_or_head"
    NOT_INVOLVED = "not_involved"
    NO_PART = "no_part"
    NOT_IMPORTER = "not_importer"
    VERDICT = "verdict"
    EVIDENCE = "evidence"
    NO_BLOCKING_COMMENT = "no_blocking_comment"
    ALL_SETTLED = "all_settled"
    COVERED = "covered"
    DIGEST = "digest"


GUARD_SENTENCES: Final = {
    Guard.ASSIGNEE: "nobody else has it",
    Guard.PLACED: "it has its place in the current text",
    Guard.AUTHOR_OR_HEAD: "its author, or the head of research",
    Guard.NOT_INVOLVED: "they did not work on it, and have not approved it already",
    Guard.NO_PART: "they took no part in it or its review",
    Guard.NOT_IMPORTER: "they did not bring the article in",
    Guard.VERDICT: "it has a verdict with a rationale",
    Guard.EVIDENCE: "the evidence that the desk asks for is there",
    Guard.NO_BLOCKING_COMMENT: "no blocking comment is open",
    Guard.ALL_SETTLED: "every annotation is signed off or withdrawn",
    Guard.COVERED: "every sentence is seen, where the desk asks for that",
    Guard.DIGEST: "nothing differs from what was signed",
}
"""What each guard demands, as the end of a sentence that begins with "only if"."""


@dataclass(frozen=True, slots=True)
class Move:
    """One move. `to` lists the states it may lead to: more than one only where the mover chooses."""

    to: tuple[str, ...]
    by: frozenset[Role]
    label: str
    past: str
    needs_reason: bool = False
    guards: tuple[Guard, ...] = ()


Table = Mapping[tuple[str, str], Move]

_CHECKER: Final = frozenset({Role.CHECKER})
_REVIEWER: Final = frozenset({Role.REVIEWER})
_HEAD: Final = frozenset({Role.HEAD})
_EDITORS: Final = frozenset({Role.CHECKER, Role.REVIEWER, Role.HEAD})


def _moves(states: Iterable[str], action: str, move: Move) -> dict[tuple[str, str], Move]:
    return {(state, action): move for state in states}


_PROPOSE: Final = Move(
    (A.PROPOSED,),
    _CHECKER,
    "Propose the verdict",
    "proposed the verdict",
    guards=(Guard.ASSIGNEE, Guard.PLACED, Guard.VERDICT, Guard.EVIDENCE, Guard.NO_BLOCKING_COMMENT),
)
_WITHDRAW: Final = Move((A.WITHDRAWN,), _EDITORS, "Withdraw", "withdrew it", True, (Guard.AUTHOR_OR_HEAD,))

ANNOTATION_MOVES: Final[Table] = {
    (A.SUGGESTED, "accept"): Move((A.OPEN,), _CHECKER, "Accept the suggestion", "accepted the suggestion"),
    (A.SUGGESTED, "dismiss"): Move((A.WITHDRAWN,), _CHECKER, "Dismiss the suggestion", "dismissed the suggestion"),
    **_moves((A.OPEN, A.RETURNED, A.NEEDS_RECHECK), "propose", _PROPOSE),
    (A.PROPOSED, "approve"): Move((A.SIGNED_OFF,), _REVIEWER, "Approve", "approved", guards=(Guard.NOT_INVOLVED,)),
    (A.PROPOSED, "return"): Move((A.RETURNED,), _REVIEWER, "Return", "returned it", needs_reason=True),
    (A.PROPOSED, "dispute"): Move((A.DISPUTED,), _REVIEWER, "Dispute", "disputed the verdict", needs_reason=True),
    (A.PROPOSED, "approve_in_emergency"): Move(
        (A.SIGNED_OFF,),
        _HEAD,
        "Approve in an emergency",
        "approved it alone in an emergency",
        True,
        (Guard.NOT_INVOLVED,),
    ),
    (A.DISPUTED, "decide"): Move(
        (A.SIGNED_OFF, A.RETURNED), _HEAD, "Decide", "decided the dispute", True, (Guard.NO_PART,)
    ),
    (A.SIGNED_OFF, "reopen"): Move((A.NEEDS_RECHECK,), _HEAD, "Reopen", "reopened it", needs_reason=True),
    **_moves((A.SUGGESTED, A.OPEN, A.PROPOSED, A.RETURNED, A.DISPUTED, A.NEEDS_RECHECK), "withdraw", _WITHDRAW),
}

ARTICLE_MOVES: Final[Table] = {
    (R.DRAFT, "start"): Move((R.CHECKING,), _EDITORS, "Start checking", "started the checking"),
    (R.CHECKING, "clear"): Move(
        (R.CLEARED,), _HEAD, "Clear", "cleared it", guards=(Guard.ALL_SETTLED, Guard.COVERED, Guard.NOT_IMPORTER)
    ),
    (R.CLEARED, "publish"): Move((R.PUBLISHED,), _HEAD, "Publish", "published it", guards=(Guard.DIGEST,)),
    (R.CLEARED, "reopen"): Move((R.CHECKING,), _HEAD, "Reopen", "reopened it", needs_reason=True),
    (R.PUBLISHED, "reopen"): Move((R.CHECKING,), _HEAD, "Reopen", "reopened it", needs_reason=True),
    (R.PUBLISHED, "retract"): Move((R.RETRACTED,), _HEAD, "Retract", "retracted it", needs_reason=True),
}


def actions_from(table: Table, state: str) -> dict[str, Move]:
    """The moves that leave a state, by action, in the table's order."""
    return {action: move for (start, action), move in table.items() if start == state}


def actions_of(table: Table) -> list[str]:
    """Every action of a table once, in the table's order."""
    return list(dict.fromkeys(action for _, action in table))

"""The review workflow: which move leads from which state to which, who makes it, and what must hold.

The two tables here are the only place that knows. The service, the buttons, the API's transitions, the diagram in the
docs and the tests read them. Source: DESIGN.md section 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from annotations.core import move_words as say
from annotations.core.states import AnnotationState as A
from annotations.core.states import ArticleState as R
from annotations.core.states import Role
from annotations.core.wording import _


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
    words: say.Words
    needs_reason: bool = False
    guards: tuple[Guard, ...] = ()

    @property
    def label(self) -> str:
        """What a button says, in the reader's language; so is the verb."""
        return _(self.words.label)

    @property
    def verb(self) -> str:
        return _(self.words.verb)


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
    say.PROPOSE,
    guards=(Guard.ASSIGNEE, Guard.PLACED, Guard.VERDICT, Guard.EVIDENCE, Guard.NO_BLOCKING_COMMENT),
)
_WITHDRAW: Final = Move((A.WITHDRAWN,), _EDITORS, say.WITHDRAW, True, (Guard.AUTHOR_OR_HEAD,))

ANNOTATION_MOVES: Final[Table] = {
    (A.SUGGESTED, "accept"): Move((A.OPEN,), _CHECKER, say.ACCEPT),
    (A.SUGGESTED, "dismiss"): Move((A.WITHDRAWN,), _CHECKER, say.DISMISS),
    **_moves((A.OPEN, A.RETURNED, A.NEEDS_RECHECK), "propose", _PROPOSE),
    (A.PROPOSED, "approve"): Move((A.SIGNED_OFF,), _REVIEWER, say.APPROVE, guards=(Guard.NOT_INVOLVED,)),
    (A.PROPOSED, "return"): Move((A.RETURNED,), _REVIEWER, say.RETURN, needs_reason=True),
    (A.PROPOSED, "dispute"): Move((A.DISPUTED,), _REVIEWER, say.DISPUTE, needs_reason=True),
    (A.PROPOSED, "approve_in_emergency"): Move(
        (A.SIGNED_OFF,),
        _HEAD,
        say.APPROVE_IN_EMERGENCY,
        True,
        (Guard.NOT_INVOLVED,),
    ),
    (A.DISPUTED, "decide"): Move((A.SIGNED_OFF, A.RETURNED), _HEAD, say.DECIDE, True, (Guard.NO_PART,)),
    (A.SIGNED_OFF, "reopen"): Move((A.NEEDS_RECHECK,), _HEAD, say.REOPEN, needs_reason=True),
    **_moves((A.SUGGESTED, A.OPEN, A.PROPOSED, A.RETURNED, A.DISPUTED, A.NEEDS_RECHECK), "withdraw", _WITHDRAW),
}

ARTICLE_MOVES: Final[Table] = {
    (R.DRAFT, "start"): Move((R.CHECKING,), _EDITORS, say.START),
    (R.CHECKING, "clear"): Move(
        (R.CLEARED,), _HEAD, say.CLEAR, guards=(Guard.ALL_SETTLED, Guard.COVERED, Guard.NOT_IMPORTER)
    ),
    (R.CLEARED, "publish"): Move((R.PUBLISHED,), _HEAD, say.PUBLISH, guards=(Guard.DIGEST,)),
    (R.CLEARED, "reopen"): Move((R.CHECKING,), _HEAD, say.REOPEN, needs_reason=True),
    (R.PUBLISHED, "reopen"): Move((R.CHECKING,), _HEAD, say.REOPEN, needs_reason=True),
    (R.PUBLISHED, "retract"): Move((R.RETRACTED,), _HEAD, say.RETRACT, needs_reason=True),
}


def is_final(table: Table, move: Move) -> bool:
    """Nothing leads away from where the move leads."""
    return not any(actions_from(table, state) for state in move.to)


def actions_from(table: Table, state: str) -> dict[str, Move]:
    """The moves that leave a state, by action, in the table's order."""
    return {action: move for (start, action), move in table.items() if start == state}


def actions_of(table: Table) -> list[str]:
    """Every action of a table once, in the table's order."""
    return list(dict.fromkeys(action for start, action in table))

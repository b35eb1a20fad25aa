"""What the moves of the review are called, in English: on a button, inside a sentence, in histories and notices."""

from dataclasses import dataclass
from typing import Final

from annotations.core.wording import gettext_noop


@dataclass(frozen=True, slots=True)
class Words:
    """`label` names a move on a button, `verb` ends "Only reviewers can ...".

    `past` tells of it in a history, `notice` those who took part in an annotation.
    """

    label: str
    verb: str
    past: str
    notice: str = ""


ACCEPT: Final = Words(
    gettext_noop("Accept the suggestion"),
    gettext_noop("accept the suggestion"),
    gettext_noop("{actor} accepted the suggestion."),
    gettext_noop('{actor} accepted the suggestion "{quote}".'),
)
DISMISS: Final = Words(
    gettext_noop("Dismiss the suggestion"),
    gettext_noop("dismiss the suggestion"),
    gettext_noop("{actor} dismissed the suggestion."),
    gettext_noop('{actor} dismissed the suggestion "{quote}".'),
)
PROPOSE: Final = Words(
    gettext_noop("Propose the verdict"),
    gettext_noop("propose the verdict"),
    gettext_noop("{actor} proposed the verdict."),
    gettext_noop('{actor} proposed the verdict of "{quote}".'),
)
APPROVE: Final = Words(
    gettext_noop("Approve"),
    gettext_noop("approve"),
    gettext_noop("{actor} approved."),
    gettext_noop('{actor} approved "{quote}".'),
)
RETURN: Final = Words(
    gettext_noop("Return"),
    gettext_noop("return"),
    gettext_noop("{actor} returned it."),
    gettext_noop('{actor} returned "{quote}".'),
)
DISPUTE: Final = Words(
    gettext_noop("Dispute"),
    gettext_noop("dispute"),
    gettext_noop("{actor} disputed the verdict."),
    gettext_noop('{actor} disputed the verdict of "{quote}".'),
)
APPROVE_IN_EMERGENCY: Final = Words(
    gettext_noop("Approve in an emergency"),
    gettext_noop("approve in an emergency"),
    gettext_noop("{actor} approved it alone in an emergency."),
    gettext_noop('{actor} approved "{quote}" alone in an emergency.'),
)
DECIDE: Final = Words(
    gettext_noop("Decide"),
    gettext_noop("decide"),
    gettext_noop("{actor} decided the dispute."),
    gettext_noop('{actor} decided the dispute about "{quote}".'),
)
REOPEN: Final = Words(
    gettext_noop("Reopen"),
    gettext_noop("reopen"),
    gettext_noop("{actor} reopened it."),
    gettext_noop('{actor} reopened "{quote}".'),
)
WITHDRAW: Final = Words(
    gettext_noop("Withdraw"),
    gettext_noop("withdraw"),
    gettext_noop("{actor} withdrew it."),
    gettext_noop('{actor} withdrew "{quote}".'),
)
START: Final = Words(
    gettext_noop("Start checking"),
    gettext_noop("start checking"),
    gettext_noop("{actor} started the checking."),
)
CLEAR: Final = Words(
    gettext_noop("Clear"),
    gettext_noop("clear"),
    gettext_noop("{actor} cleared it."),
)
PUBLISH: Final = Words(
    gettext_noop("Publish"),
    gettext_noop("publish"),
    gettext_noop("{actor} published it."),
)
RETRACT: Final = Words(
    gettext_noop("Retract"),
    gettext_noop("retract"),
    gettext_noop("{actor} retracted it."),
)

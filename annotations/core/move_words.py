"""What the moves of the review are called, in English: on a button, inside a sentence, in the history."""

from dataclasses import dataclass
from typing import Final

from annotations.core.wording import gettext_noop


@dataclass(frozen=True, slots=True)
class Words:
    """`label` names a move on a button, `verb` ends "Only reviewers can ...", `past` ends "Ana ..."."""

    label: str
    verb: str
    past: str


ACCEPT: Final = Words(
    gettext_noop("Accept the suggestion"),
    gettext_noop("accept the suggestion"),
    gettext_noop("accepted the suggestion"),
)
DISMISS: Final = Words(
    gettext_noop("Dismiss the suggestion"),
    gettext_noop("dismiss the suggestion"),
    gettext_noop("dismissed the suggestion"),
)
PROPOSE: Final = Words(
    gettext_noop("Propose the verdict"), gettext_noop("propose the verdict"), gettext_noop("proposed the verdict")
)
APPROVE: Final = Words(gettext_noop("Approve"), gettext_noop("approve"), gettext_noop("approved"))
RETURN: Final = Words(gettext_noop("Return"), gettext_noop("return"), gettext_noop("returned it"))
DISPUTE: Final = Words(gettext_noop("Dispute"), gettext_noop("dispute"), gettext_noop("disputed the verdict"))
APPROVE_IN_EMERGENCY: Final = Words(
    gettext_noop("Approve in an emergency"),
    gettext_noop("approve in an emergency"),
    gettext_noop("approved it alone in an emergency"),
)
DECIDE: Final = Words(gettext_noop("Decide"), gettext_noop("decide"), gettext_noop("decided the dispute"))
REOPEN: Final = Words(gettext_noop("Reopen"), gettext_noop("reopen"), gettext_noop("reopened it"))
WITHDRAW: Final = Words(gettext_noop("Withdraw"), gettext_noop("withdraw"), gettext_noop("withdrew it"))
START: Final = Words(
    gettext_noop("Start checking"), gettext_noop("start checking"), gettext_noop("started the checking")
)
CLEAR: Final = Words(gettext_noop("Clear"), gettext_noop("clear"), gettext_noop("cleared it"))
PUBLISH: Final = Words(gettext_noop("Publish"), gettext_noop("publish"), gettext_noop("published it"))
RETRACT: Final = Words(gettext_noop("Retract"), gettext_noop("retract"), gettext_noop("retracted it"))

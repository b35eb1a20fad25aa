"""What a second person can say about a proposed verdict."""

from enum import StrEnum


class ReviewDecision(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    DISPUTE = "dispute"
    DECIDE = "decide"
    APPROVE_IN_EMERGENCY = "approve_in_emergency"


class CommentKind(StrEnum):
    REMARK = "remark"
    QUESTION = "question"

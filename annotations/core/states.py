"""States and roles: the words of the review workflow, with the names people read."""

from enum import StrEnum
from typing import Final


class AnnotationState(StrEnum):
    SUGGESTED = "suggested"
    OPEN = "open"
    PROPOSED = "proposed"
    RETURNED = "returned"
    DISPUTED = "disputed"
    SIGNED_OFF = "signed_off"
    NEEDS_RECHECK = "needs_recheck"
    WITHDRAWN = "withdrawn"


class ArticleState(StrEnum):
    DRAFT = "draft"
    CHECKING = "checking"
    CLEARED = "cleared"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    RETRACTED = "retracted"


class Role(StrEnum):
    CHECKER = "checker"
    REVIEWER = "reviewer"
    HEAD = "head"
    CORRECTIONS_EDITOR = "corrections_editor"
    READER = "reader"
    ADMINISTRATOR = "administrator"


ANNOTATION_STATE_LABELS: Final = {
    AnnotationState.SUGGESTED: "Suggested",
    AnnotationState.OPEN: "Open",
    AnnotationState.PROPOSED: "Proposed",
    AnnotationState.RETURNED: "Returned",
    AnnotationState.DISPUTED: "Disputed",
    AnnotationState.SIGNED_OFF: "Signed off",
    AnnotationState.NEEDS_RECHECK: "Needs recheck",
    AnnotationState.WITHDRAWN: "Withdrawn",
}

ARTICLE_STATE_LABELS: Final = {
    ArticleState.DRAFT: "Draft",
    ArticleState.CHECKING: "Checking",
    ArticleState.CLEARED: "Cleared",
    ArticleState.PUBLISHED: "Published",
    ArticleState.CORRECTING: "Correcting",
    ArticleState.RETRACTED: "Retracted",
}

ROLE_LABELS: Final = {
    Role.CHECKER: "Checker",
    Role.REVIEWER: "Reviewer",
    Role.HEAD: "Head of research",
    Role.CORRECTIONS_EDITOR: "Corrections editor",
    Role.READER: "Reader",
    Role.ADMINISTRATOR: "Administrator",
}

EDITABLE: Final = frozenset({AnnotationState.OPEN, AnnotationState.RETURNED, AnnotationState.NEEDS_RECHECK})
"""States in which the desk's checkers may change an annotation."""

HIDDEN: Final = (AnnotationState.WITHDRAWN, AnnotationState.SUGGESTED)
"""States in which nothing is shown in the text: the annotation is gone, or a machine's mere suggestion."""

WITHDRAWABLE: Final = frozenset(AnnotationState) - {AnnotationState.SIGNED_OFF, AnnotationState.WITHDRAWN}
"""States from which an annotation may be withdrawn."""

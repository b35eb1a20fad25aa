"""States and roles: the words of the review workflow, with the names people read.

The tables hold English; the functions say it in the reader's language.
"""

from enum import StrEnum
from typing import Final

from annotations.core.wording import _, gettext_noop


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
    AnnotationState.SUGGESTED: gettext_noop("Suggested"),
    AnnotationState.OPEN: gettext_noop("Open"),
    AnnotationState.PROPOSED: gettext_noop("Proposed"),
    AnnotationState.RETURNED: gettext_noop("Returned"),
    AnnotationState.DISPUTED: gettext_noop("Disputed"),
    AnnotationState.SIGNED_OFF: gettext_noop("Signed off"),
    AnnotationState.NEEDS_RECHECK: gettext_noop("Needs recheck"),
    AnnotationState.WITHDRAWN: gettext_noop("Withdrawn"),
}

ARTICLE_STATE_LABELS: Final = {
    ArticleState.DRAFT: gettext_noop("Draft"),
    ArticleState.CHECKING: gettext_noop("Checking"),
    ArticleState.CLEARED: gettext_noop("Cleared"),
    ArticleState.PUBLISHED: gettext_noop("Published"),
    ArticleState.CORRECTING: gettext_noop("Correcting"),
    ArticleState.RETRACTED: gettext_noop("Retracted"),
}

ROLE_LABELS: Final = {
    Role.CHECKER: gettext_noop("Checker"),
    Role.REVIEWER: gettext_noop("Reviewer"),
    Role.HEAD: gettext_noop("Head of research"),
    Role.CORRECTIONS_EDITOR: gettext_noop("Corrections editor"),
    Role.READER: gettext_noop("Reader"),
    Role.ADMINISTRATOR: gettext_noop("Administrator"),
}

ANNOTATION_STATE_WORDS: Final = {
    AnnotationState.SUGGESTED: gettext_noop("suggested"),
    AnnotationState.OPEN: gettext_noop("open"),
    AnnotationState.PROPOSED: gettext_noop("proposed"),
    AnnotationState.RETURNED: gettext_noop("returned"),
    AnnotationState.DISPUTED: gettext_noop("disputed"),
    AnnotationState.SIGNED_OFF: gettext_noop("signed off"),
    AnnotationState.NEEDS_RECHECK: gettext_noop("waiting for a recheck"),
    AnnotationState.WITHDRAWN: gettext_noop("withdrawn"),
}
"""As said inside a sentence; no language but English makes these by lower-casing the labels."""

ARTICLE_STATE_WORDS: Final = {
    ArticleState.DRAFT: gettext_noop("draft"),
    ArticleState.CHECKING: gettext_noop("checking"),
    ArticleState.CLEARED: gettext_noop("cleared"),
    ArticleState.PUBLISHED: gettext_noop("published"),
    ArticleState.CORRECTING: gettext_noop("correcting"),
    ArticleState.RETRACTED: gettext_noop("retracted"),
}

EDITABLE: Final = frozenset({AnnotationState.OPEN, AnnotationState.RETURNED, AnnotationState.NEEDS_RECHECK})
"""States in which the desk's checkers may change an annotation."""

HIDDEN: Final = (AnnotationState.WITHDRAWN, AnnotationState.SUGGESTED)
"""States in which nothing is shown in the text: the annotation is gone, or a machine's mere suggestion."""

WITHDRAWABLE: Final = frozenset(AnnotationState) - {AnnotationState.SIGNED_OFF, AnnotationState.WITHDRAWN}
"""States from which an annotation may be withdrawn."""


def annotation_label(state: str) -> str:
    return _(ANNOTATION_STATE_LABELS[AnnotationState(state)])


def annotation_word(state: str) -> str:
    """As said inside a sentence."""
    return _(ANNOTATION_STATE_WORDS[AnnotationState(state)])


def article_label(state: str) -> str:
    return _(ARTICLE_STATE_LABELS[ArticleState(state)])


def article_word(state: str) -> str:
    """As said inside a sentence."""
    return _(ARTICLE_STATE_WORDS[ArticleState(state)])


def role_label(role: str) -> str:
    return _(ROLE_LABELS[Role(role)])

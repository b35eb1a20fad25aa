"""Who may do what, and if not, why not. The only place that knows roles."""

from dataclasses import dataclass
from functools import singledispatch
from typing import Any
from uuid import UUID

from annotations.core.errors import DomainError
from annotations.core.states import (
    ANNOTATION_STATE_LABELS,
    ARTICLE_STATE_LABELS,
    EDITABLE,
    WITHDRAWABLE,
    AnnotationState,
    ArticleState,
    Role,
)
from annotations.models import Annotation, Article, Desk, Membership, User

EDITORIAL = frozenset({Role.CHECKER, Role.REVIEWER, Role.HEAD})
OPEN_ARTICLE = frozenset({ArticleState.DRAFT, ArticleState.CHECKING})


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes, or no with a code for programs and a sentence for people. Falsy when it is a no."""

    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return not self.code


YES = Decision()


def roles_on(user: User, desk_id: UUID) -> frozenset[Role]:
    """The roles a person holds on a desk; read once per user object."""
    known: dict[UUID, frozenset[Role]] | None = getattr(user, "_roles_by_desk", None)
    if known is None:
        rows = Membership.objects.filter(user_id=user.pk, active=True).values_list("desk_id", "roles")
        known = {desk: frozenset(Role(role) for role in roles) for desk, roles in rows}
        user._roles_by_desk = known  # type: ignore[attr-defined]  # one query a request, however many decisions
    return known.get(desk_id, frozenset()) if user.is_active else frozenset()


def may(actor: User, action: str, obj: Desk | Article | Annotation) -> Decision:
    """May `actor` do `action` to `obj`? Looks at roles and states, never at versions (services do, under the lock)."""
    return _decide(obj, actor, action)


def require(actor: User, action: str, obj: Desk | Article | Annotation) -> None:
    """Raise the refusal of `may` as a DomainError."""
    decision = may(actor, action, obj)
    if not decision:
        raise DomainError(decision.code, decision.reason)


@singledispatch
def _decide(obj: Any, actor: User, action: str) -> Decision:
    raise TypeError(f"No permissions are defined for {type(obj).__name__}")


@_decide.register
def _on_desk(desk: Desk, actor: User, action: str) -> Decision:
    roles = roles_on(actor, desk.pk)
    if action == "import":
        return _editorial(roles, "import articles")
    if action == "administer":
        if Role.ADMINISTRATOR in roles:
            return YES
        return Decision("not_allowed", "Only an administrator of this desk can change its settings.")
    raise ValueError(action)


@_decide.register
def _on_article(article: Article, actor: User, action: str) -> Decision:
    if action not in {"annotate", "edit"}:
        raise ValueError(action)
    words = "annotate articles" if action == "annotate" else "change what is known about an article"
    allowed = _editorial(roles_on(actor, article.desk_id), words)
    return allowed and _article_open(article)


@_decide.register
def _on_annotation(annotation: Annotation, actor: User, action: str) -> Decision:
    if action not in {"edit", "withdraw", "undo", "comment"}:
        raise ValueError(action)
    roles = roles_on(actor, annotation.desk_id)
    allowed = _editorial(roles, "work on annotations")
    if action == "comment" or not allowed:
        return allowed
    return _article_open(annotation.article) and _annotation_move(annotation, actor, action, roles)


def _annotation_move(annotation: Annotation, actor: User, action: str, roles: frozenset[Role]) -> Decision:
    state = AnnotationState(annotation.state)
    label = ANNOTATION_STATE_LABELS[state].lower()
    if action == "edit" and state not in EDITABLE:
        return Decision("wrong_state", f"This annotation is {label}, so it cannot be changed.")
    if action == "withdraw":
        if actor.pk != annotation.author_id and Role.HEAD not in roles:
            return Decision("not_allowed", "Only its author or the head of research can withdraw an annotation.")
        if state not in WITHDRAWABLE:
            return Decision("wrong_state", f"This annotation is {label}, so it cannot be withdrawn.")
    if action == "undo" and state not in EDITABLE | {AnnotationState.WITHDRAWN}:
        return Decision("wrong_state", f"This annotation is {label}, so its last change cannot be undone.")
    return YES


def _editorial(roles: frozenset[Role], what: str) -> Decision:
    if roles & EDITORIAL:
        return YES
    return Decision("not_allowed", f"Only checkers, reviewers and the head of research can {what}.")


def _article_open(article: Article) -> Decision:
    state = ArticleState(article.state)
    if state in OPEN_ARTICLE:
        return YES
    label = ARTICLE_STATE_LABELS[state].lower()
    return Decision("wrong_state", f"This article is {label}, so its text and annotations are locked. Reopen it first.")

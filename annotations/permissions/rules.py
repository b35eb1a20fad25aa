"""May a person do this to that? Roles first, then the state, then the guards of the move; never versions."""

from functools import cache, singledispatch
from typing import Any

from annotations.core.errors import DomainError
from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, Move, Table, actions_from, actions_of
from annotations.core.states import (
    EDITABLE,
    AnnotationState,
    ArticleState,
    Role,
    annotation_word,
    article_word,
)
from annotations.core.wording import _, gettext_noop
from annotations.models import Annotation, Article, Desk, SavedFilter, User
from annotations.permissions.decisions import YES, Decision, wrong_state
from annotations.permissions.facts import ArticleFacts, Facts, article_facts, facts_of
from annotations.permissions.guards import ON_ANNOTATION, ON_ARTICLE
from annotations.permissions.roles import EDITORIAL, needs, on_desk, roles_on

OPEN_ARTICLE = frozenset({ArticleState.DRAFT, ArticleState.CHECKING})
VOIDABLE = frozenset({AnnotationState.PROPOSED, AnnotationState.SIGNED_OFF})
"""States in which a change is possible but voids the approvals."""
WORK_ON_ARTICLES = {
    "annotate": gettext_noop("annotate articles"),
    "edit": gettext_noop("change what is known about an article"),
    "cover": gettext_noop("mark sentences"),
}


def may(
    actor: User, action: str, obj: Desk | SavedFilter | Article | Annotation, facts: Facts | ArticleFacts | None = None
) -> Decision:
    """May `actor` do `action` to `obj`? `facts` saves reading them again when the caller has them."""
    return _decide(obj, actor, action, facts)


def require(
    actor: User, action: str, obj: Desk | SavedFilter | Article | Annotation, facts: Facts | ArticleFacts | None = None
) -> None:
    """Raise the refusal of `may` as a DomainError."""
    decision = may(actor, action, obj, facts)
    if not decision:
        raise DomainError(decision.code, decision.reason)


def moves_of(
    actor: User, obj: Annotation | Article, facts: Facts | ArticleFacts | None = None
) -> dict[str, tuple[Move, Decision]]:
    """The moves that leave the object's state, each with whether the actor may make it and why not."""
    if isinstance(obj, Annotation):
        facts = facts or facts_of(obj)
        found = actions_from(ANNOTATION_MOVES, obj.state)
    else:
        facts = facts or article_facts(obj)
        found = actions_from(ARTICLE_MOVES, obj.state)
    return {action: (move, may(actor, action, obj, facts)) for action, move in found.items()}


@singledispatch
def _decide(obj: Any, actor: User, action: str, facts: Any) -> Decision:
    raise TypeError(f"No permissions are defined for {type(obj).__name__}")


@_decide.register
def _on_desk(desk: Desk, actor: User, action: str, facts: None) -> Decision:
    return on_desk(desk, actor, action)


@_decide.register
def _on_saved_filter(row: SavedFilter, actor: User, action: str, facts: None) -> Decision:
    """A desk's filter is part of its settings; one's own is seen by nobody else."""
    return on_desk(row.desk, actor, "administer") if row.desk else YES


@_decide.register
def _on_article(article: Article, actor: User, action: str, facts: ArticleFacts | None) -> Decision:
    roles = roles_on(actor, article.desk_id)
    if action in ("annotate", "edit", "cover"):
        return needs(roles, EDITORIAL, WORK_ON_ARTICLES[action]) and article_open(article)
    if action == "revise":
        return needs(roles, EDITORIAL, gettext_noop("bring in new copy")) and _revisable(article, actor)
    move = _move(ARTICLE_MOVES, article, action, roles)
    if isinstance(move, Decision):
        return move
    look = cache(lambda: facts or article_facts(article))
    for guard in move.guards:
        check = ON_ARTICLE.get(guard)
        if check and not (decision := check(article, actor, look)):
            return decision
    return YES


@_decide.register
def _on_annotation(annotation: Annotation, actor: User, action: str, facts: Facts | None) -> Decision:
    roles = roles_on(actor, annotation.desk_id)
    if action in ("edit", "undo", "comment", "assign", "link", "place"):
        return needs(roles, EDITORIAL, gettext_noop("work on annotations")) and _work(annotation, action)
    move = _move(ANNOTATION_MOVES, annotation, action, roles)
    if isinstance(move, Decision):
        return move
    if not (decision := article_open(annotation.article)):
        return decision
    look = cache(lambda: facts or facts_of(annotation))
    for guard in move.guards:
        if not (decision := ON_ANNOTATION[guard](annotation, actor, look)):
            return decision
    return YES


def article_open(article: Article) -> Decision:
    """Text and annotations may change only while the article is being checked."""
    if article.state in OPEN_ARTICLE:
        return YES
    if article.state == ArticleState.RETRACTED:
        return wrong_state(_("This article is retracted, so its text and annotations stay as they are."))
    return wrong_state(
        _("This article is {state}, so its text and annotations are locked. Reopen it first.").format(
            state=article_word(article.state)
        )
    )


def _revisable(article: Article, actor: User) -> Decision:
    """New copy of a cleared or published article reopens it, which is for whoever may do that."""
    return YES if article.state in OPEN_ARTICLE else may(actor, "reopen", article)


def _work(annotation: Annotation, action: str) -> Decision:
    if action == "comment":
        return YES
    if not (decision := article_open(annotation.article)):
        return decision
    state = AnnotationState(annotation.state)
    if action == "edit" and state not in EDITABLE | VOIDABLE:
        return wrong_state(
            _("This annotation is {state}, so it cannot be changed.").format(state=annotation_word(state))
        )
    if action == "undo" and state not in EDITABLE | VOIDABLE | {AnnotationState.WITHDRAWN}:
        return wrong_state(
            _("This annotation is {state}, so its last change cannot be undone.").format(state=annotation_word(state))
        )
    if action == "place" and annotation.revision_id == annotation.article.revision_id:
        return wrong_state(_("This annotation has its place in the current text."))
    if action in ("assign", "link", "place") and state is AnnotationState.WITHDRAWN:
        return wrong_state(_("This annotation is withdrawn."))
    return YES


def _move(table: Table, obj: Annotation | Article, action: str, roles: frozenset[Role]) -> Move | Decision:
    """The move, or the refusal: first whether the person could ever make it, then whether it fits the state."""
    rows = [move for (state, name), move in table.items() if name == action]
    if not rows:
        raise DomainError(
            "unknown_action",
            _('There is no action "{action}". Actions: {listed}.').format(
                action=action, listed=", ".join(actions_of(table))
            ),
        )
    if not (decision := needs(roles, frozenset().union(*(move.by for move in rows)), rows[0].words.verb)):
        return decision
    return table.get((obj.state, action)) or _misfit(obj, rows[0])


def _misfit(obj: Annotation | Article, move: Move) -> Decision:
    """The refusal of a move that does not fit the state."""
    if isinstance(obj, Annotation):
        state, sentence = annotation_word(obj.state), _("This annotation is {state}, so nobody can {verb} now.")
    else:
        state, sentence = article_word(obj.state), _("This article is {state}, so nobody can {verb} now.")
    return wrong_state(sentence.format(state=state, verb=move.verb))

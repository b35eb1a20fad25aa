"""What each guard of the move tables demands, as one function a guard: a refusal, or yes.

Facts come as a function, so that a guard which needs none costs no query.
"""

from collections.abc import Callable, Mapping

from annotations.core.independence import only_unnamed, supporting_groups
from annotations.core.moves import Guard
from annotations.core.states import Role
from annotations.core.wording import _, ngettext
from annotations.models import Annotation, Article, Term, User
from annotations.permissions.decisions import YES, Decision, not_allowed, wrong_state
from annotations.permissions.facts import ArticleFacts, Facts
from annotations.permissions.roles import roles_on

POSITIVE = 0.75
"""From this share of its scale on a rating speaks for the statement: accurate and mostly accurate."""


def is_positive(term: Term) -> bool:
    """Does the verdict say that the statement holds? Off-scale verdicts do not."""
    if term.rating_value is None or term.rating_best is None or term.rating_worst is None:
        return False
    return (term.rating_value - term.rating_worst) / (term.rating_best - term.rating_worst) >= POSITIVE


def _assignee(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if annotation.assignee_id in (None, actor.pk):
        return YES
    return not_allowed(
        _("This annotation is assigned to {assignee}. Take it over first.").format(assignee=annotation.assignee)
    )


def _placed(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if annotation.revision_id == annotation.article.revision_id:
        return YES
    return wrong_state(_("Newer copy changed its words. Decide on its place in the current text first."))


def _author_or_head(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk == annotation.author_id or Role.HEAD in roles_on(actor, annotation.desk_id):
        return YES
    return not_allowed(_("Only its author or the head of research can withdraw an annotation."))


def _not_involved(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk in facts().participants:
        return not_allowed(_("You worked on this annotation, so somebody else must approve it."))
    if actor.pk in facts().approvals:
        return wrong_state(_("You approved this already. It waits for the approval of somebody else."))
    return YES


def _no_part(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk in facts().participants | facts().reviewers:
        return not_allowed(_("You took part in this annotation or its review, so somebody else must decide."))
    return YES


def _verdict(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    verdict = facts().verdict
    if verdict is None:
        return wrong_state(_("Give a verdict before you propose it."))
    if not verdict.rationale.strip():
        return wrong_state(_("Write down the rationale of the verdict before you propose it."))
    return YES


def _evidence(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    verdict, support = facts().verdict, facts().support
    if verdict is None or not is_positive(verdict.term):
        return YES
    desk = annotation.article.desk
    name, groups = verdict.term.name, supporting_groups(support)
    if len(groups) < desk.sources_needed:
        return wrong_state(_sources_missing(name, desk.sources_needed, len(groups)))
    if not desk.unnamed_alone and only_unnamed(support):
        return wrong_state(
            _(
                'The verdict "{name}" rests on unnamed sources alone, which this desk does not allow. Add a named one.'
            ).format(name=name)
        )
    return YES


def _sources_missing(verdict: str, needed: int, held: int) -> str:
    asked = ngettext(
        'For the verdict "{verdict}" this desk asks for {needed} independent supporting source',
        'For the verdict "{verdict}" this desk asks for {needed} independent supporting sources',
        needed,
    ).format(verdict=verdict, needed=needed)
    there = ngettext("there is {held}", "there are {held}", held).format(held=held) if held else _("there are none")
    return _("{asked}; {there}. Add {missing} more.").format(asked=asked, there=there, missing=needed - held)


def _no_blocking_comment(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    left = facts().blocking
    if left:
        return wrong_state(
            ngettext(
                "A blocking comment is not resolved yet. Settle that first.",
                "{left} blocking comments are not resolved yet. Settle that first.",
                left,
            ).format(left=left)
        )
    return YES


def _not_importer(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    if actor.pk == article.created_by_id:
        return not_allowed(_("You brought this article in, so somebody else must clear it."))
    return YES


def _all_settled(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    left = facts().unsettled
    if left:
        return wrong_state(
            ngettext(
                "{left} annotation is neither signed off nor withdrawn yet.",
                "{left} annotations are neither signed off nor withdrawn yet.",
                left,
            ).format(left=left)
        )
    return YES


def _covered(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    left = len(facts().unseen)
    if article.desk.coverage_required and left:
        return wrong_state(
            ngettext(
                '{left} sentence is unseen. Annotate each of them or mark it "nothing to check".',
                '{left} sentences are unseen. Annotate each of them or mark it "nothing to check".',
                left,
            ).format(left=left)
        )
    return YES


ON_ANNOTATION: Mapping[Guard, Callable[[Annotation, User, Callable[[], Facts]], Decision]] = {
    Guard.ASSIGNEE: _assignee,
    Guard.PLACED: _placed,
    Guard.AUTHOR_OR_HEAD: _author_or_head,
    Guard.NOT_INVOLVED: _not_involved,
    Guard.NO_PART: _no_part,
    Guard.VERDICT: _verdict,
    Guard.EVIDENCE: _evidence,
    Guard.NO_BLOCKING_COMMENT: _no_blocking_comment,
}

ON_ARTICLE: Mapping[Guard, Callable[[Article, User, Callable[[], ArticleFacts]], Decision]] = {
    Guard.NOT_IMPORTER: _not_importer,
    Guard.ALL_SETTLED: _all_settled,
    Guard.COVERED: _covered,
}

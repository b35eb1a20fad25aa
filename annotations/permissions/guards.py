"""What each guard of the move tables demands, as one function a guard: a refusal, or yes.

Facts come as a function, so that a guard which needs none costs no query.
"""

from collections.abc import Callable, Mapping

from annotations.core.independence import only_unnamed, supporting_groups
from annotations.core.moves import Guard
from annotations.core.states import Role
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
    return not_allowed(f"This annotation is assigned to {annotation.assignee}. Take it over first.")


def _placed(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if annotation.revision_id == annotation.article.revision_id:
        return YES
    return wrong_state("Newer copy changed its words. Decide on its place in the current text first.")


def _author_or_head(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk == annotation.author_id or Role.HEAD in roles_on(actor, annotation.desk_id):
        return YES
    return not_allowed("Only its author or the head of research can withdraw an annotation.")


def _not_involved(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk in facts().participants:
        return not_allowed("You worked on this annotation, so somebody else must approve it.")
    if actor.pk in facts().approvals:
        return wrong_state("You approved this already. It waits for the approval of somebody else.")
    return YES


def _no_part(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    if actor.pk in facts().participants | facts().reviewers:
        return not_allowed("You took part in this annotation or its review, so somebody else must decide.")
    return YES


def _verdict(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    verdict = facts().verdict
    if verdict is None:
        return wrong_state("Give a verdict before you propose it.")
    if not verdict.rationale.strip():
        return wrong_state("Write down the rationale of the verdict before you propose it.")
    return YES


def _evidence(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    verdict, support = facts().verdict, facts().support
    if verdict is None or not is_positive(verdict.term):
        return YES
    desk = annotation.article.desk
    name, groups = verdict.term.name.lower(), supporting_groups(support)
    if len(groups) < desk.sources_needed:
        missing = desk.sources_needed - len(groups)
        return wrong_state(
            f'For the verdict "{name}" this desk asks for {desk.sources_needed} independent supporting '
            f"{'source' if desk.sources_needed == 1 else 'sources'}; there {'is' if len(groups) == 1 else 'are'} "
            f"{len(groups) or 'none'}. Add {missing} more."
        )
    if not desk.unnamed_alone and only_unnamed(support):
        return wrong_state(
            f'The verdict "{name}" rests on unnamed sources alone, which this desk does not allow. Add a named one.'
        )
    return YES


def _no_blocking_comment(annotation: Annotation, actor: User, facts: Callable[[], Facts]) -> Decision:
    left = facts().blocking
    if left:
        count = "A blocking comment is" if left == 1 else f"{left} blocking comments are"
        return wrong_state(f"{count} not resolved yet. Settle that first.")
    return YES


def _not_importer(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    if actor.pk == article.created_by_id:
        return not_allowed("You brought this article in, so somebody else must clear it.")
    return YES


def _all_settled(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    left = facts().unsettled
    if left:
        noun = "annotation is" if left == 1 else "annotations are"
        return wrong_state(f"{left} {noun} neither signed off nor withdrawn yet.")
    return YES


def _covered(article: Article, actor: User, facts: Callable[[], ArticleFacts]) -> Decision:
    left = len(facts().unseen)
    if article.desk.coverage_required and left:
        noun = "sentence is" if left == 1 else "sentences are"
        return wrong_state(f'{left} {noun} unseen. Annotate each of them or mark it "nothing to check".')
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

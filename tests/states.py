"""Objects in a given state, walked there by the real moves."""

from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article
from annotations.permissions import article_facts
from annotations.services.coverage import mark_nothing_to_check
from annotations.services.moves import move_annotation
from annotations.services.signoff import move_article
from tests.factories import annotate
from tests.people import People

WAYS: dict[AnnotationState, list[tuple[str, str, dict[str, str]]]] = {
    AnnotationState.OPEN: [],
    AnnotationState.PROPOSED: [("checker", "propose", {})],
    AnnotationState.RETURNED: [("checker", "propose", {}), ("reviewer", "return", {"reason": "Needs a date."})],
    AnnotationState.DISPUTED: [("checker", "propose", {}), ("reviewer", "dispute", {"reason": "Not so."})],
    AnnotationState.SIGNED_OFF: [("checker", "propose", {}), ("reviewer", "approve", {})],
    AnnotationState.NEEDS_RECHECK: [
        ("checker", "propose", {}),
        ("reviewer", "approve", {}),
        ("head", "reopen", {"reason": "New figures."}),
    ],
    AnnotationState.WITHDRAWN: [("checker", "withdraw", {"reason": "Twice."})],
}


def annotation_at(state: AnnotationState, article: Article, people: People, quote: str = "nine") -> Annotation:
    """An annotation by `checker` with verdict, rationale and one supporting source, in this state."""
    annotation = annotate(
        article,
        people.checker,
        quote,
        claim="Nine died.",
        terms=["quantity"],
        evidence=[EvidenceDraft(url="https://www.example.org/a", stance="supports")],
        verdict=VerdictDraft("accurate", "The report says so."),
    )
    for name, action, more in WAYS[state]:
        annotation = move(annotation, getattr(people, name), action, **more)
    return annotation


def move(annotation: Annotation, actor: object, action: str, **more: str) -> Annotation:
    """One move by somebody who looked at the current version."""
    version = Annotation.objects.values_list("version", flat=True).get(pk=annotation.pk)
    return move_annotation(
        annotation_id=annotation.pk,
        actor=actor,
        action=action,
        seen_version=version,
        **more,  # type: ignore[arg-type]
    )


def cover(article: Article, people: People) -> None:
    """Mark every unseen sentence "nothing to check"."""
    article.refresh_from_db()
    ranges = [(row.start, row.end) for row in article_facts(article).unseen]
    mark_nothing_to_check(article_id=article.pk, actor=people.checker, revision_id=article.current.pk, ranges=ranges)


def article_at(state: ArticleState, article: Article, people: People) -> Article:
    """The article with one signed-off annotation and full coverage, in this state."""
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    cover(article, people)
    ways = {
        ArticleState.CHECKING: [],
        ArticleState.CLEARED: ["clear"],
        ArticleState.PUBLISHED: ["clear", "publish"],
        ArticleState.RETRACTED: ["clear", "publish", "retract"],
    }
    for action in ways[state]:
        article = move_article(
            article_id=article.pk,
            actor=people.head,
            action=action,
            seen_version=None,
            reason="Withdrawn by the agency." if action == "retract" else "",
        )
    return article

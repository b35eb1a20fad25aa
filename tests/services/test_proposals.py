"""What a proposal needs before it goes to review, and what holds it: verdict, sources, assignee, comments."""

import pytest

from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.models import Article, Desk, Notice
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.policies import set_policies
from tests.factories import annotate
from tests.people import People
from tests.states import move


@pytest.mark.parametrize(
    ("verdict", "evidence", "policies", "missing"),
    [
        (None, [], {}, "Give a verdict"),
        (VerdictDraft("accurate", "  "), [], {}, "rationale"),
        (
            VerdictDraft("accurate", "So."),
            [],
            {},
            "asks for 1 independent supporting source; there are none. Add 1 more",
        ),
        (
            VerdictDraft("accurate", "So."),
            ["https://a.example/1", "https://www.a.example/2"],
            {"sources_needed": 2},
            "Add 1 more",
        ),
        (VerdictDraft("mostly-accurate", "So."), ["https://a.example/1"], {"sources_needed": 3}, "Add 2 more"),
    ],
)
def test_a_proposal_that_falls_short_says_what_is_missing(
    article: Article,
    people: People,
    desk: Desk,
    verdict: VerdictDraft | None,
    evidence: list[str],
    policies: dict[str, int],
    missing: str,
) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes=policies)
    sources = [EvidenceDraft(url=url, stance="supports") for url in evidence]
    annotation = annotate(article, people.checker, "nine", verdict=verdict, evidence=sources)

    with pytest.raises(DomainError, match=missing) as refused:
        move(annotation, people.checker, "propose")

    assert refused.value.code == "wrong_state"


@pytest.mark.parametrize("term", ["false", "unproven", "not-checkable"])
def test_a_verdict_that_is_not_positive_needs_no_supporting_source(article: Article, people: People, term: str) -> None:
    annotation = annotate(article, people.checker, "nine", verdict=VerdictDraft(term, "So."))

    assert move(annotation, people.checker, "propose").state == AnnotationState.PROPOSED


def test_unnamed_sources_alone_support_nothing_unless_the_desk_allows_it(
    article: Article, people: People, desk: Desk
) -> None:
    unnamed = EvidenceDraft(url="https://a.example/1", stance="supports", unnamed=True)
    annotation = annotate(article, people.checker, "nine", verdict=VerdictDraft("accurate", "So."), evidence=[unnamed])

    with pytest.raises(DomainError, match="unnamed sources alone"):
        move(annotation, people.checker, "propose")
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"unnamed_alone": True})

    assert move(annotation, people.checker, "propose").state == AnnotationState.PROPOSED


def test_only_the_assignee_proposes(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine", verdict=VerdictDraft("false", "So."), assignee="checker2")

    with pytest.raises(DomainError, match="assigned to Checker2"):
        move(annotation, people.checker, "propose")

    assert move(annotation, people.checker2, "propose").state == AnnotationState.PROPOSED


def test_a_blocking_comment_holds_the_proposal(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine", verdict=VerdictDraft("false", "So."))
    comment, _ = add_comment(annotation_id=annotation.pk, actor=people.reviewer, text="Wait.", blocking=True)

    with pytest.raises(DomainError, match="A blocking comment is not resolved yet"):
        move(annotation, people.checker, "propose")
    resolve_comment(comment_id=comment.pk, actor=people.reviewer)

    assert move(annotation, people.checker, "propose").state == AnnotationState.PROPOSED


def test_a_question_to_the_reporter_ends_with_its_outcome(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine")
    question, _ = add_comment(annotation_id=annotation.pk, actor=people.checker, text="Which nine?", kind="question")

    with pytest.raises(DomainError, match="what the reporter answered"):
        resolve_comment(comment_id=question.pk, actor=people.checker)
    settled = resolve_comment(comment_id=question.pk, actor=people.checker, outcome="Those named by the agency.")

    assert settled.outcome == "Those named by the agency."


def test_mentioned_members_are_told_once(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine")

    add_comment(
        annotation_id=annotation.pk,
        actor=people.checker,
        text="@reviewer, @reviewer and @stranger: mail a@head.example",
    )

    assert [(notice.person, notice.sentence) for notice in Notice.objects.all()] == [
        (people.reviewer, 'Checker mentioned you at "nine".')
    ]

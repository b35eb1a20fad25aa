"""Coverage, clearing, publishing, reopening; and that nothing changes unnoticed in between."""

import json

import pytest
from django.db import connection

from annotations.core.digests import canonical_json, digest_of
from annotations.core.drafts import EvidenceDraft
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, ArticleState, Role
from annotations.models import Annotation, Article, CoverageMark, Desk, Event, SignOff, User
from annotations.permissions import article_facts
from annotations.services.articles import edit_article
from annotations.services.coverage import mark_nothing_to_check, take_mark_back
from annotations.services.desks import set_membership
from annotations.services.evidence import add_evidence
from annotations.services.policies import set_policies
from annotations.services.signoff import changes_since_signing, move_article
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at, article_at, cover, move


def go(article: Article, actor: User, action: str, reason: str = "") -> Article:
    return move_article(article_id=article.pk, actor=actor, action=action, seen_version=None, reason=reason)


def test_ledger_knows_what_is_annotated_marked_and_unseen(article: Article, people: People) -> None:
    annotate(article, people.checker, "thousands of troops")
    last = TEXT.index("Thousands of families wait.")
    place = (last, len(TEXT))

    mark_nothing_to_check(
        article_id=article.pk, actor=people.checker2, revision_id=article.current.pk, ranges=[place, place]
    )

    rows = article_facts(article).coverage
    assert [(TEXT[row.start : row.end], row.seen.value) for row in rows] == [
        ("Troops cleared mines, leader says", "unseen"),
        ("The country has sent thousands of troops abroad, according to Western intelligence agencies.", "annotated"),
        ('"We lost nine," the leader said, "in a hundred and twenty days."', "unseen"),
        ("The agencies gave no evidence.", "unseen"),
        ("Thousands of families wait.", "nothing_to_check"),
    ]
    assert CoverageMark.objects.get().person == people.checker2


def test_a_mark_is_taken_back(article: Article, people: People) -> None:
    cover(article, people)
    first = article_facts(article).coverage[0]

    take_mark_back(
        article_id=article.pk,
        actor=people.checker,
        revision_id=article.current.pk,
        ranges=[(first.start, first.end)],
    )

    assert [row.number for row in article_facts(article).unseen] == [0]
    assert CoverageMark.objects.filter(retired_at__isnull=False).count() == 1


def test_only_whole_sentences_are_marked(article: Article, people: People) -> None:
    with pytest.raises(DomainError, match="no sentence from 0 to 6"):
        mark_nothing_to_check(
            article_id=article.pk, actor=people.checker, revision_id=article.current.pk, ranges=[(0, 6)]
        )

    assert CoverageMark.objects.count() == 0


def test_withdrawing_an_annotation_makes_its_sentence_unseen_again(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "thousands of troops")
    cover(article, people)
    assert article_facts(article).unseen == []

    move(annotation, people.checker, "withdraw", reason="No claim.")

    assert [row.number for row in article_facts(article).unseen] == [1]


def test_clearing_signs_everything(article: Article, people: People) -> None:
    cleared = article_at(ArticleState.CLEARED, article, people)

    signed = SignOff.objects.get()
    snapshot = json.loads(signed.snapshot)
    assert cleared.state == ArticleState.CLEARED
    assert signed.digest == digest_of(snapshot)
    assert signed.snapshot == canonical_json(snapshot)
    assert snapshot["signed"]["by"] == "head"
    assert snapshot["content"]["revision"]["sha256"] == article.current.sha256
    [annotation] = snapshot["content"]["annotations"]
    assert annotation["exact"] == "nine"
    assert annotation["verdicts"][0]["term"] == "accurate"
    assert annotation["evidence"][0]["url"] == "https://www.example.org/a"
    assert annotation["reviews"] == [{"person": "reviewer", "decision": "approve", "reason": "", "version": 2}]
    assert snapshot["content"]["vocabularies"]["verdict"] == 1
    assert len(snapshot["content"]["coverage"]) == 4
    assert Event.objects.get(action="clear").after["digest"] == signed.digest  # type: ignore[index]


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        ("open annotation", "1 annotation is neither signed off nor withdrawn yet."),
        ("unseen sentences", "4 sentences are unseen."),
    ],
)
def test_clearing_waits_for_what_is_left(article: Article, people: People, left: str, sentence: str) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    if left == "open annotation":
        cover(article, people)
        annotate(article, people.checker, "thousands of troops")

    with pytest.raises(DomainError) as refused:
        go(article, people.head, "clear")

    assert refused.value.code == "wrong_state"
    assert refused.value.message.startswith(sentence)
    article.refresh_from_db()
    assert (article.state, SignOff.objects.count()) == (ArticleState.CHECKING, 0)


def test_coverage_is_waited_for_only_where_the_desk_asks_for_it(article: Article, people: People, desk: Desk) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"coverage_required": False})

    assert go(article, people.head, "clear").state == ArticleState.CLEARED


def test_whoever_brought_the_article_in_cannot_clear_it(article: Article, people: People, desk: Desk) -> None:
    article_at(ArticleState.CHECKING, article, people)
    set_membership(desk=desk, user=people.checker, roles=[Role.CHECKER, Role.HEAD])

    with pytest.raises(DomainError, match="You brought this article in") as refused:
        go(article, User.objects.get(pk=people.checker.pk), "clear")

    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize("name", ["checker", "reviewer", "reader", "admin", "stranger"])
@pytest.mark.parametrize("action", ["clear", "publish", "reopen", "retract"])
def test_only_the_head_moves_articles(article: Article, people: People, name: str, action: str) -> None:
    state = {"clear": ArticleState.CHECKING, "retract": ArticleState.PUBLISHED}.get(action, ArticleState.CLEARED)
    article_at(state, article, people)

    with pytest.raises(DomainError) as refused:
        go(article, getattr(people, name), action, "Because.")

    unseen = name == "stranger" or (name == "reader" and action == "clear")
    assert refused.value.code == ("not_found" if unseen else "not_allowed")


def test_a_cleared_article_is_published_and_reopened(article: Article, people: People) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    with pytest.raises(DomainError, match="Give a reason"):
        go(article, people.head, "reopen")
    reopened = go(article, people.head, "reopen", "New figures.")

    assert reopened.state == ArticleState.CHECKING
    assert SignOff.objects.get().voided_at is not None


TAMPERING = {
    "article": "UPDATE annotations_article SET title = 'Other'",
    "annotations": "UPDATE annotations_annotation SET claim = 'Other'",
    "vocabularies": "UPDATE annotations_vocabulary SET version = 2 WHERE key = 'verdict'",
    "coverage": "UPDATE annotations_coveragemark SET retired_at = now()",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_publishing_notices_what_changed_since_the_signature(article: Article, people: People, what: str) -> None:
    article_at(ArticleState.CLEARED, article, people)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_annotation DISABLE TRIGGER USER")  # as only its owner could
        cursor.execute(TAMPERING[what])
        cursor.execute("ALTER TABLE annotations_annotation ENABLE TRIGGER USER")

    with pytest.raises(DomainError) as refused:
        go(article, people.head, "publish")

    assert refused.value.code == "digest_mismatch"
    assert refused.value.extra["changed"] == [what]
    assert changes_since_signing(Article.objects.get()) == [what]


def test_everything_is_locked_after_clearing(article: Article, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)
    annotation = Annotation.objects.get()
    attempts = [
        lambda: annotate(article, people.checker, "thousands of troops"),
        lambda: move(annotation, people.head, "reopen", reason="Because."),
        lambda: edit_article(
            article_id=article.pk, actor=people.checker, seen_version=None, changes={"title": "Other"}
        ),
        lambda: add_evidence(
            annotation_id=annotation.pk, actor=people.checker, draft=EvidenceDraft(url="https://www.example.org/c")
        ),
        lambda: cover(article, people),
    ]

    for attempt in attempts:
        with pytest.raises(DomainError, match="Reopen it first") as refused:
            attempt()
        assert refused.value.code == "wrong_state"

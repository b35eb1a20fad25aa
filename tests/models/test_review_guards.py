"""Four eyes, sign-off and history: what the database refuses when somebody goes round the application."""

import pytest
from django.db import connection

from annotations.core.states import AnnotationState, ArticleState, Role
from annotations.models import Article, Desk, User
from annotations.models.base import new_id
from annotations.services.desks import set_membership
from tests.models.conftest import Refused
from tests.people import People
from tests.states import annotation_at, article_at

SIGN = "UPDATE annotations_annotation SET state = 'signed_off'"
REVIEW = (
    "INSERT INTO annotations_review "
    "(id, desk_id, annotation_id, person_id, decision, outcome, reason, version, created) "
    "SELECT %s, desk_id, id, %s, %s, 'signed_off', %s, version + %s, now() FROM annotations_annotation"
)


@pytest.mark.parametrize("state", [state for state in AnnotationState if state not in ("signed_off", "suggested")])
def test_nothing_is_signed_off_without_review(
    refused: Refused,
    article: Article,
    people: People,
    state: AnnotationState,
) -> None:
    annotation_at(state, article, people)

    assert refused(SIGN) == "annotation_four_eyes"


@pytest.mark.parametrize(
    ("name", "decision", "later", "guard"),
    [
        ("checker", "approve", 0, "review_person_may"),
        ("checker2", "approve", 0, "review_person_may"),
        ("admin", "approve", 0, "review_person_may"),
        ("stranger", "approve", 0, "review_person_may"),
        ("reviewer", "approve_in_emergency", 0, "review_person_may"),
        ("reviewer", "approve", 1, "review_of_current_version"),
        ("head", "decide", 0, "review_of_proposal"),
    ],
)
def test_reviews_are_guarded(
    refused: Refused,
    article: Article,
    people: People,
    name: str,
    decision: str,
    later: int,
    guard: str,
) -> None:
    annotation_at(AnnotationState.PROPOSED, article, people)

    assert refused(REVIEW, new_id(), getattr(people, name).pk, decision, "So.", later) == guard


@pytest.mark.parametrize("decision", ["approve", "approve_in_emergency"])
def test_no_role_lets_anybody_approve_their_own(
    refused: Refused,
    article: Article,
    people: People,
    desk: Desk,
    decision: str,
) -> None:
    annotation_at(AnnotationState.PROPOSED, article, people)
    set_membership(desk=desk, user=people.checker, roles=list(Role))

    assert refused(REVIEW, new_id(), people.checker.pk, decision, "So.", 0) == "review_four_eyes"


def test_no_role_lets_a_disputer_decide(
    refused: Refused,
    article: Article,
    people: People,
    desk: Desk,
) -> None:
    annotation_at(AnnotationState.DISPUTED, article, people)
    set_membership(desk=desk, user=people.reviewer, roles=list(Role))

    assert refused(REVIEW, new_id(), people.reviewer.pk, "decide", "So.", 0) == "review_decider_took_no_part"


def test_a_deactivated_reviewer_is_none(refused: Refused, article: Article, people: People) -> None:
    annotation_at(AnnotationState.PROPOSED, article, people)
    User.objects.filter(pk=people.reviewer.pk).update(is_active=False)

    assert refused(REVIEW, new_id(), people.reviewer.pk, "approve", "", 0) == "review_person_may"


REWRITES = [
    ("UPDATE annotations_review SET person_id = (SELECT id FROM annotations_user LIMIT 1)", "review_written_once"),
    ("UPDATE annotations_review SET reason = 'x'", "review_written_once"),
    ("DELETE FROM annotations_review", "review_never_deleted"),
    ("UPDATE annotations_annotation SET claim = 'Other'", "annotation_change_voids"),
    ("UPDATE annotations_verdict SET retired_at = now()", "annotation_change_voids"),
    ("UPDATE annotations_evidence SET retired_at = now()", "annotation_change_voids"),
    ("DELETE FROM annotations_annotationterm", "annotation_change_voids"),
]


@pytest.mark.parametrize(("sql", "guard"), REWRITES)
def test_what_was_judged_stays(
    refused: Refused,
    article: Article,
    people: People,
    sql: str,
    guard: str,
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)

    assert refused(sql) == guard


def test_reopening_voids_the_approvals_for_good(refused: Refused, article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_annotation SET state = 'needs_recheck'")
        cursor.execute("UPDATE annotations_annotation SET state = 'proposed'")

    assert refused(SIGN) == "annotation_four_eyes"
    assert refused("UPDATE annotations_review SET voided_at = null") == "review_void_stays"


ON_CLEARED = [
    ("UPDATE annotations_annotation SET note = 'x'", "article_locked"),
    ("UPDATE annotations_annotation SET state = 'withdrawn'", "article_locked"),
    ("UPDATE annotations_evidence SET retired_at = now()", "article_locked"),
    ("UPDATE annotations_signoff SET digest = repeat('0', 64)", "signoff_written_once"),
    ("DELETE FROM annotations_signoff", "signoff_never_deleted"),
    ("DELETE FROM annotations_coveragemark", "coveragemark_never_deleted"),
    ("UPDATE annotations_coveragemark SET start = 1", "coveragemark_written_once"),
]


@pytest.mark.parametrize(("sql", "guard"), ON_CLEARED)
def test_a_cleared_article_is_locked(
    refused: Refused,
    article: Article,
    people: People,
    sql: str,
    guard: str,
) -> None:
    article_at(ArticleState.CLEARED, article, people)

    assert refused(sql) == guard


@pytest.mark.parametrize("state", ["cleared", "published"])
def test_no_article_is_cleared_without_a_sign_off(
    refused: Refused,
    article: Article,
    people: People,
    state: str,
) -> None:
    article_at(ArticleState.CHECKING, article, people)

    assert refused("UPDATE annotations_article SET state = %s", state) == "article_signed_off"


@pytest.mark.parametrize(("name", "guard"), [("checker", "signoff_person_may"), ("admin", "signoff_person_may")])
def test_sign_offs_are_guarded(
    refused: Refused,
    article: Article,
    people: People,
    name: str,
    guard: str,
) -> None:
    article_at(ArticleState.CHECKING, article, people)
    sql = (
        "INSERT INTO annotations_signoff (id, desk_id, article_id, revision_id, person_id, snapshot, digest, created) "
        "SELECT %s, desk_id, id, revision_id, %s, '{}', encode(sha256('{}'), 'hex'), now() FROM annotations_article"
    )

    assert refused(sql, new_id(), getattr(people, name).pk) == guard
    assert (
        refused(sql.replace("sha256('{}')", "sha256('x')"), new_id(), people.head.pk) == "signoff_digest_is_snapshots"
    )


def test_an_annotation_begins_open(refused: Refused, article: Article, people: People) -> None:
    annotation_at(AnnotationState.OPEN, article, people)
    columns = (
        'desk_id, article_id, revision_id, start, "end", exact, prefix, suffix, fragments, claim, note, version, '
        "author_id, created, updated"
    )
    sql = (
        f"INSERT INTO annotations_annotation (id, state, {columns}) "
        f"SELECT %s, 'signed_off', {columns} FROM annotations_annotation"
    )

    assert refused(sql, new_id()) == "annotation_begins_open"

"""Changing annotations: versions, what is superseded, who withdraws, and what a stale look is told."""

import pytest

from annotations.core.drafts import (
    AnnotationChanges,
    PlaceDraft,
    VerdictDraft,
)
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Event, Verdict
from annotations.services.annotations import edit_annotation
from annotations.services.history import annotation_state
from annotations.services.moves import move_annotation
from tests.factories import annotate
from tests.people import People


def test_edit_is_a_new_version_with_before_and_after(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine", claim="Nine died.", terms=["quantity"])
    changes = AnnotationChanges(
        place=PlaceDraft(start=made.start - 5, end=made.end),
        claim="Nine were lost.",
        terms=["event"],
        verdict=VerdictDraft("accurate", "Confirmed."),
    )

    edited = edit_annotation(annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=changes)

    event = Event.objects.get(annotation=made, action="edit")
    assert (edited.exact, edited.claim, edited.version) == ("lost nine", "Nine were lost.", 2)
    assert event.before is not None
    assert event.after is not None
    assert (event.before["exact"], event.after["exact"]) == ("nine", "lost nine")
    assert (event.before["terms"], event.after["terms"]) == (["quantity"], ["event"])
    assert event.after == annotation_state(Annotation.objects.get())


def test_new_verdict_supersedes_and_keeps_the_old(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine", verdict=VerdictDraft("unproven", "Not yet."))

    edit_annotation(
        annotation_id=made.pk,
        actor=people.checker,
        seen_version=1,
        changes=AnnotationChanges(verdict=VerdictDraft("accurate", "Now.")),
    )

    rows = Verdict.objects.order_by("id").select_related("term")
    assert [(row.term.key, row.retired_at is None) for row in rows] == [("unproven", False), ("accurate", True)]


def test_a_change_that_changes_nothing_is_no_version(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine", claim="Nine died.", verdict=VerdictDraft("accurate", "Yes."))
    same = AnnotationChanges(
        claim="Nine died.", verdict=VerdictDraft("accurate", "Yes."), place=PlaceDraft(exact="nine")
    )

    edited = edit_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1, changes=same)

    assert edited.version == 1
    assert Event.objects.filter(annotation=made).count() == 1


def test_stale_version_is_refused(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")
    edit_annotation(
        annotation_id=made.pk, actor=people.checker, seen_version=1, changes=AnnotationChanges(claim="One.")
    )

    with pytest.raises(DomainError) as refused:
        edit_annotation(
            annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(claim="Two.")
        )

    assert refused.value.code == "stale"
    assert Annotation.objects.get().claim == "One."


def test_author_withdraws_with_a_reason(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")

    move_annotation(
        annotation_id=made.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Twice the same."
    )

    assert Annotation.objects.get().state == AnnotationState.WITHDRAWN
    assert Event.objects.get(action="withdraw").reason == "Twice the same."
    assert list(Annotation.objects.live()) == []


def test_only_author_and_head_withdraw(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")

    with pytest.raises(DomainError) as refused:
        move_annotation(
            annotation_id=made.pk, actor=people.checker2, seen_version=1, action="withdraw", reason="Twice."
        )
    move_annotation(annotation_id=made.pk, actor=people.head, seen_version=1, action="withdraw", reason="Twice.")

    assert refused.value.code == "not_allowed"


def test_withdrawn_annotation_is_not_edited(article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")
    move_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Twice.")

    with pytest.raises(DomainError, match="withdrawn, so it cannot be changed") as refused:
        edit_annotation(
            annotation_id=made.pk, actor=people.checker, seen_version=2, changes=AnnotationChanges(claim="x")
        )

    assert refused.value.code == "wrong_state"

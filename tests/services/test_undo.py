"""Undo restores the version before as a new version."""

import pytest

from annotations.core.drafts import AnnotationChanges, AttributionDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.models import Annotation, Article, Event
from annotations.services.annotations import edit_annotation
from annotations.services.evidence import add_attribution, add_evidence, add_link, retire_part
from annotations.services.history import annotation_state
from annotations.services.moves import move_annotation
from annotations.services.undo import undo_annotation
from tests.factories import annotate
from tests.people import People


def state(annotation: Annotation) -> dict[str, object]:
    return {**annotation_state(Annotation.objects.get(pk=annotation.pk)), "version": None}


@pytest.fixture
def made(article: Article, people: People) -> Annotation:
    return annotate(
        article,
        people.checker,
        "nine",
        claim="Nine died.",
        note="n",
        terms=["quantity"],
        attributions=[AttributionDraft("The leader")],
        evidence=[EvidenceDraft(url="https://www.example.org/a")],
        verdict=VerdictDraft("unproven", "Not yet."),
    )


def test_edit_is_undone_and_done_again(made: Annotation, people: People) -> None:
    before = state(made)
    changes = AnnotationChanges(
        place=PlaceDraft(start=made.start - 5, end=made.end),
        claim="",
        terms=["event", "quotation"],
        verdict=VerdictDraft("false", "No."),
        assignee="checker2",
    )
    edit_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1, changes=changes)
    after = state(made)

    undone = undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=2)
    back = state(made)
    again = undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=3)

    assert (undone.version, again.version) == (3, 4)
    assert back == before
    assert state(made) == after
    assert before != after


def test_added_and_retired_parts_are_undone(made: Annotation, article: Article, people: People) -> None:
    other = annotate(article, people.checker, "leader said")
    before = state(made)
    steps = [
        lambda version: add_evidence(
            annotation_id=made.pk,
            actor=people.checker,
            seen_version=version,
            draft=EvidenceDraft(url="https://www.example.org/b"),
        ),
        lambda version: add_attribution(
            annotation_id=made.pk, actor=people.checker, seen_version=version, draft=AttributionDraft("KCNA")
        ),
        lambda version: add_link(
            annotation_id=made.pk, actor=people.checker, seen_version=version, target_id=other.pk, kind="contradicts"
        ),
        lambda version: retire_part(
            annotation_id=made.pk,
            actor=people.checker,
            seen_version=version,
            kind="evidence",
            part_id=made.evidence.first().pk,  # type: ignore[union-attr]
        ),
    ]
    for number, step in enumerate(steps):
        step(2 * number + 1)
        assert state(made) != before
        undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=2 * number + 2)
        assert state(made) == before


def test_undoing_the_creation_withdraws_and_undoing_the_withdrawal_opens(made: Annotation, people: People) -> None:
    undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1)
    assert state(made)["state"] == "withdrawn"

    undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=2)
    assert state(made)["state"] == "open"


def test_withdrawal_is_undone(made: Annotation, people: People) -> None:
    move_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Twice.")

    undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=2)

    assert state(made)["state"] == "open"
    assert list(Event.objects.filter(annotation=made).order_by("id").values_list("action", flat=True)) == [
        "create",
        "withdraw",
        "undo",
    ]


def test_only_who_made_the_change_undoes_it(made: Annotation, people: People) -> None:
    edit_annotation(
        annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(note="mine")
    )

    with pytest.raises(DomainError, match="Only they can undo it") as refused:
        undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=2)

    assert refused.value.code == "not_allowed"


def test_undo_of_a_stale_version_is_refused(made: Annotation, people: People) -> None:
    edit_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1, changes=AnnotationChanges(note="a"))

    with pytest.raises(DomainError) as refused:
        undo_annotation(annotation_id=made.pk, actor=people.checker, seen_version=1)

    assert refused.value.code == "stale"

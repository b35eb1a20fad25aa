"""New copy that needs a person: what waits, what they choose, and what becomes of it with the next copy."""

import pytest
from django.db import DatabaseError, transaction

from annotations.core.drafts import AnnotationChanges, PlaceDraft
from annotations.core.errors import DomainError
from annotations.models import (
    Annotation,
    Article,
    Desk,
    Event,
    Placement,
    User,
)
from annotations.queries.history import told_events
from annotations.services.annotations import edit_annotation
from annotations.services.placing import place_annotation
from annotations.services.signoff import move_article
from annotations.services.undo import undo_annotation
from annotations.services.verification import verify_history
from tests.people import TEXT, People
from tests.services.test_revisions import ON_TOP, outcomes, placed, revise, signed
from tests.states import cover, move


@pytest.fixture
def changed(article: Article, people: People) -> Annotation:
    """An annotation whose number the new copy has changed; its suggestion waits for a person."""
    annotation = signed(article, people, '"We lost nine,"')
    revise(article, people.checker2, ON_TOP + TEXT.replace("lost nine", "lost eleven"))
    annotation.refresh_from_db()
    return annotation


def choose(annotation: Annotation, actor: User, choice: str, place: PlaceDraft | None = None) -> Annotation:
    version = Annotation.objects.get(pk=annotation.pk).version
    return place_annotation(annotation_id=annotation.pk, actor=actor, choice=choice, seen_version=version, place=place)


def test_accepted_suggestion_moves_it_and_it_can_be_proposed_again(changed: Annotation, people: People) -> None:
    with pytest.raises(DomainError, match="Decide on its place in the current text first") as refused:
        move(changed, people.checker, "propose")
    assert refused.value.code == "wrong_state"

    choose(changed, people.checker2, "accept")

    assert placed(changed) == (2, '"We lost eleven,"', "needs_recheck")
    assert Placement.objects.get().decision == "accepted"
    move(changed, people.checker, "propose")
    assert placed(changed) == (2, '"We lost eleven,"', "proposed")


def test_corrected_place_is_the_persons(changed: Annotation, people: People) -> None:
    choose(changed, people.checker2, "correct", PlaceDraft(exact="eleven"))

    assert placed(changed) == (2, "eleven", "needs_recheck")
    assert Placement.objects.get().decision == "corrected"


def test_rejected_one_stays_on_the_old_text_and_can_still_be_placed(changed: Annotation, people: People) -> None:
    choose(changed, people.checker2, "reject")
    assert placed(changed) == (1, '"We lost nine,"', "needs_recheck")

    choose(changed, people.checker2, "correct", PlaceDraft(exact="lost eleven"))

    assert placed(changed) == (2, "lost eleven", "needs_recheck")


@pytest.mark.parametrize("choice", ["accept", "reject"])
def test_decision_can_be_taken_back(choice: str, changed: Annotation, people: People) -> None:
    choose(changed, people.checker2, choice)

    choose(changed, people.checker, "undo")

    assert placed(changed) == (1, '"We lost nine,"', "needs_recheck")
    assert Placement.objects.get().decision == "pending"


def test_choices_that_do_not_fit_are_refused(changed: Annotation, people: People) -> None:
    for actor, choice, code in (
        (people.checker, "guess", "unknown_choice"),
        (people.checker, "correct", "range_missing"),
        (people.checker, "undo", "wrong_state"),
        (people.admin, "accept", "not_allowed"),
        (people.stranger, "accept", "not_found"),
    ):
        with pytest.raises(DomainError) as refused:
            choose(changed, actor, choice)
        assert refused.value.code == code
    with pytest.raises(DomainError) as refused:
        place_annotation(annotation_id=changed.pk, actor=people.checker, choice="accept", seen_version=1)
    assert refused.value.code == "stale"
    with pytest.raises(DomainError) as refused:
        choose(choose(changed, people.checker, "accept"), people.checker, "accept")
    assert refused.value.code == "wrong_state"


def test_what_has_no_place_holds_the_clearing(changed: Annotation, article: Article, people: People) -> None:
    cover(article, people)

    with pytest.raises(DomainError, match="1 annotation is neither signed off nor withdrawn yet"):
        move_article(article_id=article.pk, actor=people.head, action="clear", seen_version=None)

    move(changed, people.checker, "withdraw", reason="Not in the new copy.")
    move_article(article_id=article.pk, actor=people.head, action="clear", seen_version=None)


def test_claim_of_an_unplaced_annotation_can_be_edited_and_undone(changed: Annotation, people: People) -> None:
    edit_annotation(
        annotation_id=changed.pk, actor=people.checker, seen_version=None, changes=AnnotationChanges(claim="New.")
    )
    undo_annotation(annotation_id=changed.pk, actor=people.checker, seen_version=None)

    assert placed(changed) == (1, '"We lost nine,"', "needs_recheck")
    assert changed.claim == "Nine died."
    with pytest.raises(DomainError, match="Decide on its place"):
        edit_annotation(
            annotation_id=changed.pk,
            actor=people.checker,
            seen_version=None,
            changes=AnnotationChanges(place=PlaceDraft(exact="eleven")),
        )


def test_newer_copy_carries_what_still_waits_from_its_own_text(
    changed: Annotation, article: Article, people: People
) -> None:
    new = revise(article, people.checker2, TEXT)

    assert outcomes(new) == {'"We lost nine,"': "unchanged"}
    assert placed(changed) == (3, '"We lost nine,"', "needs_recheck")
    assert list(Placement.objects.order_by("id").values_list("decision", flat=True)) == ["superseded", "carried"]


def test_annotation_that_waited_and_was_withdrawn_waits_again_when_it_comes_back(
    changed: Annotation, article: Article, people: People
) -> None:
    move(changed, people.checker, "withdraw", reason="By mistake.")
    newest = revise(article, people.checker2, TEXT.replace("lost nine", "lost twelve"))

    undo_annotation(annotation_id=changed.pk, actor=people.checker, seen_version=None)
    choose(changed, people.checker2, "accept")

    assert placed(changed) == (3, '"We lost twelve,"', "needs_recheck")
    assert list(Placement.objects.order_by("id").values_list("next_revision__number", "decision")) == [
        (2, "superseded"),
        (newest.number, "accepted"),
    ]


def test_database_signs_nothing_off_that_stands_on_an_older_text(changed: Annotation) -> None:
    with pytest.raises(DatabaseError, match="Decide on its place first"), transaction.atomic():
        Annotation.objects.filter(pk=changed.pk).update(state="proposed")


def test_history_tells_what_happened(changed: Annotation, desk: Desk, people: People) -> None:
    choose(changed, people.checker2, "accept")

    told = [each.sentence for each in told_events(Event.objects.filter(annotation=changed))[:2]]

    assert told == [
        "Checker2 accepted its suggested place in the new text.",
        "Checker2 brought in revision 2, which changes its words: it needs a recheck.",
    ]
    assert verify_history(desk).broken == ""

"""The review workflow: every move by everybody, four eyes, voiding."""

import pytest

from annotations.core.drafts import AnnotationChanges, AttributionDraft, EvidenceDraft, PlaceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.core.moves import ANNOTATION_MOVES, actions_of
from annotations.core.states import AnnotationState, Role
from annotations.models import Annotation, Article, Desk, Event, Notice, Review, User
from annotations.permissions import may
from annotations.services.annotations import edit_annotation
from annotations.services.comments import add_comment
from annotations.services.desks import set_membership
from annotations.services.evidence import add_attribution, add_evidence, add_link, retire_part
from annotations.services.policies import set_policies
from annotations.services.undo import undo_annotation
from tests.factories import annotate
from tests.people import People
from tests.states import WAYS, annotation_at, move

SO = VerdictDraft("mostly-accurate", "So.")
REASONS = {"reason": "Because."}
EVERYBODY = ("checker", "checker2", "reviewer", "reviewer2", "head", "reader", "admin", "stranger")
# Who may make a move on an annotation that `checker` wrote, alone; all others are refused.
ALLOWED = {
    "accept": {"checker", "checker2"},
    "dismiss": {"checker", "checker2"},
    "propose": {"checker", "checker2"},
    "approve": {"reviewer", "reviewer2"},
    "return": {"reviewer", "reviewer2"},
    "dispute": {"reviewer", "reviewer2"},
    "approve_in_emergency": {"head"},
    "decide": {"head"},
    "reopen": {"head"},
    "withdraw": {"checker", "head"},
}


@pytest.mark.parametrize("state", list(WAYS))
@pytest.mark.parametrize("action", actions_of(ANNOTATION_MOVES))
def test_each_move_is_made_by_its_people_from_its_states_only(
    article: Article, people: People, state: AnnotationState, action: str
) -> None:
    annotation = annotation_at(state, article, people)

    outcome = {name: may(getattr(people, name), action, annotation) for name in EVERYBODY}

    possible = (state, action) in ANNOTATION_MOVES
    assert {name for name, decision in outcome.items() if decision} == (ALLOWED[action] if possible else set())
    assert all(decision.reason.endswith(".") for decision in outcome.values() if not decision)
    for name in EVERYBODY:
        role_fits = {"withdraw": {"checker", "checker2", "reviewer", "reviewer2", "head"}}.get(action, ALLOWED[action])
        if name not in role_fits:
            assert outcome[name].code == "not_allowed"
        elif not possible:
            assert outcome[name].code == "wrong_state"


def test_a_signed_off_verdict_keeps_its_review(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    review = Review.objects.get()
    assert (review.person, review.decision, review.outcome, review.version) == (
        people.reviewer,
        "approve",
        "signed_off",
        2,
    )
    assert annotation.version == 3
    assert list(Event.objects.filter(annotation=annotation).order_by("number").values_list("action", flat=True)) == [
        "create",
        "propose",
        "approve",
    ]


@pytest.mark.parametrize("part", ["create", "edit", "attribution", "evidence", "verdict", "undo"])
def test_whoever_worked_on_it_cannot_approve(article: Article, people: People, desk: Desk, part: str) -> None:
    busy = people.checker2
    set_membership(desk=desk, user=busy, roles=[Role.CHECKER, Role.REVIEWER])
    annotation = annotation_at(AnnotationState.OPEN, article, swapped(people) if part == "create" else people)
    target = {"annotation_id": annotation.pk, "actor": busy, "seen_version": 1}
    if part == "edit":
        edit_annotation(**target, changes=AnnotationChanges(note="Looked at it."))
    elif part == "attribution":
        add_attribution(**target, draft=AttributionDraft("KCNA"))
    elif part == "evidence":
        add_evidence(**target, draft=EvidenceDraft(url="https://www.example.org/b"))
    elif part == "verdict":
        edit_annotation(**target, changes=AnnotationChanges(verdict=VerdictDraft("unproven", "Hm.")))
    elif part == "undo":
        edit_annotation(**target, changes=AnnotationChanges(note="x"))
        undo_annotation(annotation_id=annotation.pk, actor=busy, seen_version=2)
    move(annotation, people.checker, "propose")
    busy = User.objects.get(pk=busy.pk)  # with the new roles

    with pytest.raises(DomainError, match="somebody else must approve") as refused:
        move(annotation, busy, "approve")

    assert refused.value.code == "not_allowed"
    assert Review.objects.count() == 0


def swapped(people: People) -> People:
    """The same people with checker and checker2 changed over."""
    values = {name: getattr(people, name) for name in People.__slots__}
    return People(**values | {"checker": people.checker2, "checker2": people.checker})


def test_linking_and_commenting_do_not_make_a_participant(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    other = annotate(article, people.checker, "agencies")
    add_link(annotation_id=annotation.pk, actor=people.reviewer, target_id=other.pk, kind="same_fact")
    add_comment(annotation_id=annotation.pk, actor=people.reviewer, text="Fine.")

    assert move(annotation, people.reviewer, "approve").state == AnnotationState.SIGNED_OFF


def test_as_many_people_approve_as_the_desk_asks_for(article: Article, people: People, desk: Desk) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"approvals_needed": 2})
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    first = move(annotation, people.reviewer, "approve")
    with pytest.raises(DomainError, match="approved this already"):
        move(annotation, people.reviewer, "approve")
    second = move(annotation, people.reviewer2, "approve")

    assert (first.state, second.state) == (AnnotationState.PROPOSED, AnnotationState.SIGNED_OFF)


def test_the_approval_of_a_deactivated_person_does_not_count(article: Article, people: People, desk: Desk) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"approvals_needed": 2})
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    move(annotation, people.reviewer, "approve")
    User.objects.filter(pk=people.reviewer.pk).update(is_active=False)

    after = move(annotation, people.reviewer2, "approve")

    assert after.state == AnnotationState.PROPOSED


def test_the_head_approves_alone_in_an_emergency_with_a_reason(article: Article, people: People, desk: Desk) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"approvals_needed": 2})
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    with pytest.raises(DomainError, match="Give a reason"):
        move(annotation, people.head, "approve_in_emergency")
    move(annotation, people.head, "approve_in_emergency", reason="Going to print, nobody else awake.")

    assert Annotation.objects.get().state == AnnotationState.SIGNED_OFF
    assert Event.objects.get(action="approve_in_emergency").reason == "Going to print, nobody else awake."


@pytest.mark.parametrize(("to", "state"), [("signed_off", "signed_off"), ("returned", "returned")])
def test_a_dispute_is_decided_either_way(article: Article, people: People, to: str, state: str) -> None:
    annotation = annotation_at(AnnotationState.DISPUTED, article, people)

    decided = move(annotation, people.head, "decide", to=to, **REASONS)

    assert decided.state == state


def test_whoever_disputed_cannot_decide(article: Article, people: People, desk: Desk) -> None:
    annotation = annotation_at(AnnotationState.DISPUTED, article, people)
    set_membership(desk=desk, user=people.reviewer, roles=[Role.REVIEWER, Role.HEAD])
    disputer = User.objects.get(pk=people.reviewer.pk)

    with pytest.raises(DomainError, match="You took part") as refused:
        move(annotation, disputer, "decide", to="signed_off", **REASONS)

    assert refused.value.code == "not_allowed"


CHANGES = {
    "range": AnnotationChanges(place=PlaceDraft(exact="lost nine")),
    "claim": AnnotationChanges(claim="Other."),
    "labels": AnnotationChanges(terms=["event"]),
    "verdict": AnnotationChanges(verdict=VerdictDraft("accurate", "Other words.")),
    "no verdict": AnnotationChanges(clear_verdict=True),
}


@pytest.mark.parametrize("state", [AnnotationState.PROPOSED, AnnotationState.SIGNED_OFF])
@pytest.mark.parametrize("what", [*CHANGES, "evidence", "attribution", "retired evidence"])
def test_a_change_after_the_proposal_voids_it_and_says_so(
    article: Article, people: People, state: AnnotationState, what: str
) -> None:
    annotation = annotation_at(state, article, people)
    Notice.objects.all().delete()
    target = {"annotation_id": annotation.pk, "actor": people.checker, "seen_version": annotation.version}

    if what == "evidence":
        add_evidence(**target, draft=EvidenceDraft(url="https://www.example.org/b"))
    elif what == "attribution":
        add_attribution(**target, draft=AttributionDraft("KCNA"))
    elif what == "retired evidence":
        retire_part(**target, kind="evidence", part_id=annotation.evidence.get().pk)
    else:
        edit_annotation(**target, changes=CHANGES[what])

    after = Annotation.objects.get()
    assert (after.state, after.version) == (AnnotationState.NEEDS_RECHECK, annotation.version + 1)
    assert not Review.objects.filter(voided_at=None).exists()
    if state == AnnotationState.SIGNED_OFF:
        assert [notice.person for notice in Notice.objects.all()] == [people.reviewer]
        assert "needs a recheck" in Notice.objects.get().sentence


@pytest.mark.parametrize("changes", [AnnotationChanges(note="A note."), AnnotationChanges(claim="Nine died.")])
def test_notes_and_empty_changes_void_nothing(article: Article, people: People, changes: AnnotationChanges) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    edit_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=3, changes=changes)

    assert Annotation.objects.get().state == AnnotationState.SIGNED_OFF
    assert Review.objects.get().voided_at is None


def test_undo_does_not_bring_back_a_signature(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    edit_annotation(
        annotation_id=annotation.pk, actor=people.checker, seen_version=3, changes=AnnotationChanges(claim="Other.")
    )

    undo_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=4)

    after = Annotation.objects.get()
    assert (after.claim, after.state) == ("Nine died.", AnnotationState.NEEDS_RECHECK)


def test_moves_are_not_undone(article: Article, people: People) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)

    with pytest.raises(DomainError, match="no change left"):
        undo_annotation(annotation_id=annotation.pk, actor=people.reviewer, seen_version=annotation.version)

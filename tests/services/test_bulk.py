"""Bulk actions: each annotation by its own rule, the refused ones told, all of it undone at once."""

from collections.abc import Callable
from typing import Any

import pytest

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.drafts import AnnotationChanges
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.models import Annotation, AnnotationTerm, Article, Desk, Event, Review
from annotations.services.annotations import edit_annotation
from annotations.services.bulk import BulkResult, act_on_several, undo_bulk
from annotations.services.verification import verify_history
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at

QUOTES = ("nine", "agencies", "leader")


def codes(result: BulkResult) -> list[str]:
    return [each.code for each in result.outcomes]


def seen(*annotations: Annotation) -> list[Chosen]:
    return [Chosen(each.pk, each.version) for each in annotations]


@pytest.fixture
def three(article: Article, people: People) -> list[Annotation]:
    return [annotate(article, people.checker, quote, terms=["quantity"]) for quote in QUOTES]


def terms_of(annotation: Annotation) -> set[str]:
    return set(AnnotationTerm.objects.filter(annotation=annotation).values_list("term__key", flat=True))


def test_assigning_and_releasing_write_one_event_each_with_one_id(three: list[Annotation], people: People) -> None:
    given = act_on_several(actor=people.checker, order=Order(BulkAction.ASSIGN, "checker2"), chosen=seen(*three))
    events = Event.objects.of_bulk(given.bulk)

    assert codes(given) == ["done"] * 3
    assert set(events.values_list("annotation_id", "action")) == {(each.pk, "assign") for each in three}
    assert events.count() == 3
    assert set(Annotation.objects.values_list("assignee__username", flat=True)) == {"checker2"}

    again = [Chosen(each.id, each.version or 0) for each in given.outcomes]
    back = act_on_several(actor=people.checker, order=Order(BulkAction.RELEASE), chosen=again)

    assert codes(back) == ["done"] * 3
    assert set(Annotation.objects.values_list("assignee", flat=True)) == {None}


def test_term_is_added_to_all_that_lack_it_and_the_others_are_left_alone(
    three: list[Annotation], article: Article, people: People
) -> None:
    has_it = annotate(article, people.checker, "Troops", terms=["event"])

    result = act_on_several(
        actor=people.checker, order=Order(BulkAction.ADD_TERM, term="event"), chosen=seen(*three, has_it)
    )

    assert codes(result) == ["done", "done", "done", "unchanged"]
    assert [terms_of(each) for each in three] == [{"quantity", "event"}] * 3
    assert Event.objects.of_bulk(result.bulk).count() == 3


def test_four_eyes_hold_for_each_annotation(article: Article, people: People) -> None:
    mine = annotation_at(AnnotationState.PROPOSED, article, people, "nine")
    open_one = annotation_at(AnnotationState.OPEN, article, people, "leader")
    edit_annotation(
        annotation_id=mine.pk, actor=people.reviewer, seen_version=mine.version, changes=AnnotationChanges(note="x")
    )
    mine.refresh_from_db()
    proposed = annotation_at(AnnotationState.PROPOSED, article, people, "agencies")

    result = act_on_several(
        actor=people.reviewer, order=Order(BulkAction.APPROVE), chosen=seen(mine, open_one, proposed)
    )

    assert codes(result) == ["not_allowed", "wrong_state", "done"]
    assert result.outcomes[0].detail == "You worked on this annotation, so somebody else must approve it."
    assert list(Review.objects.values_list("annotation", flat=True)) == [proposed.pk]


def test_version_that_was_not_seen_is_refused_and_the_others_go_on(three: list[Annotation], people: People) -> None:
    edit_annotation(
        annotation_id=three[1].pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(note="newer")
    )

    for order in (Order(BulkAction.WITHDRAW, reason="Twice."), Order(BulkAction.ADD_TERM, term="event")):
        assert codes(act_on_several(actor=people.checker, order=order, chosen=seen(three[1]))) == ["stale"]
    result = act_on_several(
        actor=people.checker, order=Order(BulkAction.WITHDRAW, reason="Twice."), chosen=seen(*three)
    )

    assert codes(result) == ["done", "stale", "done"]
    assert [each.reason for each in Event.objects.of_bulk(result.bulk)] == ["Twice."] * 2


def test_first_of_two_approvals_counts_although_it_makes_no_version(
    article: Article, people: People, desk: Desk
) -> None:
    Desk.objects.update(approvals_needed=2)
    made = annotation_at(AnnotationState.PROPOSED, article, people)

    result = act_on_several(actor=people.reviewer, order=Order(BulkAction.APPROVE), chosen=seen(made))

    assert codes(result) == ["done"]
    assert result.outcomes[0].version == made.version
    assert Event.objects.of_bulk(result.bulk).count() == 1


def test_what_belongs_to_another_desk_is_not_there(
    three: list[Annotation], foreign_article: Article, people: People
) -> None:
    foreign = annotate(foreign_article, people.stranger, "nine")

    result = act_on_several(
        actor=people.checker, order=Order(BulkAction.ASSIGN, "checker2"), chosen=seen(foreign, three[0])
    )

    assert codes(result) == ["not_found", "done"]
    assert Annotation.objects.get(pk=foreign.pk).version == 1


@pytest.mark.parametrize(
    "order",
    [
        Order(BulkAction.ASSIGN, "checker2"),
        Order(BulkAction.ADD_TERM, term="event"),
        Order(BulkAction.REMOVE_TERM, term="quantity"),
        Order(BulkAction.WITHDRAW, reason="Twice."),
    ],
    ids=lambda order: order.action,
)
def test_undo_takes_back_all_and_undoing_the_undo_brings_it_back(
    order: Order, three: list[Annotation], people: People
) -> None:
    def states() -> list[Any]:
        rows = Annotation.objects.order_by("id")
        return [(row.state, row.assignee_id, terms_of(row)) for row in rows]

    before = states()
    result = act_on_several(actor=people.checker, order=order, chosen=seen(*three))
    after = states()

    undone = undo_bulk(bulk=result.bulk, actor=people.checker)

    assert codes(undone) == ["done"] * 3
    assert states() == before != after
    assert codes(undo_bulk(bulk=undone.bulk, actor=people.checker)) == ["done"] * 3
    assert states() == after


def test_undo_leaves_what_somebody_touched_since(three: list[Annotation], people: People) -> None:
    result = act_on_several(actor=people.checker, order=Order(BulkAction.ADD_TERM, term="event"), chosen=seen(*three))
    edit_annotation(
        annotation_id=three[0].pk, actor=people.checker2, seen_version=2, changes=AnnotationChanges(note="Mine.")
    )

    undone = undo_bulk(bulk=result.bulk, actor=people.checker)

    assert {each.id: each.code for each in undone.outcomes} == {
        three[0].pk: "stale",
        three[1].pk: "done",
        three[2].pk: "done",
    }
    assert [terms_of(each) for each in three] == [{"quantity", "event"}, {"quantity"}, {"quantity"}]
    assert Annotation.objects.get(pk=three[0].pk).note == "Mine."


def test_review_is_not_undone(article: Article, people: People) -> None:
    made = annotation_at(AnnotationState.PROPOSED, article, people)
    result = act_on_several(actor=people.reviewer, order=Order(BulkAction.APPROVE), chosen=seen(made))

    undone = undo_bulk(bulk=result.bulk, actor=people.reviewer)

    assert codes(undone) == ["nothing_to_undo"]
    assert Annotation.objects.get().state == "signed_off"


def test_undoing_an_assignment_voids_no_approval(article: Article, people: People) -> None:
    made = annotation_at(AnnotationState.PROPOSED, article, people)
    result = act_on_several(actor=people.reviewer, order=Order(BulkAction.ASSIGN, "checker2"), chosen=seen(made))

    undo_bulk(bulk=result.bulk, actor=people.reviewer)

    found = Annotation.objects.get()
    assert (found.state, found.assignee) == ("proposed", None)


def test_only_who_did_it_undoes_it_and_strangers_do_not_find_it(three: list[Annotation], people: People) -> None:
    result = act_on_several(actor=people.checker, order=Order(BulkAction.RELEASE), chosen=seen(*three))
    result = act_on_several(actor=people.checker, order=Order(BulkAction.ASSIGN, "checker2"), chosen=seen(*three))

    for person, code in ((people.checker2, "not_allowed"), (people.stranger, "not_found")):
        with pytest.raises(DomainError) as refused:
            undo_bulk(bulk=result.bulk, actor=person)
        assert refused.value.code == code


def test_history_with_bulk_ids_verifies(three: list[Annotation], people: People, desk: Desk) -> None:
    act_on_several(actor=people.checker, order=Order(BulkAction.ASSIGN, "checker2"), chosen=seen(*three))

    assert verify_history(desk).broken == ""


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("order", "each"),
    [
        (Order(BulkAction.ASSIGN, "checker2"), 13),
        (Order(BulkAction.ADD_TERM, term="event"), 13),
        (Order(BulkAction.WITHDRAW, reason="Twice."), 16),
    ],
    ids=["assign", "add_term", "withdraw"],
)
def test_each_annotation_costs_the_same_and_all_together_one_query_more(
    order: Order,
    each: int,
    count: int,
    three: list[Annotation],
    article: Article,
    people: People,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    warm = annotate(article, people.checker, "mines")  # roles are read once a person
    act_on_several(actor=people.checker, order=order, chosen=seen(warm))

    with django_assert_num_queries(1 + count * each):
        act_on_several(actor=people.checker, order=order, chosen=seen(*three[:count]))

"""An edit of an older version: other fields are merged, the same field is for a person to choose."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.drafts import AnnotationChanges, PlaceDraft, VerdictDraft
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Event
from annotations.queries.rows import annotation_row, with_parts
from annotations.services.annotations import edit_annotation
from annotations.services.merging import edit_merging
from annotations.services.moves import move_annotation
from tests.factories import annotate
from tests.people import People
from tests.services.test_races import ATTEMPTS, at_once
from tests.states import annotation_at

WHOLE: dict[str, Any] = {
    "claim": "Nine died.",
    "note": "n",
    "terms": ["intelligence-sourced", "quantity"],
    "verdict": VerdictDraft("unproven", "Not yet."),
    "unassign": True,
}
"""What a form sends that was not touched."""


@pytest.fixture
def made(article: Article, people: People) -> Annotation:
    whole = {name: value for name, value in WHOLE.items() if name != "unassign"}
    return annotate(article, people.checker, "nine", **whole)


def edited_by_another(made: Annotation, people: People, **changes: Any) -> None:
    edit_annotation(annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(**changes))


def shown(made: Annotation) -> dict[str, Any]:
    return annotation_row(with_parts(Annotation.objects.all()).get(pk=made.pk))


def save(made: Annotation, people: People, version: int = 1, **changes: Any) -> Any:
    if changes.get("assignee"):
        changes["unassign"] = False
    whole = AnnotationChanges(**{**WHOLE, **changes})
    return edit_merging(annotation_id=made.pk, actor=people.checker, seen_version=version, changes=whole)


def test_other_fields_of_another_person_are_kept_and_told(made: Annotation, people: People) -> None:
    edited_by_another(
        made, people, note="theirs", assignee="reviewer", terms=["intelligence-sourced", "quantity", "event"]
    )

    result = save(made, people, claim="Nine were killed.", terms=["intelligence-sourced", "quotation"])

    row = shown(made)
    assert (row["claim"], row["note"], row["assignee"], row["version"]) == (
        "Nine were killed.",
        "theirs",
        "reviewer",
        3,
    )
    assert sorted(row["terms"]) == ["event", "intelligence-sourced", "quotation"]
    assert (result.others, set(result.fields)) == (("Checker2",), {"note", "assignee", "labels"})


def test_same_field_is_refused_with_both_values_and_nothing_is_written(made: Annotation, people: People) -> None:
    edited_by_another(made, people, claim="Nine fell.", note="theirs")

    with pytest.raises(DomainError) as refused:
        save(made, people, claim="Nine were killed.", assignee="reviewer")

    error = refused.value
    assert (error.code, [each.pointer for each in error.errors]) == ("edited_twice", ["/claim"])
    assert error.message == "Checker2 changed the same meanwhile. Choose what shall stand, then save again."
    assert (error.extra["version"], error.extra["others"], error.extra["conflicts"]) == (2, ["Checker2"], ["claim"])
    assert error.extra["theirs"]["claim"] == "Nine fell."
    assert {name: error.extra["merged"][name] for name in ("claim", "note", "assignee")} == {
        "claim": "Nine were killed.",
        "note": "theirs",
        "assignee": "reviewer",
    }
    assert shown(made)["version"] == 2


@pytest.mark.parametrize(
    ("theirs", "mine", "field"),
    [
        ({"verdict": VerdictDraft("false", "No.")}, {"verdict": VerdictDraft("unproven", "Still not.")}, "verdict"),
        ({"clear_verdict": True}, {"verdict": VerdictDraft("unproven", "Still not.")}, "verdict"),
        ({"terms": ["state-media", "quantity"]}, {"terms": ["official-statement", "quantity"]}, "origin"),
        ({"assignee": "reviewer"}, {"assignee": "head"}, "assignee"),
    ],
)
def test_verdict_origin_and_assignee_are_one_choice_each(
    theirs: dict[str, Any], mine: dict[str, Any], field: str, made: Annotation, people: People
) -> None:
    edited_by_another(made, people, **theirs)

    with pytest.raises(DomainError) as refused:
        save(made, people, **mine)

    assert refused.value.extra["conflicts"] == [field]


def test_same_change_by_both_is_no_conflict(made: Annotation, people: People) -> None:
    edited_by_another(made, people, claim="Nine fell.")

    save(made, people, claim="Nine fell.")

    assert (shown(made)["claim"], shown(made)["version"]) == ("Nine fell.", 2)


def test_range_and_claim_go_together_and_two_ranges_do_not(made: Annotation, people: People) -> None:
    place = PlaceDraft(start=made.start - 5, end=made.end)
    edited_by_another(made, people, claim="Nine fell.")
    changes = AnnotationChanges(place=place)

    edit_merging(annotation_id=made.pk, actor=people.checker, seen_version=1, changes=changes)

    assert (shown(made)["claim"], shown(made)["start"]) == ("Nine fell.", made.start - 5)
    other = AnnotationChanges(place=PlaceDraft(start=made.start, end=made.end + 1))
    with pytest.raises(DomainError) as refused:
        edit_merging(annotation_id=made.pk, actor=people.checker2, seen_version=2, changes=other)
    assert refused.value.extra["conflicts"] == ["place"]


def test_merged_edit_voids_what_was_proposed_as_ever(article: Article, people: People) -> None:
    made = annotation_at(AnnotationState.PROPOSED, article, people)
    edit_annotation(
        annotation_id=made.pk, actor=people.head, seen_version=made.version, changes=AnnotationChanges(note="theirs")
    )

    edit_merging(
        annotation_id=made.pk,
        actor=people.checker,
        seen_version=made.version,
        changes=AnnotationChanges(claim="Nine were killed."),
    )

    assert (shown(made)["state"], shown(made)["note"]) == ("needs_recheck", "theirs")


def test_proposal_that_was_not_seen_is_not_voided_unasked(article: Article, people: People) -> None:
    made = annotation_at(AnnotationState.OPEN, article, people)
    move_annotation(annotation_id=made.pk, actor=people.checker, action="propose", seen_version=made.version)

    with pytest.raises(DomainError, match="proposed or signed off meanwhile") as refused:
        edit_merging(
            annotation_id=made.pk,
            actor=people.checker2,
            seen_version=made.version,
            changes=AnnotationChanges(note="mine"),
        )

    assert (refused.value.code, refused.value.extra["version"]) == ("stale", made.version + 1)
    assert refused.value.extra["merged"]["note"] == "mine"


def test_version_that_never_was_is_stale(made: Annotation, people: People) -> None:
    edited_by_another(made, people, note="theirs")

    with pytest.raises(DomainError) as refused:
        save(made, people, version=7, claim="x")

    assert refused.value.code == "stale"


@pytest.mark.django_db(transaction=True)
def test_edits_of_different_fields_at_once_all_count(made: Annotation, people: People) -> None:
    fields = [{"claim": "c"}, {"note": "new"}, {"assignee": "head"}, {"terms": ["quantity", "event"]}]
    people_of = (people.checker, people.checker2, people.head, people.reviewer)

    def attempt(number: int) -> object:
        who = people_of[number % 4]
        changes = AnnotationChanges(**fields[number % 4])
        return edit_merging(annotation_id=made.pk, actor=who, seen_version=1, changes=changes)

    assert at_once(attempt) == ["ok"] * ATTEMPTS

    row = shown(made)
    assert (row["claim"], row["note"], row["assignee"], sorted(row["terms"])) == (
        "c",
        "new",
        "head",
        ["event", "quantity"],
    )
    assert Event.objects.filter(annotation=made, action="edit").count() == 4


def test_edit_that_nobody_overtook_costs_what_it_costs_over_the_api(
    made: Annotation, people: People, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with CaptureQueriesContext(connection) as plain:
        edit_annotation(
            annotation_id=made.pk, actor=people.checker, seen_version=1, changes=AnnotationChanges(note="1")
        )

    with django_assert_num_queries(len(plain)):
        result = edit_merging(
            annotation_id=made.pk, actor=people.checker, seen_version=2, changes=AnnotationChanges(note="2")
        )

    assert (result.others, result.fields) == ((), ())

"""Vocabularies: each change is a new version with one event, is undone by another, and touches no old verdict."""

from typing import Any

import pytest

from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, Role
from annotations.core.terms import TermSeed
from annotations.core.verdicts import Rating
from annotations.models import Article, Desk, Event, Term, Vocabulary
from annotations.services.desks import set_membership
from annotations.services.vocabularies import (
    add_term,
    bring_back_term,
    move_term,
    retire_term,
    reword_term,
    undo_change,
)
from tests.people import People
from tests.services.test_races import at_once
from tests.states import annotation_at

RUMOUR = TermSeed("rumour", "Rumour", "Heard, not seen.", 7)


@pytest.fixture
def origin(desk: Desk) -> Vocabulary:
    return desk.vocabularies.get(key="origin")


def version(vocabulary: Vocabulary) -> int:
    vocabulary.refresh_from_db()
    return vocabulary.version


def keys(vocabulary: Vocabulary) -> list[str]:
    return [term.key for term in vocabulary.terms.current().order_by("position")]


def change(vocabulary: Vocabulary, people: People, service: Any, key: str, **more: Any) -> Event:
    term = Term.objects.get(desk=vocabulary.desk_id, key=key)
    made = service(term_id=term.pk, actor=people.admin, seen_version=version(vocabulary), **more)
    assert isinstance(made, Event)
    return made


def test_added_term_stands_last_and_makes_a_new_version(origin: Vocabulary, people: People) -> None:
    old = keys(origin)

    event = add_term(vocabulary_id=origin.pk, actor=people.admin, seen_version=1, seed=RUMOUR)

    assert keys(origin) == [*old, "rumour"]
    assert version(origin) == 2
    assert (event.action, event.actor_id, event.object_id) == ("add_term", people.admin.pk, origin.pk)
    assert event.before == {"version": 1, "terms": {}}
    state = {"name": "Rumour", "description": "Heard, not seen.", "colour": 7, "position": len(old), "retired": False}
    assert event.after == {"version": 2, "terms": {"rumour": state}}


def test_verdict_keeps_its_rating(desk: Desk, people: People) -> None:
    scale = desk.vocabularies.get(key="verdict")
    seed = TermSeed("half-true", "Half true", "Half of it.", 5, Rating(3))

    add_term(vocabulary_id=scale.pk, actor=people.admin, seen_version=1, seed=seed)

    term = Term.objects.get(key="half-true")
    assert (term.rating_value, term.rating_best, term.rating_worst) == (3, 5, 1)


@pytest.mark.parametrize(
    ("seed", "code", "pointer"),
    [
        (TermSeed("accurate", "Accurate", ""), "key_taken", "/key"),
        (TermSeed("No Key", "Name", ""), "bad_key", "/key"),
        (TermSeed("rumour", "", ""), "invalid", "/name"),
        (TermSeed("rumour", "Rumour", "", 10), "unknown_colour", "/colour"),
    ],
)
def test_wrong_term_is_refused_at_its_field(
    seed: TermSeed, code: str, pointer: str, origin: Vocabulary, people: People
) -> None:
    with pytest.raises(DomainError) as refused:
        add_term(vocabulary_id=origin.pk, actor=people.admin, seen_version=1, seed=seed)

    assert (refused.value.code, refused.value.errors[0].pointer) == (code, pointer)
    assert version(origin) == 1


def test_reworded_term_keeps_its_key_and_only_differences_make_a_version(origin: Vocabulary, people: People) -> None:
    term = origin.terms.get(key="state-media")
    changes = {"name": "State press", "description": term.description, "colour": 3}

    event = reword_term(term_id=term.pk, actor=people.admin, seen_version=1, changes=changes)
    again = reword_term(term_id=term.pk, actor=people.admin, seen_version=2, changes=changes)

    term.refresh_from_db()
    assert event is not None
    assert again is None
    assert (term.key, term.name, term.colour, version(origin)) == ("state-media", "State press", 3, 2)
    assert list(event.before["terms"]) == ["state-media"]


def test_term_moves_past_its_neighbour_and_stops_at_the_ends(origin: Vocabulary, people: People) -> None:
    first, second, third, *rest = keys(origin)

    change(origin, people, move_term, third, up=True)
    assert keys(origin) == [first, third, second, *rest]
    change(origin, people, move_term, first, up=False)
    assert keys(origin) == [third, first, second, *rest]
    top = origin.terms.get(key=third)
    assert move_term(term_id=top.pk, actor=people.admin, seen_version=3, up=True) is None


def test_term_moves_past_a_retired_one_at_once(origin: Vocabulary, people: People) -> None:
    first, second, third, *rest = keys(origin)
    change(origin, people, retire_term, second)

    change(origin, people, move_term, third, up=True)

    assert keys(origin) == [third, first, *rest]


def test_retired_term_stays_on_what_carries_it(article: Article, people: People, desk: Desk) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people)
    scale = desk.vocabularies.get(key="verdict")

    change(scale, people, retire_term, "accurate")

    annotation.refresh_from_db()
    assert annotation.state == AnnotationState.SIGNED_OFF
    assert [row.term.key for row in annotation.verdicts.all()] == ["accurate"]
    assert "accurate" not in keys(scale)
    change(scale, people, bring_back_term, "accurate")
    assert keys(scale)[0] == "accurate"
    assert version(scale) == 3


def test_last_term_cannot_be_retired(origin: Vocabulary, people: People) -> None:
    *others, last = keys(origin)
    for key in others:
        change(origin, people, retire_term, key)

    with pytest.raises(DomainError, match="is the last term that can be chosen here") as refused:
        change(origin, people, retire_term, last)

    assert refused.value.code == "wrong_state"


def test_undo_brings_back_what_was_as_a_new_version(origin: Vocabulary, people: People) -> None:
    old = keys(origin)
    moved = change(origin, people, move_term, old[3], up=True)

    undone = undo_change(event_id=moved.pk, actor=people.admin)
    assert keys(origin) == old
    assert version(origin) == 3
    assert undone is not None
    undo_change(event_id=undone.pk, actor=people.admin)
    assert keys(origin) == [*old[:2], old[3], old[2], *old[4:]]


def test_undone_addition_is_retired_because_nothing_is_deleted(origin: Vocabulary, people: People) -> None:
    added = add_term(vocabulary_id=origin.pk, actor=people.admin, seen_version=1, seed=RUMOUR)

    undo_change(event_id=added.pk, actor=people.admin)

    assert "rumour" not in keys(origin)
    assert Term.objects.get(key="rumour").retired_at is not None


def test_only_the_last_change_is_undone(origin: Vocabulary, people: People) -> None:
    first = change(origin, people, retire_term, keys(origin)[0])
    change(origin, people, retire_term, keys(origin)[0])

    with pytest.raises(DomainError, match="you saw version 2, it is now version 3") as refused:
        undo_change(event_id=first.pk, actor=people.admin)

    assert refused.value.code == "stale"


@pytest.mark.parametrize(("name", "code"), [("head", "not_allowed"), ("stranger", "not_found")])
def test_only_administrators_of_the_desk_change_terms(name: str, code: str, origin: Vocabulary, people: People) -> None:
    actor = getattr(people, name)
    term, event = origin.terms.all()[0], change(origin, people, retire_term, keys(origin)[0])

    for attempt in (
        lambda: add_term(vocabulary_id=origin.pk, actor=actor, seen_version=2, seed=RUMOUR),
        lambda: reword_term(term_id=term.pk, actor=actor, seen_version=2, changes={"name": "x"}),
        lambda: move_term(term_id=term.pk, actor=actor, seen_version=2, up=False),
        lambda: retire_term(term_id=term.pk, actor=actor, seen_version=2),
        lambda: bring_back_term(term_id=term.pk, actor=actor, seen_version=2),
        lambda: undo_change(event_id=event.pk, actor=actor),
    ):
        with pytest.raises(DomainError) as refused:
            attempt()
        assert refused.value.code == code
    assert version(origin) == 2


@pytest.mark.django_db(transaction=True)
def test_of_administrators_at_once_one_wins_and_the_others_are_told(desk: Desk, people: People) -> None:
    origin = desk.vocabularies.get(key="origin")
    set_membership(desk=desk, user=people.head, roles=[Role.ADMINISTRATOR])

    outcome = at_once(
        lambda number: add_term(
            vocabulary_id=origin.pk,
            actor=people.admin if number % 2 else people.head,
            seen_version=1,
            seed=TermSeed(f"term-{number}", "Term", ""),
        )
    )

    assert outcome == ["ok"] + ["stale"] * 5
    assert version(origin) == 2

"""Concurrent moves over real connections: exactly one wins, nothing deadlocks, the history stays whole."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from django.db import connection, transaction

from annotations.core.bulk import BulkAction, Chosen, Order
from annotations.core.drafts import AnnotationChanges
from annotations.core.errors import DomainError
from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, actions_of
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk, Event, Review, SignOff, User
from annotations.services.annotations import edit_annotation
from annotations.services.bulk import BulkResult, act_on_several
from annotations.services.moves import move_annotation
from annotations.services.signoff import move_article
from annotations.services.verification import verify_history
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.services.test_races import ATTEMPTS, at_once
from tests.states import annotation_at, article_at

MOVER = {
    "propose": "checker",
    "approve": "reviewer",
    "return": "reviewer",
    "dispute": "reviewer",
    "approve_in_emergency": "head",
    "decide": "head",
    "reopen": "head",
    "withdraw": "checker",
}
CASES = [(state, action) for state, action in ANNOTATION_MOVES if state != AnnotationState.SUGGESTED]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "action"), CASES)
def test_one_of_many_wins_each_move(article: Article, people: People, state: str, action: str) -> None:
    made = annotation_at(AnnotationState(state), article, people)
    actor, version = getattr(people, MOVER[action]), made.version

    def attempt(number: int) -> object:
        person = User.objects.get(pk=actor.pk)
        return move_annotation(
            annotation_id=made.pk,
            actor=person,
            action=action,
            seen_version=version if number % 2 else None,
            reason="Because.",
            to="signed_off" if action == "decide" else "",
        )

    outcome = at_once(attempt)

    assert outcome.count("ok") == 1
    assert set(outcome) <= {"ok", "stale", "wrong_state"}
    assert Event.objects.filter(annotation=made, action=action).order_by("-number")[0].after is not None
    assert Annotation.objects.get().version == version + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "action"), list(ARTICLE_MOVES))
def test_one_of_many_wins_each_move_of_an_article(article: Article, people: People, state: str, action: str) -> None:
    if state != ArticleState.DRAFT:
        article_at(ArticleState(state), article, people)

    def attempt(_number: int) -> object:
        person = User.objects.get(pk=people.head.pk)
        return move_article(article_id=article.pk, actor=person, action=action, seen_version=None, reason="Because.")

    outcome = at_once(attempt)

    assert outcome == ["ok"] + ["wrong_state"] * (ATTEMPTS - 1)
    target = ARTICLE_MOVES[state, action].to[0]
    assert Article.objects.get().state == target
    is_signed = target in (ArticleState.CLEARED, ArticleState.PUBLISHED, ArticleState.RETRACTED)
    assert SignOff.objects.filter(voided_at=None).count() == int(is_signed)


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_leave_one_decision(article: Article, people: People) -> None:
    made = annotation_at(AnnotationState.PROPOSED, article, people)

    def attempt(number: int) -> object:
        reviewer = User.objects.get(pk=(people.reviewer if number % 2 else people.reviewer2).pk)
        action = "approve" if number % 3 else "return"
        return move_annotation(
            annotation_id=made.pk, actor=reviewer, action=action, seen_version=made.version, reason="Because."
        )

    outcome = at_once(attempt)

    assert outcome == ["ok"] + ["stale"] * (ATTEMPTS - 1)
    assert Review.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_thousand_random_moves_of_eight_connections_never_deadlock(
    article: Article, people: People, desk: Desk
) -> None:
    quotes = ("nine", "agencies", "leader", "mines", "days", "families")
    ids = [annotation_at(AnnotationState.OPEN, article, people, quote).pk for quote in quotes]
    actors = [people.checker, people.checker2, people.reviewer, people.reviewer2, people.head]
    moves = [action for action in actions_of(ANNOTATION_MOVES) if action != "withdraw"]  # it would soon end everything
    actions = [*moves, "propose", "approve", "edit", "clear", "reopen article"]

    def work(seed: int) -> Counter[str]:
        dice, outcome = random.Random(seed), Counter[str]()
        for _ in range(250):
            actor = User.objects.get(pk=dice.choice(actors).pk)
            try:
                one_move(dice, actor, dice.choice(actions), dice.choice(ids), article)
                outcome["ok"] += 1
            except DomainError as error:
                outcome[error.code] += 1
        connection.close()
        return outcome

    with ThreadPoolExecutor(8) as pool:
        outcome = sum(pool.map(work, range(8)), Counter[str]())

    assert outcome.total() == 2000
    assert outcome["ok"] > 50
    assert set(outcome) <= {"ok", "not_allowed", "wrong_state", "nothing_to_undo"}
    assert verify_history(desk).broken == ""


def one_move(dice: random.Random, actor: User, action: str, annotation_id: object, article: Article) -> None:
    if action == "edit":
        changes = AnnotationChanges(claim=f"Claim {dice.random()}")
        edit_annotation(annotation_id=annotation_id, actor=actor, seen_version=None, changes=changes)  # type: ignore[arg-type]
    elif action in ("clear", "reopen article"):
        name = action.split()[0]
        move_article(article_id=article.pk, actor=actor, action=name, seen_version=None, reason="Because.")
    else:
        to = dice.choice(["signed_off", "returned"]) if action == "decide" else ""
        move_annotation(
            annotation_id=annotation_id,  # type: ignore[arg-type]
            actor=actor,
            action=action,
            seen_version=None,
            reason="Because.",
            to=to,
        )


@pytest.mark.django_db(transaction=True)
def test_bulk_actions_over_the_same_annotations_end_and_each_annotation_is_decided_once(
    article: Article, people: People, desk: Desk
) -> None:
    """In opposite orders, over two articles, and also where one transaction holds all locks until its end."""
    second = import_text(desk, people.checker, TEXT, title="Another")
    made = [
        annotate(each, people.checker, quote)
        for quote in ("nine", "agencies", "leader", "mines", "days")
        for each in (article, second)
    ]

    def attempt(number: int) -> object:
        person = User.objects.get(pk=(people.checker if number % 2 else people.checker2).pk)
        order = Order(BulkAction.ASSIGN, "checker" if number % 3 else "reviewer")
        chosen = [Chosen(each.pk, each.version) for each in (made if number % 2 else reversed(made))]
        with transaction.atomic() if number > 2 else nullcontext():
            result = act_on_several(actor=person, order=order, chosen=chosen)
        results.append(result)
        return result

    results: list[BulkResult] = []
    assert at_once(attempt) == ["ok"] * ATTEMPTS

    decided = [each.id for result in results for each in result.done]
    assert sorted(decided) == sorted(each.pk for each in made)
    assert {each.code for result in results for each in result.refused} == {"stale"}
    assert set(Annotation.objects.values_list("version", flat=True)) == {2}
    assert verify_history(desk).broken == ""

"""Who works on an annotation: taken, handed over, given back, and what lies idle."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from annotations import jobs
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk, Event, Notice
from annotations.queries.history import told_events
from annotations.services.assignments import assign, release_idle
from annotations.services.moves import move_annotation
from annotations.services.policies import set_policies
from annotations.services.verification import verify_history
from tests.people import People
from tests.states import annotation_at, article_at

LATER = dt.timedelta(hours=73)


@pytest.fixture
def held(article: Article, people: People) -> Annotation:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    return assign(annotation_id=annotation.pk, actor=people.checker, username="checker2", seen_version=None)


def test_what_lies_idle_goes_back_to_the_pool_with_an_event_and_a_notice(
    held: Annotation, desk: Desk, people: People
) -> None:
    released = release_idle(timezone.now() + LATER)

    held.refresh_from_db()
    event = Event.objects.filter(annotation=held).order_by("-number")[0]
    assert (released, held.assignee) == (1, None)
    assert (event.action, event.actor, event.reason) == ("release", None, "Untouched for 72 hours.")
    assert told_events(Event.objects.filter(pk=event.pk))[0].sentence == (
        "The system gave it back to the pool, because nobody touched it for long."
    )
    notices = Notice.objects.filter(person=people.checker2).order_by("-id")
    assert notices[0].sentence == '"nine" lay untouched and is open to everybody again.'
    assert verify_history(desk).broken == ""


def test_released_work_can_be_proposed_by_somebody_else(held: Annotation, people: People) -> None:
    with pytest.raises(DomainError, match="assigned to Checker2"):
        move_annotation(annotation_id=held.pk, actor=people.checker, action="propose", seen_version=None)

    release_idle(timezone.now() + LATER)

    move_annotation(annotation_id=held.pk, actor=people.checker, action="propose", seen_version=None)


def test_fresh_work_stays_with_who_has_it(held: Annotation) -> None:
    assert release_idle(timezone.now() + dt.timedelta(hours=71)) == 0
    assert release_idle(timezone.now() + LATER) == 1
    assert release_idle(timezone.now() + LATER) == 0


def test_each_desk_says_how_long_is_long(held: Annotation, desk: Desk, people: People) -> None:
    set_policies(desk_id=desk.pk, actor=people.admin, changes={"idle_hours": 100})

    assert release_idle(timezone.now() + LATER) == 0
    assert release_idle(timezone.now() + dt.timedelta(hours=101)) == 1


def test_proposed_work_waits_for_others_and_is_not_idle(held: Annotation, people: People) -> None:
    move_annotation(annotation_id=held.pk, actor=people.checker2, action="propose", seen_version=None)

    assert release_idle(timezone.now() + LATER) == 0


def test_cleared_articles_are_left_alone(article: Article, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)

    assert release_idle(timezone.now() + LATER) == 0


def test_work_of_somebody_who_left_the_desk_goes_back_too(held: Annotation, people: People) -> None:
    people.checker2.memberships.update(active=False)

    assert release_idle(timezone.now() + LATER) == 1


def test_the_worker_does_it_too(held: Annotation) -> None:
    Annotation.objects.filter(pk=held.pk).update(updated=timezone.now() - LATER)

    jobs.release_idle(timestamp=0)

    held.refresh_from_db()
    assert held.assignee is None


def test_the_command_says_how_many(held: Annotation, capsys: pytest.CaptureFixture[str]) -> None:
    Annotation.objects.filter(pk=held.pk).update(updated=timezone.now() - LATER)

    call_command("release_idle")

    assert capsys.readouterr().out == "1 annotation given back to the pool.\n"

"""Who works on what, in pages: taken over and given back, the worklist's order, notices, questions."""

from collections.abc import Callable

from django.test import Client

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Comment, User
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at
from tests.web.test_review import post_move

AsUser = Callable[[User], Client]


def test_annotation_is_taken_over_and_given_back(annotation: Annotation, people: People, as_user: AsUser) -> None:
    client = as_user(people.checker2)
    url = f"/annotations/{annotation.pk}/assign/"

    client.post(url, {"seen_version": 1, "username": "checker2"})
    annotation.refresh_from_db()
    taken = annotation.assignee
    client.post(url, {"seen_version": 2, "username": ""})
    annotation.refresh_from_db()

    assert (taken, annotation.assignee) == (people.checker2, None)


def test_worklist_never_asks_a_person_to_review_their_own_work(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    people.checker.memberships.update(roles=["checker", "reviewer"])

    own = as_user(people.checker).get("/").context["work"].sections
    others = as_user(people.reviewer).get("/").context["work"].sections

    assert [row for section in own if section.title == "To review" for row in section.rows] == []
    assert [row for section in others if section.title == "To review" for row in section.rows] == [annotation]


def test_worklist_sorts_by_what_others_wait_for(article: Article, people: People, as_user: AsUser) -> None:
    returned = annotation_at(AnnotationState.RETURNED, article, people)
    disputed = annotation_at(AnnotationState.DISPUTED, article, people, "families")
    idle = annotate(article, people.checker2, "Troops", assignee="checker2")
    Annotation.objects.filter(pk=idle.pk).update(updated="2020-01-01T00:00Z")

    def found(user: User) -> dict[str, list[Annotation]]:
        sections = as_user(user).get("/").context["work"].sections
        return {section.title: section.rows for section in sections if section.rows}

    assert found(people.checker) == {"Returned to me": [returned], "Stale": [idle]}
    assert found(people.head)["Disputed"] == [disputed]


def test_notices_are_read_all_at_once(article: Article, people: People, as_user: AsUser) -> None:
    annotation_at(AnnotationState.RETURNED, article, people)
    client = as_user(people.checker)
    before = client.get("/").context["work"].notice_count

    client.post("/notices/read/")

    assert (before, client.get("/").context["work"].notice_count) == (1, 0)


def test_question_holds_a_proposal_until_its_outcome_is_written(
    article: Article, people: People, as_user: AsUser
) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    client = as_user(people.checker)
    data = {"text": "Where from?", "kind": "question", "due": "2030-01-01", "blocking": "on"}
    client.post(f"/annotations/{annotation.pk}/comments/", data)
    comment = Comment.objects.get()
    held = post_move(client, annotation, "propose").status_code
    without = client.post(f"/comments/{comment.pk}/resolve/").status_code

    client.post(f"/comments/{comment.pk}/resolve/", {"outcome": "From the report."})

    comment.refresh_from_db()
    assert (held, without, comment.outcome) == (409, 422, "From the report.")
    assert post_move(client, annotation, "propose").status_code == 302

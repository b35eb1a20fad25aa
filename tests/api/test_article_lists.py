"""All annotations of an article are kept as they were written; whatever changes, the next reader sees it."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from annotations import ingest
from annotations.core.drafts import (
    AnnotationChanges,
    AttributionDraft,
    EvidenceDraft,
    PlaceDraft,
    VerdictDraft,
)
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Attribution, Desk, Term, User
from annotations.services.annotations import edit_annotation
from annotations.services.articles import edit_article
from annotations.services.assignments import assign, release_idle
from annotations.services.comments import add_comment, resolve_comment
from annotations.services.evidence import add_attribution, add_evidence, add_link, retire_part
from annotations.services.identities import keep_identity
from annotations.services.placing import place_annotation
from annotations.services.policies import set_policies
from annotations.services.revisions import revise_article
from annotations.services.undo import undo_annotation
from tests.api.client import Api
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at, cover, move

pytestmark = pytest.mark.django_db(transaction=True)
SINCE_EVER = "1970-01-01T00:00:00Z"


def read(api: Api, article: Article, **params: Any) -> Any:
    response = api.show("export/jsonl/", {"article": article.pk, "state": "all", **params})
    assert response.status_code == 200, response.content
    return response


def afresh(api: Api, article: Article, **params: Any) -> bytes:
    """The same, of which nothing is kept."""
    content: bytes = read(api, article, since=SINCE_EVER, **params).getvalue()
    return content


def edit(annotation: Annotation, people: People, **changes: Any) -> None:
    edit_annotation(
        annotation_id=annotation.pk, actor=people.checker, seen_version=None, changes=AnnotationChanges(**changes)
    )


def revise(annotation: Annotation, people: People) -> None:
    incoming = ingest.read_text("New. " + TEXT.replace("lost nine", "lost eleven"))
    revise_article(article_id=annotation.article_id, actor=people.checker, incoming=incoming, seen_version=None)


def revise_and_place(annotation: Annotation, people: People) -> None:
    revise(annotation, people)
    place = PlaceDraft(exact="eleven")
    version = Annotation.objects.get(pk=annotation.pk).version
    place_annotation(
        annotation_id=annotation.pk, actor=people.checker, choice="correct", seen_version=version, place=place
    )


def comment(annotation: Annotation, people: People) -> None:
    made, _ = add_comment(annotation_id=annotation.pk, actor=people.checker2, text="Why?")
    resolve_comment(comment_id=made.pk, actor=people.checker2)


def release(annotation: Annotation, people: People) -> None:
    assign(annotation_id=annotation.pk, actor=people.checker, username="checker2", seen_version=None)
    assert release_idle(timezone.now() + dt.timedelta(days=400)) == 1


def undo(annotation: Annotation, people: People) -> None:
    edit(annotation, people, claim="Twelve died.", terms=["event"])
    version = Annotation.objects.get(pk=annotation.pk).version
    undo_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=version)


def retire_evidence(annotation: Annotation, people: People) -> None:
    part = annotation.evidence.get()
    retire_part(annotation_id=annotation.pk, actor=people.checker, kind="evidence", part_id=part.pk)


def one_of_two_approvals(annotation: Annotation, people: People) -> None:
    set_policies(desk_id=annotation.desk_id, actor=people.admin, changes={"approvals_needed": 2})
    move(annotation, people.checker, "propose")
    move(annotation, people.reviewer, "approve")


def hide_a_source(annotation: Annotation, people: People) -> None:
    add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft("An officer"))
    hidden = Attribution.objects.get(annotation=annotation)
    keep_identity(attribution_id=hidden.pk, actor=people.checker, content="Major Mayor", readers=["head"])


def create(annotation: Annotation, people: People, **draft: Any) -> None:
    annotate(Article.objects.get(pk=annotation.article_id), people.checker, "agencies", **draft)


CHANGES: dict[str, Callable[[Annotation, People], object]] = {
    "another one": create,
    "one whose id its client made": lambda annotation, people: create(annotation, people, id=UUID(int=7, version=4)),
    "claim": lambda annotation, people: edit(annotation, people, claim="Zw\u00f6lf \u2028 \U0001f973."),
    "range": lambda annotation, people: edit(
        annotation, people, place=PlaceDraft(start=annotation.start - 5, end=annotation.end)
    ),
    "labels": lambda annotation, people: edit(annotation, people, terms=["event", "quotation"]),
    "verdict": lambda annotation, people: edit(annotation, people, verdict=VerdictDraft("false", "No.")),
    "undone": undo,
    "evidence": lambda annotation, people: add_evidence(
        annotation_id=annotation.pk, actor=people.checker, draft=EvidenceDraft(url="https://www.example.org/b")
    ),
    "no more evidence": retire_evidence,
    "a source in confidence": hide_a_source,
    "comment": comment,
    "assigned": lambda annotation, people: assign(
        annotation_id=annotation.pk, actor=people.checker, username="checker2", seen_version=None
    ),
    "back in the pool": release,
    "proposed": lambda annotation, people: move(annotation, people.checker, "propose"),
    "one of two approvals": one_of_two_approvals,
    "withdrawn": lambda annotation, people: move(annotation, people.checker, "withdraw", reason="Twice."),
    "title": lambda annotation, people: edit_article(
        article_id=annotation.article_id, actor=people.checker, seen_version=None, changes={"title": "Other"}
    ),
    "new copy": revise,
    "new copy and a place": revise_and_place,
    "person renamed": lambda annotation, people: User.objects.filter(pk=people.checker.pk).update(username="chess"),
    "label renamed": lambda annotation, people: Term.objects.filter(key="quantity").update(key="number"),
    "desk renamed": lambda annotation, people: Desk.objects.filter(pk=annotation.desk_id).update(slug="news"),
}


@pytest.fixture
def nine(article: Article, people: People) -> Annotation:
    """One with everything, between two others."""
    annotate(article, people.checker2, "thousands of troops")
    made = annotation_at(AnnotationState.OPEN, article, people)
    annotate(article, people.checker2, "no evidence", claim="So \u2028.")
    return made


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_the_next_reader_sees_it(
    what: str, nine: Annotation, article: Article, people: People
) -> None:
    api = Api(people.head)
    ways: tuple[dict[str, Any], ...] = ({}, {"state": "open"}, {"state": ["proposed", "open"]}, {"state": "withdrawn"})
    before = [read(api, article, **way) for way in ways]
    assert [read(api, article, **way).content for way in ways] == [answer.content for answer in before]

    CHANGES[what](nine, people)

    for way, old in zip(ways, before, strict=True):
        now = read(api, article, **way)
        assert now.content == afresh(api, article, **way)
        assert now.content == old.content or now["ETag"] != old["ETag"]
        assert read(api, article, **way).content == now.content
    assert what == "comment" or read(api, article).content != before[0].content


def test_parts_that_say_nothing_in_the_list_leave_it_as_it_is(
    nine: Annotation, article: Article, people: People
) -> None:
    api = Api(people.head)
    before = read(api, article)

    other = Annotation.objects.exclude(pk=nine.pk).first()
    assert other
    add_link(annotation_id=nine.pk, actor=people.checker, target_id=other.pk, kind="depends_on")
    cover(article, people)

    assert read(api, article).content == afresh(api, article)
    assert len(read(api, article).content.splitlines()) == len(before.content.splitlines())

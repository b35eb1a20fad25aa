"""Which annotations an export holds: by state, by who asks, narrowed; and what cannot be exported at all."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk
from tests.api.client import Api, problem
from tests.api.test_export import rows_of
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_signed_off_annotations_leave_unless_a_state_is_named(
    checker: Api, article: Article, people: People
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    annotation_at(AnnotationState.PROPOSED, article, people, "hundred")
    annotation_at(AnnotationState.WITHDRAWN, article, people, "twenty")

    def quotes(**params: Any) -> list[str]:
        return [row["exact"] for row in rows_of(checker, **params)]

    assert quotes() == ["nine"]
    assert quotes(state="proposed") == ["hundred"]
    assert quotes(state=["withdrawn", "proposed"]) == ["hundred", "twenty"]
    assert quotes(state="all") == ["nine", "hundred", "twenty"]


def test_rows_are_those_one_may_see(
    checker: Api, article: Article, foreign_article: Article, annotation: Annotation, people: People
) -> None:
    foreign = annotate(foreign_article, people.stranger, "nine")

    assert [row["id"] for row in rows_of(checker, state="all")] == [str(annotation.pk)]
    assert [row["id"] for row in rows_of(Api(people.stranger), state="all")] == [str(foreign.pk)]
    assert rows_of(Api(people.reader), state="all") == []
    assert rows_of(Api(people.nobody), state="all") == []


def test_an_export_is_narrowed_by_desk_article_and_time(
    checker: Api, article: Article, annotation: Annotation, desk: Desk
) -> None:
    moment = annotation.updated

    assert len(rows_of(checker, state="all", desk="demo")) == 1
    assert len(rows_of(checker, state="all", desk=str(desk.pk), article=str(article.pk))) == 1
    assert len(rows_of(checker, state="all", since=moment.isoformat())) == 1
    assert rows_of(checker, state="all", since=(moment + dt.timedelta(microseconds=1)).isoformat()) == []


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"desk": "other"}, 404, "not_found"),
        ({"desk": "nowhere"}, 404, "not_found"),
        ({"article": "7"}, 404, "not_found"),
        ({"article": str(uuid4())}, 404, "not_found"),
        ({"state": "good"}, 400, "invalid_choice"),
        ({"state": ["open", "good"]}, 400, "invalid_choice"),
        ({"since": "yesterday"}, 400, "invalid"),
        ({"colour": "red"}, 400, "unknown_parameter"),
        ({"page_size": "5"}, 400, "unknown_parameter"),
    ],
)
def test_what_cannot_be_exported_is_said_before_the_stream(
    params: dict[str, Any], status: int, code: str, checker: Api
) -> None:
    problem(checker.show("export/jsonl/", params), status, code)


def test_an_export_needs_its_scope(people: People, article: Article) -> None:
    document = problem(Api(people.checker, ["read", "write"]).show("export/jsonl/"), 403, "scope_missing")

    assert document["scope"] == "export"
    assert rows_of(Api(people.checker, ["export"])) == []

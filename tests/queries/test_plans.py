"""The lists that everybody looks at all day stay quick on a full desk: PostgreSQL finds their rows through indexes.

The plans are those of the very statements that the site sends, on a desk whose work is mostly done.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk, Event
from annotations.models.base import new_id
from annotations.permissions import facts_of
from annotations.queries.article_page import block_views
from annotations.queries.card_rows import card_rows, cards
from annotations.queries.event_feed import events_after
from annotations.queries.thread_rows import events_of
from annotations.queries.web_annotations import found_alone
from annotations.queries.worklist import worklist
from annotations.services.rows import insert
from bench.stock import stock
from tests.api.client import Api
from tests.people import People

Plan = dict[str, Any]


@pytest.fixture
def full(desk: Desk, people: People) -> Article:
    """One of 150 articles with 40 annotations each, nearly all of them withdrawn; 3,000 events."""
    made = stock(desk, people.checker2, count=150, characters=1_000, spans=40)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE annotations_annotation SET state = %s, version = version + 1 WHERE article_id <> %s",
            [AnnotationState.WITHDRAWN, made[0].id],
        )
    article = Article.objects.get(pk=made[0].id)
    annotations = list(article.annotations.all())
    of_article = {"desk": desk, "article": article, "actor": people.checker, "action": "t", "object_type": "x"}
    insert(
        [
            Event(**of_article, annotation=annotations[each % 80] if each % 80 < 40 else None, object_id=new_id())
            for each in range(3_000)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return article


def one_of(article: Article) -> Annotation:
    return article.annotations.select_related("article").latest("id")


def plans(call: Callable[[], object]) -> list[Plan]:
    """How PostgreSQL would answer each SELECT that `call` sends."""
    with CaptureQueriesContext(connection) as sent:
        call()
    found = []
    with connection.cursor() as cursor:
        for query in sent.captured_queries:
            statement = re.sub(r"^COPY \((.*)\) TO STDOUT$", r"\1", query["sql"].strip(), flags=re.DOTALL)
            if statement.lstrip("(").startswith("SELECT"):
                cursor.execute("EXPLAIN (FORMAT JSON) " + statement.replace("%", "%%"), [])
                (answer,) = cursor.fetchone()
                found.append((json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"])
    return found


def nodes(plan: Plan) -> Iterator[Plan]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def scans(plan: Plan, table: str) -> set[str]:
    """The indexes through which the plan reaches the table, "" for all of its rows one after the other."""
    names = set()
    for node in nodes(plan):
        if node.get("Relation Name") == table:
            bitmaps = (
                each
                for below in node.get("Plans", ())
                if below["Parent Relationship"] == "Outer"
                for each in nodes(below)
            )
            names |= {
                each.get("Index Name", "") for each in (node, *bitmaps) if not each["Node Type"].startswith(BITMAPS)
            }
    return names


BITMAPS = ("Bitmap Heap Scan", "BitmapOr", "BitmapAnd")
LARGE = (
    "annotations_annotation",
    "annotations_annotationterm",
    "annotations_article",
    "annotations_block",
    "annotations_event",
    "annotations_revision",
    "annotations_textpiece",
)
OF_ARTICLE = ("annotation_in_text_order", "annotation_by_article")
"""The indexes that begin with the article; which is cheapest depends on how much of it is wanted."""

DESK = {"annotations_article"}
"""What may be read whole beside an index into the annotations: 150 articles that are wanted nearly all."""

CALLS: dict[str, Callable[[Article, People], object]] = {
    "worklist of a checker": lambda article, people: worklist(people.checker),
    "worklist of a reviewer": lambda article, people: worklist(people.reviewer),
    "worklist of the head": lambda article, people: worklist(people.head),
    "annotations": lambda article, people: Api(people.checker).send("GET", "annotations/"),
    "annotations of an article": lambda article, people: Api(people.checker).send(
        "GET", f"annotations/?article={article.pk}"
    ),
    "annotations in a state": lambda article, people: Api(people.checker).send("GET", "annotations/?state=open"),
    "events": lambda article, people: events_after(people.checker, {article.desk_id: 2_900}, 50),
    "events of a reader": lambda article, people: events_after(people.reader, {article.desk_id: 2_900}, 50),
    "history of an annotation": lambda article, people: list(events_of(one_of(article))),
    "facts of an annotation": lambda article, people: facts_of(one_of(article)),
    "origin of an annotation": lambda article, people: found_alone(one_of(article)),
    "cards of an article": lambda article, people: card_rows(cards(article)[:51]),
    "marks of an article": lambda article, people: block_views(article.current),
}


def test_no_large_table_is_read_from_end_to_end(full: Article, people: People) -> None:
    for name, call in CALLS.items():
        for plan in plans(lambda call=call: call(full, people)):  # type: ignore[misc]
            read_whole = {table for table in LARGE if "" in scans(plan, table)}
            assert read_whole <= DESK, (name, plan)


def test_every_list_comes_through_the_index_that_was_made_for_it(full: Article, people: People) -> None:
    def used(name: str, table: str) -> set[str]:
        return set().union(*(scans(plan, table) for plan in plans(lambda: CALLS[name](full, people))))

    assert {"annotation_by_desk_state", "annotation_by_assignee"} <= used(
        "worklist of a reviewer", "annotations_annotation"
    )
    assert used("annotations", "annotations_annotation") == {"annotation_of_desk", "annotations_annotation_pkey"}
    in_a_state = used("annotations in a state", "annotations_annotation")
    assert in_a_state == {"annotation_by_desk_state", "annotations_annotation_pkey"}
    assert used("events", "annotations_event") == {"event_number_once", "annotations_event_pkey"}
    assert used("events of a reader", "annotations_event") == {"event_number_once"}
    of_annotations = ("history", "facts", "origin")
    for name in ("worklist of a reviewer", *(f"{each} of an annotation" for each in of_annotations)):
        assert used(name, "annotations_event") == {"event_by_article"}
    assert all(index.startswith(OF_ARTICLE) for index in used("cards of an article", LARGE[0]))

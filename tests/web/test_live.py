"""What others did, as pieces of the page: exactly what is touched, in a fixed number of queries."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations import ingest
from annotations.core.drafts import AnnotationChanges
from annotations.models import Annotation, Article, Event, User
from annotations.services.annotations import edit_annotation
from annotations.services.revisions import revise_article
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import move
from tests.web.conftest import HTMX

As = Callable[[User], Client]


def last() -> int:
    return Event.objects.order_by("-number").values_list("number", flat=True)[0]


def pieces(client: Client, article: Article, since: int, more: str = "") -> list[tuple[str, str]]:
    """(target, way) of each piece of the answer."""
    answer = client.get(f"/articles/{article.pk}/changes/?since={since}{more}", headers=HTMX)
    if answer.status_code == 204:
        return []
    regions = html.fragments_fromstring(answer.content.decode())
    return [(region.get("hx-target"), region.get("hx-swap")) for region in regions if not isinstance(region, str)]


def test_nothing_new_is_no_content(article: Article, annotation: Annotation, checker: Client) -> None:
    answer = checker.get(f"/articles/{article.pk}/changes/?since={last()}", headers=HTMX)

    assert (answer.status_code, answer.content) == (204, b"")


def test_a_new_annotation_comes_with_its_block_before_the_card_that_follows(
    article: Article, annotation: Annotation, people: People, checker: Client
) -> None:
    before = last()
    new = annotate(article, people.checker2, "country", claim="<b>")

    answer = checker.get(f"/articles/{article.pk}/changes/?since={before}", headers=HTMX)

    assert pieces(checker, article, before) == [
        ("#b1", "outerHTML"),
        ("#absent-k9, #absent-kn", "delete"),
        (f"#card-{new.pk}", "delete"),
        (f"#card-{annotation.pk}", "beforebegin"),
        ("#no-cards", "delete"),
        ("#annotation-count", "innerHTML"),
    ]
    assert f'id="card-{new.pk}"' in answer.content.decode()
    assert "&lt;b&gt;" in answer.content.decode()
    assert answer.headers["HX-Trigger"] == f'{{"live-pulled": {{"number": {last()}}}, "article-changed": {{}}}}'


def test_a_changed_claim_changes_its_card_where_it_is(
    article: Article, annotation: Annotation, checker: Client, people: People
) -> None:
    before = last()
    changes = AnnotationChanges(claim="New claim")
    edit_annotation(annotation_id=annotation.pk, actor=people.checker2, seen_version=1, changes=changes)

    assert pieces(checker, article, before) == [
        ("#b1", "outerHTML"),
        ("#absent-k9", "delete"),
        (f"#card-{annotation.pk}", "outerHTML"),
        ("#no-cards", "delete"),
        ("#annotation-count", "innerHTML"),
    ]
    assert pieces(checker, article, before, f"&busy={annotation.pk}") == [
        ("#b1", "outerHTML"),
        ("#absent-k9", "delete"),
        ("#no-cards", "delete"),
        ("#annotation-count", "innerHTML"),
    ]


def test_a_withdrawn_annotation_goes(article: Article, annotation: Annotation, people: People, checker: Client) -> None:
    before = last()
    move(annotation, people.checker, "withdraw", reason="Twice.")

    assert pieces(checker, article, before) == [
        ("#b1", "outerHTML"),
        (f"#card-{annotation.pk}", "delete"),
        ("#cards", "innerHTML"),
        ("#annotation-count", "innerHTML"),
    ]


def test_what_one_did_oneself_is_left_out_when_the_page_shows_it_already(
    article: Article, annotation: Annotation, checker: Client
) -> None:
    assert pieces(checker, article, last() - 1) != []
    answer = checker.get(f"/articles/{article.pk}/changes/?since={last() - 1}&own=no", headers=HTMX)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Trigger"] == f'{{"live-pulled": {{"number": {last()}}}}}'


def test_new_copy_asks_for_a_reload(article: Article, annotation: Annotation, people: People, checker: Client) -> None:
    before = last()
    revise_article(article_id=article.pk, actor=people.checker2, incoming=ingest.read_text(TEXT + " More."))

    assert pieces(checker, article, before) == [("#reload", "delete"), ("#messages", "beforeend")]


def test_a_new_stream_comes_when_it_is_asked_for(article: Article, annotation: Annotation, checker: Client) -> None:
    answer = checker.get(f"/articles/{article.pk}/changes/?since={last()}&renew=yes", headers=HTMX)

    [stream] = html.fromstring(answer.content).xpath("//*[@id='live-stream']")
    assert stream.get("hx-sse:connect").startswith(f"/events/articles/{article.pk}/?token=")
    assert json.loads(answer.headers["HX-Trigger"]) == {"live-pulled": {"number": last()}}


def test_page_carries_its_stream_and_where_it_stands(article: Article, annotation: Annotation, checker: Client) -> None:
    [live] = html.fromstring(checker.get(f"/articles/{article.pk}/").content).xpath("//*[@id='live']")

    assert live.get("data-since") == str(last())
    [stream] = live.xpath("div[@id='live-stream']")
    assert stream.get("hx-sse:connect").startswith(f"/events/articles/{article.pk}/?token=")


@pytest.mark.parametrize("count", [1, 3])
def test_changes_take_the_same_queries_for_one_annotation_as_for_three(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    before = last()
    for at in range(count):
        annotate(article, people.checker2, TEXT[at * 6 : at * 6 + 5], terms=["state-media"])

    with django_assert_num_queries(9):
        answer = checker.get(f"/articles/{article.pk}/changes/?since={before}", headers=HTMX)

    assert answer.content.decode().count("<article") == count

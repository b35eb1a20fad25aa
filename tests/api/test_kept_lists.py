"""The tags of kept lists, who gets them, and what is read of the database: also while others write."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.core.keeping import Recent
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Desk
from annotations.queries import article_lists, moments
from annotations.services.desks import set_membership
from annotations.services.signoff import move_article
from tests.api.client import Api, problem
from tests.api.test_article_lists import afresh, edit, hide_a_source, nine, read
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.states import annotation_at, cover

__all__ = ["nine"]  # a fixture
pytestmark = pytest.mark.django_db(transaction=True)


def test_who_has_it_is_told_so_until_it_changes(nine: Annotation, article: Article, people: People) -> None:
    api, path = Api(people.checker), f"export/jsonl/?article={article.pk}&state=all"
    tag = read(api, article)["ETag"]

    same = api.send("GET", path, If_None_Match=f'"other", {tag}')
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    assert same["Vary"] == read(api, article)["Vary"]

    edit(nine, people, claim="Twelve died.")

    changed = api.send("GET", path, If_None_Match=tag)
    assert changed.status_code == 200
    assert changed["ETag"] != tag
    assert b"Twelve died." in changed.content


def test_a_compressed_list_is_another_representation(nine: Annotation, article: Article, people: People) -> None:
    api, path = Api(people.checker), f"export/jsonl/?article={article.pk}&state=all"
    plain, packed = read(api, article), api.send("GET", path, Accept_Encoding="gzip")

    assert (packed["Content-Encoding"], packed["ETag"] != plain["ETag"]) == ("gzip", True)
    assert api.send("GET", path, If_None_Match=plain["ETag"], Accept_Encoding="gzip").status_code == 200
    assert api.send("GET", path, If_None_Match=packed["ETag"], Accept_Encoding="gzip").status_code == 304


def test_what_another_process_kept_has_the_same_tag(
    nine: Annotation, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(people.checker)
    tag = read(api, article)["ETag"]

    monkeypatch.setattr(moments, "_known", Recent(10))
    monkeypatch.setattr(article_lists, "_kept", Recent(article_lists.KEPT))
    import_text(article.desk, people.checker, "Another text.", title="Other")

    assert read(api, article)["ETag"] == tag


@pytest.mark.parametrize("behind", [0, 3])
def test_a_history_that_went_far_ahead_is_looked_up_by_its_article(
    behind: int, nine: Annotation, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_NEWER", "_TOUCHED"):
        statement = getattr(moments, name)
        assert (statement.count("1000"), statement.count("1001")) == (1, 1)
        fewer = statement.replace("1001", str(behind + 1)).replace("1000", str(behind))
        monkeypatch.setattr(moments, name, fewer)
    api, other = Api(people.checker), import_text(article.desk, people.checker, TEXT + "!", title="Other")
    before = read(api, article)
    for number in range(behind + 2):
        annotate(other, people.checker, "nine", claim=str(number))
    assert read(api, article)["ETag"] == before["ETag"]

    edit(nine, people, claim="Twelve died.")
    for number in range(behind + 2):
        annotate(other, people.checker, "agencies", claim=str(number))

    assert read(api, article).content == afresh(api, article) != before.content


def test_nothing_of_a_transaction_that_was_rolled_back_is_found(
    nine: Annotation, article: Article, people: People
) -> None:
    api = Api(people.checker)
    before = read(api, article)
    with transaction.atomic():
        edit(nine, people, claim="Never said.")
        seen_inside = moments.moment_of(article, "default")
        transaction.set_rollback(True)

    edit(nine, people, claim="Said.")

    now = moments.moment_of(article, "default")
    assert (now.number, now.hash != seen_inside.hash) == (seen_inside.number, True)
    assert read(api, article)["ETag"] != before["ETag"]
    assert b"Said." in read(api, article).content
    assert read(api, article).content == afresh(api, article)


def test_a_list_is_for_those_alone_who_may_see_the_article(
    nine: Annotation, article: Article, people: People, desk: Desk
) -> None:
    path = f"export/jsonl/?article={article.pk}&state=all"
    apis = {person: Api(getattr(people, person)) for person in ("checker", "checker2", "reader", "stranger", "nobody")}
    tag = apis["checker"].send("GET", path)["ETag"]

    for person in ("reader", "stranger", "nobody"):
        problem(apis[person].send("GET", path, If_None_Match=tag), 404, "not_found")
    assert apis["checker2"].send("GET", path, If_None_Match=tag).status_code == 304
    set_membership(desk=desk, user=people.checker2, roles=[])
    problem(apis["checker2"].send("GET", path, If_None_Match=tag), 404, "not_found")
    problem(apis["checker2"].send("GET", path), 404, "not_found")


def test_a_reader_gets_it_once_the_article_is_cleared(article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)
    head, reader, path = Api(people.head), Api(people.reader), f"export/jsonl/?article={article.pk}"
    tag = head.send("GET", path)["ETag"]
    problem(reader.send("GET", path, If_None_Match=tag), 404, "not_found")
    cover(article, people)

    move_article(article_id=article.pk, actor=people.head, action="clear", seen_version=None)

    assert Article.objects.get(pk=article.pk).state == ArticleState.CLEARED
    assert reader.send("GET", path).content == head.send("GET", path).content
    reader.credentials(HTTP_AUTHORIZATION="Bearer nothing")
    assert reader.send("GET", path).status_code == 401


def test_identities_in_confidence_are_in_no_list(nine: Annotation, article: Article, people: People) -> None:
    hide_a_source(nine, people)

    assert b"Major Mayor" not in read(Api(people.head), article).content + read(Api(people.checker), article).content


def test_reading_again_takes_few_statements_and_reads_no_annotation(
    nine: Annotation, article: Article, people: People
) -> None:
    api = Api(people.checker)
    read(api, article)

    with CaptureQueriesContext(connection) as sent:
        read(api, article)

    assert len(sent) == 3
    assert not [query["sql"] for query in sent.captured_queries if "annotations_annotation" in query["sql"]]


def test_after_a_change_what_changed_is_written_anew_and_nothing_else(
    nine: Annotation, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = Api(people.checker)
    read(api, article)
    asked: list[list[str]] = []
    touched_since = article_lists.touched_since

    def touched(*args: Any) -> set[str] | None:
        found = touched_since(*args)
        asked.append(sorted(found or ()))
        return found

    monkeypatch.setattr(article_lists, "touched_since", touched)
    monkeypatch.setattr(article_lists, "_written", lambda *_: pytest.fail("the whole list was written"))

    edit(nine, people, claim="Twelve died.")

    assert b"Twelve died." in read(api, article).content
    assert asked == [[str(nine.pk)]]


def test_long_lists_are_streamed_and_not_kept(
    nine: Annotation, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_lists, "LONGEST", 2)
    api = Api(people.checker)

    assert read(api, article).streaming
    assert "ETag" not in read(api, article)
    assert not read(api, article, state="withdrawn").streaming


WRITERS, READERS, ROUNDS = 3, 2, 8


def test_while_many_write_nobody_reads_what_is_older_than_an_answer(article: Article, people: People) -> None:
    """Each writer reads its own last write at once; no reader ever sees a version go back."""
    own = [annotate(article, people.checker, "nine") for _ in range(WRITERS)]
    done, start = Event(), Barrier(WRITERS + READERS, timeout=60)

    def versions(content: bytes) -> dict[str, int]:
        rows = [json.loads(line) for line in content.splitlines()]
        assert rows[-1] == {"end": True, "rows": len(rows) - 1}
        return {row["id"]: row["version"] for row in rows[:-1]}

    def write(annotation: Annotation) -> int:
        api, tag = Api(people.checker), ""
        start.wait()
        for _ in range(ROUNDS):
            edit(annotation, people, claim=f"{annotation.pk} {uuid4()}")
            answer = api.send("GET", f"export/jsonl/?article={article.pk}&state=all", If_None_Match=tag)
            assert answer.status_code == 200
            tag, annotation.version = answer["ETag"], annotation.version + 1
            assert versions(answer.content)[str(annotation.pk)] == annotation.version
        return annotation.version

    def watch(_: int) -> int:
        api, seen, count = Api(people.checker2), dict.fromkeys((str(each.pk) for each in own), 0), 0
        start.wait()
        while not (count and done.is_set()):
            now = versions(read(api, article).content)
            assert all(now[id] >= version for id, version in seen.items())
            seen, count = now, count + 1
        return count

    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        watchers = [pool.submit(closing, watch, number) for number in range(READERS)]
        try:
            assert list(pool.map(closing, [write] * WRITERS, own)) == [ROUNDS + 1] * WRITERS
        finally:
            done.set()
        for watcher in watchers:
            watcher.result(60)
    assert read(Api(people.checker), article).content == afresh(Api(people.checker), article)


def closing(work: Callable[[Any], int], given: Any) -> int:
    """In a thread, whose connection is closed at the end."""
    try:
        return work(given)
    finally:
        connection.close()

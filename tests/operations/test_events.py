"""Streams of events: who gets in, what is heard how soon, who else looks, what happens without the database."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection, transaction

from annotations.models import Article, User
from annotations.web import live
from annotations.web.live import SALT, stream_url
from factcheck import events
from factcheck.broker import Broker
from factcheck.events import Events, connect
from tests.factories import annotate
from tests.operations.streams import BEAT, SOON, Browser, changed, last_number, meanwhile, play
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
LISTENING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE query = 'LISTEN factcheck_articles' AND datname = current_database()
"""


def test_a_write_is_heard_within_a_second_by_those_who_look_at_its_article(
    article: Article, foreign_article: Article, people: People
) -> None:
    async def scenario(app: Events) -> None:
        here, elsewhere = (
            Browser(app, stream_url(person, row))
            for person, row in ((people.reviewer, article), (people.stranger, foreign_article))
        )
        assert await here.heard("event: live-changed") == changed(0)
        assert await elsewhere.heard("event: live-changed") == changed(0)
        await elsewhere.heard("event: live-people")

        took = []
        for words in ("nine", "mines", "Troops"):  # the quickest counts: a busy machine may hold one up
            began = time.monotonic()
            await meanwhile(annotate, article, people.checker, words)

            heard = await here.heard("event: live-changed")
            took.append(time.monotonic() - began)
            assert heard == changed(await meanwhile(last_number, article))
        assert min(took) < 1
        assert here.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
        assert elsewhere.is_quiet()

    play(scenario)


def test_a_write_that_is_taken_back_is_not_heard(article: Article, people: People) -> None:
    def fail() -> None:
        with transaction.atomic():
            annotate(article, people.checker, "nine")
            transaction.set_rollback(True)

    async def scenario(app: Events) -> None:
        here = Browser(app, stream_url(people.reviewer, article))
        await here.heard("event: live-people")
        await meanwhile(fail)
        await asyncio.sleep(0.2)

        assert here.is_quiet()

    play(scenario)


def test_viewers_hear_who_else_looks(article: Article, people: People) -> None:
    async def scenario(app: Events) -> None:
        first = Browser(app, stream_url(people.checker, article))
        assert await first.heard("event: live-people") == "event: live-people\ndata: []"
        second = Browser(app, stream_url(people.reviewer, article))

        assert await first.heard("event: live-people") == 'event: live-people\ndata: ["Reviewer"]'
        assert await second.heard("event: live-people") == 'event: live-people\ndata: ["Checker"]'

        await second.leave()
        assert await first.heard("event: live-people") == "event: live-people\ndata: []"
        await first.leave()
        assert app.broker.count == 0

    play(scenario)


@pytest.mark.parametrize("token", ["", "nonsense", "old", "other article"])
def test_without_a_good_token_there_is_no_stream(
    token: str, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = uuid4() if token == "other article" else article.pk
    if token == "old":
        monkeypatch.setattr(live, "TOKEN_SECONDS", -1)
    sent = signing.dumps([other.hex, people.checker.pk.hex, "Checker"], salt=SALT)
    given = sent if token in {"old", "other article"} else token

    async def scenario(app: Events) -> None:
        refused = Browser(app, f"/events/articles/{article.pk}/?token={given}")
        await refused.task

        assert (refused.status, app.broker.count) == (403, 0)

    play(scenario)


def test_only_get_is_answered(article: Article, people: People) -> None:
    async def scenario(app: Events) -> None:
        refused = Browser(app, stream_url(people.checker, article), method="POST")
        await refused.task

        assert refused.status == 405

    play(scenario)


def test_a_silent_stream_beats_and_a_long_one_ends(
    article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "BEAT_SECONDS", 0.05)

    async def scenario(app: Events) -> None:
        here = Browser(app, stream_url(people.checker, article))
        assert await here.heard(BEAT) == BEAT

        monkeypatch.setattr(events, "LONGEST_SECONDS", 0.1)
        short = Browser(app, stream_url(people.reviewer, article))
        await asyncio.wait_for(short.task, SOON)
        assert app.broker.count == 1

    play(scenario)


def test_five_hundred_viewers_share_one_connection(article: Article, people: People) -> None:
    def listening() -> int:
        with connection.cursor() as cursor:
            cursor.execute(LISTENING)
            return int(cursor.fetchone()[0])

    async def scenario(app: Events) -> None:
        browsers = [Browser(app, stream_url(people.reviewer, article)) for _ in range(500)]
        for each in browsers:
            await each.heard("event: live-changed")

        until = time.monotonic() + SOON  # the server may take a moment to part with who listened before
        while (found := await meanwhile(listening)) != 1 and time.monotonic() < until:
            await asyncio.sleep(0.05)
        assert found == 1
        await meanwhile(annotate, article, people.checker, "nine")
        heard = {await each.heard("event: live-changed") for each in browsers}
        assert heard == {changed(await meanwhile(last_number, article))}

    play(scenario)


def test_a_lost_connection_is_made_again_and_everybody_looks(article: Article, people: People) -> None:
    made: list[Any] = []

    async def connect_and_keep() -> Any:
        made.append(await connect())
        return made[-1]

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [made[0].info.backend_pid])

    async def scenario(app: Events) -> None:
        here = Browser(app, stream_url(people.reviewer, article))
        await here.heard("event: live-people")
        await meanwhile(cut)

        assert await here.heard("event: live-changed") == changed(0)
        await meanwhile(annotate, article, people.checker, "nine")
        assert await here.heard("event: live-changed") == changed(await meanwhile(last_number, article))
        assert len(made) == 2

    play(scenario, Events(Broker(connect_and_keep)))


def test_a_stopping_server_ends_its_streams(article: Article, people: People) -> None:
    async def scenario(app: Events) -> None:
        here = Browser(app, stream_url(people.checker, article))
        await here.heard("event: live-changed")
        app.close()

        await asyncio.wait_for(here.task, SOON)

    play(scenario)


def test_the_name_in_a_token_is_the_persons(people: People, article: Article) -> None:
    user: User = people.checker
    token = stream_url(user, article).partition("token=")[2]

    assert live.watcher_of(token) == live.Watcher(article.pk, user.pk, "Checker")

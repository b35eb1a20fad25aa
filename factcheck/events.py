"""Server-sent events, served beside Django: a stream costs a task on the event loop, no thread and no connection.

GET /events/articles/<id>/?token=... with a token of annotations.web.live. `live-changed` says that something happened
(what, the page asks Django, which knows who may see it), `live-people` who else looks.
"""

import asyncio
import contextlib
import re
from typing import Any, Final, cast
from urllib.parse import parse_qs
from uuid import UUID

import psycopg
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from annotations.web.live import Watcher, watcher_of
from factcheck.bridge import Message, Receive, Send
from factcheck.broker import Broker, Viewer

PATH: Final = re.compile(r"/events/articles/([0-9a-f-]{36})/")
BEAT_SECONDS: Final = 15.0
"""Comments in between, so that neither a proxy nor we take a silent stream for a living one."""

LONGEST_SECONDS: Final = 3600.0
"""Then the page asks for a new token and comes back, if its person still may."""

PATIENCE: Final = 5.0
MOST_VIEWERS: Final = 20_000
HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def connect() -> psycopg.AsyncConnection[Any]:
    """A connection of our own to the site's database, outside the pool of the web threads."""
    wrapper = cast(DatabaseWrapper, connections["default"])
    params = await asyncio.to_thread(wrapper.get_connection_params)
    ours = {name: value for name, value in params.items() if name not in {"cursor_factory", "context"}}
    return await psycopg.AsyncConnection.connect(**ours, autocommit=True)


class Events:
    """The ASGI application."""

    def __init__(self, broker: Broker | None = None) -> None:
        self.broker = broker or Broker(connect)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET" or _comes_in_pieces(scope):
            await _refuse(send, 405, "Only GET is answered here.\n")
        elif (watcher := admitted(scope)) is None:
            await _refuse(send, 403, "Reload the page to watch it again.\n")
        elif self.broker.count >= MOST_VIEWERS:
            await _refuse(send, 503, "Too many people are watching.\n")
        else:
            await self._stream(watcher, receive, send)

    def close(self) -> None:
        self.broker.close()

    async def _stream(self, watcher: Watcher, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        viewer = await self.broker.join(watcher, PATIENCE)
        saying = asyncio.create_task(_say(viewer, send))
        try:
            gone = asyncio.create_task(_gone(receive))
            await asyncio.wait({saying, gone}, timeout=LONGEST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            gone.cancel()
        finally:
            saying.cancel()
            self.broker.leave(viewer)
        with contextlib.suppress(OSError):
            await send({"type": "http.response.body", "body": b""})


def _comes_in_pieces(scope: Message) -> bool:
    """A body of no stated length may end in headers that never end."""
    return any(name == b"transfer-encoding" for name, _value in scope.get("headers", ()))


def admitted(scope: Message) -> Watcher | None:
    """Who watches, if the token is for the article in the path."""
    path = PATH.fullmatch(scope["path"])
    tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])
    watcher = watcher_of(tokens[0]) if path else None
    try:
        return watcher if path and watcher and watcher.article == UUID(path[1]) else None
    except ValueError:
        return None


async def _say(viewer: Viewer, send: Send) -> None:
    while not viewer.is_over:
        said = b": beat\n\n"
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(viewer.changed.wait(), BEAT_SECONDS)
            said = viewer.messages()
        await send({"type": "http.response.body", "body": said, "more_body": True})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, status: int, sentence: str) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})

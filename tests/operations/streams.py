"""Streams of events as the server would run them: a browser at one, and what is done meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection

from annotations.models import Article, Event
from factcheck.events import Events

SOON = 60.0  # seconds; on a machine that does nothing else it is none
BEAT = ": beat"
T = TypeVar("T")


class Browser:
    """One stream, as uvicorn would run it."""

    def __init__(self, app: Events, url: str, method: str = "GET") -> None:
        path, _, query = url.partition("?")
        self._scope = {"method": method, "path": path, "query_string": query.encode()}
        self._gone = asyncio.Event()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.task = asyncio.create_task(app(self._scope, self._receive, self._send))  # type: ignore[arg-type]

    async def heard(self, start: str) -> str:
        """The next message that begins so."""
        while not (message := await asyncio.wait_for(self._said.get(), SOON)).startswith(start):
            pass
        return message

    async def leave(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self.task, SOON)

    def is_quiet(self) -> bool:
        """Nothing was said; that the stream lives is said every now and then."""
        return all(message == BEAT for message in self._waiting())

    def _waiting(self) -> list[str]:
        return [self._said.get_nowait() for _ in range(self._said.qsize())]

    async def _receive(self) -> dict[str, Any]:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            for piece in filter(None, message["body"].decode().split("\n\n")):
                self._said.put_nowait(piece)


def play(scenario: Callable[[Events], Awaitable[None]], app: Events | None = None) -> None:
    """Run a scenario with a site's streams, and end them. In a thread: Playwright keeps a loop in the tests' own."""

    async def run() -> None:
        site = app or Events()
        try:
            await scenario(site)
        finally:
            site.close()
            await asyncio.sleep(0)

    def run_here() -> None:
        try:
            asyncio.run(run())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        threads.submit(run_here).result()


def changed(number: object) -> str:
    return f"event: live-changed\ndata: {number}"


async def meanwhile(call: Callable[..., T], *arguments: object) -> T:
    """In a thread with a database connection of its own."""

    def run() -> T:
        try:
            return call(*arguments)
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def last_number(article: Article) -> int:
    return Event.objects.filter(article=article).order_by("-number")[0].number

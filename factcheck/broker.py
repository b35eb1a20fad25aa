"""Hears from the database what happens on articles and wakes those who look at them. One connection a process."""

import asyncio
import contextlib
import json
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

import psycopg

from annotations.web.live import Watcher

CHANNEL: Final = "factcheck_articles"
RETRY_SECONDS: Final = 1.0

log = logging.getLogger(__name__)


class Viewer:
    """One open stream. `changed` is set when there is something to say; `messages` takes it and clears that."""

    __slots__ = ("_known", "_number", "_people", "changed", "is_over", "watcher")

    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self.changed = asyncio.Event()
        self.is_over = False
        self._number: str | None = None
        self._people: list[str] | None = None
        self._known: list[str] | None = None

    def tell(self, number: str) -> None:
        """What was not said yet is replaced: only the last number matters."""
        self._number = number
        self.changed.set()

    def meet(self, people: list[str]) -> None:
        """The same for the names of the others, which are not said twice."""
        if people != self._known:
            self._known = self._people = people
            self.changed.set()

    def end(self) -> None:
        self.is_over = True
        self.changed.set()

    def messages(self) -> bytes:
        """Server-sent events."""
        self.changed.clear()
        said = []
        if self._number is not None:
            said.append(f"event: live-changed\ndata: {self._number}\n\n")
        if self._people is not None:
            said.append(f"event: live-people\ndata: {json.dumps(self._people)}\n\n")
        self._number = self._people = None
        return "".join(said).encode()


class Broker:
    """`connect` opens a connection in autocommit. Listens from the first viewer on, and connects again when it must."""

    def __init__(self, connect: Callable[[], Awaitable[psycopg.AsyncConnection[Any]]]) -> None:
        self._connect = connect
        self._viewers: dict[UUID, set[Viewer]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    @property
    def count(self) -> int:
        return sum(map(len, self._viewers.values()))

    async def join(self, watcher: Watcher, patience: float) -> Viewer:
        """From here on nothing is missed; a database that does not answer within `patience` seconds is caught up on."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        viewer = Viewer(watcher)
        self._viewers[watcher.article].add(viewer)
        self._tell_people(watcher.article)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening.wait(), patience)
        viewer.tell("0")
        return viewer

    def leave(self, viewer: Viewer) -> None:
        article = viewer.watcher.article
        self._viewers[article].discard(viewer)
        if not self._viewers[article]:
            del self._viewers[article]
        else:
            self._tell_people(article)

    def close(self) -> None:
        """End every stream, so that the server can stop."""
        if self._task:
            self._task.cancel()
        for viewers in self._viewers.values():
            for viewer in viewers:
                viewer.end()

    async def _listen(self) -> None:
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._listening.set()
                    self._wake_all()
                    async for notice in connection.notifies():
                        self._hear(notice.payload)
            except (psycopg.Error, OSError) as error:
                log.warning("Live changes wait for the database: %s", str(error).strip())
            self._listening.clear()
            await asyncio.sleep(RETRY_SECONDS)

    def _wake_all(self) -> None:
        """Nobody knows what happened while nobody listened: everybody looks."""
        for viewers in self._viewers.values():
            for viewer in viewers:
                viewer.tell("0")

    def _hear(self, payload: str) -> None:
        article, _, number = payload.partition(" ")
        for viewer in self._viewers.get(UUID(article), ()):
            viewer.tell(number)

    def _tell_people(self, article: UUID) -> None:
        """Each viewer hears the names of the others, once each, in order."""
        viewers = self._viewers[article]
        names = {viewer.watcher.person: viewer.watcher.name for viewer in viewers}
        for viewer in viewers:
            others = {name for person, name in names.items() if person != viewer.watcher.person}
            viewer.meet(sorted(others, key=str.casefold))

"""The background worker of the server: a thread with an event loop of its own."""

import asyncio
import contextlib
import signal
import threading
from typing import Final

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

PATIENCE: Final = 5.0
"""Seconds that a running job gets at the end; what was not done is done after the next start."""

LISTEN: Final = 0.5
"""Seconds after which a signal has been heard at the latest."""


class Worker:
    """Starts at once; `stop` ends it and waits for it."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._ready.wait(PATIENCE)
        if self._loop and self._task and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(2 * PATIENCE)

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._work())

    async def _work(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._ready.set()
        connector = PsycopgConnector(kwargs=_parameters(), min_size=1, max_size=3)
        with app.replace_connector(connector):
            async with app.open_async():
                await app.run_worker_async(install_signal_handlers=False, shutdown_graceful_timeout=PATIENCE)


def work() -> None:
    """The whole of a process that does nothing else, until SIGTERM."""
    asked_to_leave = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: asked_to_leave.set())
    worker = Worker()
    # A signal that arrives just before an endless wait begins would be heard only after it.
    while not asked_to_leave.wait(LISTEN):
        pass
    worker.stop()


def _parameters() -> dict[str, object]:
    """The site's own database, without the pool of the web threads."""
    return {name: value for name, value in connector_params().items() if name != "pool"}

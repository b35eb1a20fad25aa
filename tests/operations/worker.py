"""The real worker of background jobs, for as long as there is something to do."""

import asyncio
import contextlib
import threading

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.psycopg_connector import PsycopgConnector

from annotations import jobs


def work() -> None:
    """Let the worker do everything that is due now."""

    async def run() -> None:
        with app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=3)):
            async with app.open_async():
                with contextlib.suppress(AlreadyEnqueued):  # by the clock
                    await jobs.note_events.defer_async(timestamp=0)
                for _ in ("to note events", "to send what they became"):
                    await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    # Browser tests leave an event loop running in the main thread.
    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()

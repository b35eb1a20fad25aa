"""The ASGI application that `manage.py serve` runs: Django on threads behind the bridge, with a pool of connections.

Streams of events are served beside it, so that somebody who only looks costs no thread.
"""

from typing import Final

from django.conf import settings
from django.db import connections

from factcheck.bridge import Bridge, Message, Receive, Send
from factcheck.wsgi import application as django_application

# After Django is set up, which the import above does.
from factcheck.events import Events  # isort: skip

KEPT: Final = 60.0
"""Seconds for which a thread keeps its connection between requests: fetching one takes a tenth of a short answer."""

connections.settings["default"]["OPTIONS"]["pool"] = settings.DATABASE_POOL
if settings.DATABASE_POOL["max_size"] >= settings.WEB_THREADS:  # else a thread must not keep what another waits for
    connections.settings["default"]["CONN_MAX_AGE"] = KEPT
if "standby" in connections.settings:
    connections.settings["standby"]["OPTIONS"]["pool"] = settings.DATABASE_STANDBY_POOL


class Site:
    """`close` ends what would never end by itself; the server calls it when it stops."""

    def __init__(self) -> None:
        self.web = Bridge(django_application, threads=settings.WEB_THREADS)
        self.events = Events()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            handler = self.events if scope["path"].startswith("/events/") else self.web
            await handler(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _lifespan(receive, send)

    def close(self) -> None:
        self.events.close()


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


application = Site()

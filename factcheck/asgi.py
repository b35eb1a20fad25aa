"""The ASGI application that `manage.py serve` runs: Django on threads behind the bridge, with a pool of connections.

Streams of events are served beside it, so that somebody who only looks costs no thread.
"""

from typing import Final

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections, reset_queries

from factcheck.bridge import Bridge, Message, Receive, Send
from factcheck.wsgi import application as django_application

# After Django is set up, which the import above does.
from factcheck.events import Events  # isort: skip

KEPT: Final = 3600.0
"""Seconds for which a thread keeps its connection: another one has none of the prepared statements, plans and pages of
PostgreSQL's that this one has warm. As long as the pool would keep it."""

connections.settings["default"]["OPTIONS"]["pool"] = settings.DATABASE_POOL
if settings.DATABASE_POOL["max_size"] >= settings.WEB_THREADS:  # else a thread must not keep what another waits for
    connections.settings["default"]["CONN_MAX_AGE"] = KEPT
if "standby" in connections.settings:
    connections.settings["standby"]["OPTIONS"]["pool"] = settings.DATABASE_STANDBY_POOL


# The end of a request has done already what these do at the start of the next.
for receiver in (close_old_connections, reset_queries):
    request_started.disconnect(receiver)
request_finished.connect(reset_queries)


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

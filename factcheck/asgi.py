"""The ASGI application that `manage.py serve` runs: Django on threads behind the bridge, with a pool of connections."""

from django.conf import settings
from django.db import connections

from factcheck.bridge import Bridge, Message, Receive, Send
from factcheck.wsgi import application as django_application

connections.settings["default"]["OPTIONS"]["pool"] = settings.DATABASE_POOL
if "standby" in connections.settings:
    connections.settings["standby"]["OPTIONS"]["pool"] = settings.DATABASE_STANDBY_POOL

web = Bridge(django_application, threads=settings.WEB_THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await web(scope, receive, send)
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

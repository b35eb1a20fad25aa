"""People who only look at an article: how soon all of them hear of a change, and what their open streams cost."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeAlias

from django.contrib.auth import get_user_model

from annotations.models import Article
from annotations.web.live import stream_url
from bench.figures import Row, growth, measured
from bench.processes import memory, tree
from bench.site import Site
from bench.stock import stock

VIEWERS = (1, 100, 500)
QUICK = (1, 10, 50)
IDLE_SECONDS = 30
PATIENCE = 30  # seconds
CHANGED = b"event: live-changed"
Stream: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def rows(site: Site) -> Iterator[Row]:
    stocked = stock(site.desk, site.people["checker"], count=1, characters=5_000, spans=50)[0]
    article = Article.objects.get(pk=stocked.id)
    url = stream_url(get_user_model().objects.get(username="reviewer"), article)
    client = site.client()

    def annotate() -> None:
        client.http.close()  # the server may have closed the connection while it idled
        client.send("POST", "/api/v1/annotations/", {"article": str(article.pk), "start": 0, "end": 5})

    annotate()
    site.plan.settle()
    yield from asyncio.run(_collected(site, url, annotate))


async def _collected(site: Site, url: str, annotate: Callable[[], None]) -> list[Row]:
    return [row async for row in _watched(site, url, annotate)]


async def _watched(site: Site, url: str, annotate: Callable[[], None]) -> AsyncIterator[Row]:
    before, streams, found = memory(site.server.pid), list[Stream](), list[Row]()
    viewers = site.plan.of(VIEWERS, QUICK)
    for count in viewers:
        fresh = [await _open(site.port, url) for _ in range(count - len(streams))]
        for reader, _ in fresh:
            await reader.readuntil(CHANGED)
        streams += fresh
        await asyncio.sleep(1)
        delays = [await _delay(streams, annotate) for _ in range(site.plan.rounds)]
        size = f"{count} viewers"
        found.append(measured("a change reaches the last viewer, its write included", size, "ms", delays, most=1000))
        yield found[-1]
    yield growth("a change reaches the last viewer", viewers, found)
    async for row in _idle(site, streams, before):
        yield row
    for _, writer in streams:
        writer.close()


async def _idle(site: Site, streams: list[Stream], before: float) -> AsyncIterator[Row]:
    """What it costs that nothing happens; `before`: MB of the server without viewers."""
    seconds, size = site.plan.of(IDLE_SECONDS, 2), f"{len(streams)} viewers"
    await asyncio.sleep(2)
    worked, began = _processor_seconds(site), time.perf_counter()
    said = await asyncio.gather(*(_said(reader, seconds) for reader, _ in streams))
    busy = (_processor_seconds(site) - worked) / (time.perf_counter() - began) * 100
    each = (memory(site.server.pid) - before) * 1000 / len(streams)
    yield measured("memory of the server for one viewer", size, "kB", [each], most=50)
    yield measured("processor time of idle viewers", size, "% of a core", [busy], most=5)
    yield measured("requests of idle viewers", f"{size}, {seconds} s", "messages", [sum(said)], most=0)


async def _open(port: int, url: str) -> Stream:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
    return reader, writer


async def _said(reader: asyncio.StreamReader, seconds: float) -> int:
    """Changes that a viewer hears of while nothing changes, each of which would be a request; beats are none."""
    heard = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                heard += CHANGED in await reader.readline()
    return heard


async def _delay(streams: list[Stream], annotate: Callable[[], None]) -> float:
    """Milliseconds from the beginning of a write until every viewer has heard of it."""
    began = time.perf_counter()
    write = asyncio.create_task(asyncio.to_thread(annotate))
    async with asyncio.timeout(PATIENCE):
        for reader, _ in streams:
            await reader.readuntil(CHANGED)
    took = (time.perf_counter() - began) * 1000
    await write
    await asyncio.sleep(0.3)
    return took


def _processor_seconds(site: Site) -> float:
    """Of the server alone: its database does nothing for a stream."""
    return float(sum(sum(process.cpu_times()[:2]) for process in tree(site.server.pid)))

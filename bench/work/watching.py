"""People who only look at an article: what 500 open streams cost, and how soon all of them hear of a change."""

import asyncio
import contextlib
import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model

from annotations.models import Article
from annotations.web.live import stream_url
from bench.figures import Row, measured
from bench.processes import memory, tree
from bench.site import Site
from bench.stock import stock
from bench.timing import ROUNDS, settle

VIEWERS = 500
IDLE_SECONDS = 30
CHANGED = b"event: live-changed"


def rows(site: Site) -> Iterator[Row]:
    stocked = stock(site.desk, site.people["checker"], count=1, characters=5_000, spans=50)[0]
    article = Article.objects.get(pk=stocked.id)
    client = site.client()

    def annotate() -> None:
        client.http.close()  # the server may have closed the connection while it idled
        client.send("POST", "/api/v1/annotations/", {"article": str(article.pk), "start": 0, "end": 5})

    annotate()
    settle()
    found = asyncio.run(
        _watched(site, stream_url(get_user_model().objects.get(username="reviewer"), article), annotate)
    )
    yield measured("memory of the server for one viewer", f"{VIEWERS} viewers", "kB", [found["memory"]], most=50)
    yield measured("processor time of idle viewers", f"{VIEWERS} viewers", "% of a core", [found["busy"]], most=5)
    yield measured(
        "requests of idle viewers", f"{VIEWERS} viewers, {IDLE_SECONDS} s", "messages", [found["said"]], most=0
    )
    size = f"{VIEWERS} viewers, a write and its answer included"
    yield measured("a change reaches the last viewer", size, "ms", found["latencies"], most=1000)


async def _watched(site: Site, url: str, annotate: Any) -> dict[str, Any]:
    before = memory(site.server.pid)
    readers = [await _open(site.port, url) for _ in range(VIEWERS)]
    for reader, _ in readers:
        await reader.readuntil(CHANGED)
    await asyncio.sleep(2)
    worked, began = _processor_seconds(site), time.perf_counter()
    said = await asyncio.gather(*(_said(reader) for reader, _ in readers))
    busy = (_processor_seconds(site) - worked) / (time.perf_counter() - began) * 100
    grown = (memory(site.server.pid) - before) * 1000 / VIEWERS
    latencies = [await _latency(readers, annotate) for _ in range(ROUNDS)]
    for _, writer in readers:
        writer.close()
    return {"memory": grown, "busy": busy, "said": sum(said), "latencies": latencies}


async def _open(port: int, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n".encode())
    return reader, writer


async def _said(reader: asyncio.StreamReader) -> int:
    """Changes that a viewer hears of while nothing changes, each of which would be a request; beats are none."""
    heard = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(IDLE_SECONDS):
            while True:
                heard += CHANGED in await reader.readline()
    return heard


async def _latency(readers: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]], annotate: Any) -> float:
    """Milliseconds from the beginning of a write until every viewer has heard of it."""
    began = time.perf_counter()
    write = asyncio.create_task(asyncio.to_thread(annotate))
    async with asyncio.timeout(IDLE_SECONDS):
        for reader, _ in readers:
            await reader.readuntil(CHANGED)
    took = (time.perf_counter() - began) * 1000
    await write
    await asyncio.sleep(0.3)
    return took


def _processor_seconds(site: Site) -> float:
    """Of the server alone: its database does nothing for a stream."""
    return sum(sum(process.cpu_times()[:2]) for process in tree(site.server.pid))

"""The bridge keeps its promises: back-pressure, closed generators, whole uploads. Small WSGI applications stand in."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from factcheck.bridge import LARGEST_BODY, Bridge, ClientGone, Message

Result = TypeVar("Result")
DISCONNECT: Message = {"type": "http.disconnect"}


class Client:
    """The server's side of ASGI: gives `requests` out one by one, then waits for `leave`; keeps what is sent."""

    def __init__(self, *requests: Message) -> None:
        self.requests = list(requests) or [piece(b"", more=False)]
        self.sent: list[Message] = []
        self.gone = asyncio.Event()
        self.takes = asyncio.Event()
        self.takes.set()

    async def receive(self) -> Message:
        if self.requests:
            return self.requests.pop(0)
        await self.gone.wait()
        return DISCONNECT

    async def send(self, message: Message) -> None:
        await self.takes.wait()
        self.sent.append(message)

    def leave(self) -> None:
        self.gone.set()
        self.takes.set()

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)


class Stream:
    """A streaming response, as Django makes one: counts what was taken and remembers whether it was closed."""

    streaming = True

    def __init__(self, chunks: int, size: int = 100_000) -> None:
        self.chunks, self.size = chunks, size
        self.taken = 0
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(self.chunks):
            self.taken += 1
            yield b"x" * self.size

    def close(self) -> None:
        self.closed.set()


def piece(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def scope(**values: Any) -> Message:
    basics = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "http_version": "1.1"}
    return {**basics, "scheme": "http", "headers": [], **values}


def on_a_loop(exchange: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own: in this one the browser tests' event loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, exchange).result()


def answer(application: Callable[..., Any], client_of: Callable[[], Client] = Client, **values: Any) -> Client:
    async def exchange() -> Client:
        client = client_of()
        await Bridge(application, threads=2)(scope(**values), client.receive, client.send)
        return client

    return on_a_loop(exchange())


def echo(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", " a=1; Path=/")])
    return [environ["wsgi.input"].read()]


def test_body_in_pieces_arrives_whole_and_in_order() -> None:
    sent = [bytes([number]) * 70_000 for number in range(5)]
    pieces = [piece(body, more=number < 4) for number, body in enumerate(sent)]

    client = answer(echo, lambda: Client(*pieces))

    assert client.sent[0]["status"] == 200
    assert client.sent[0]["headers"] == [(b"content-type", b"text/plain"), (b"set-cookie", b"a=1; Path=/")]
    assert client.body == b"".join(sent)
    assert client.sent[-1].get("more_body", False) is False


def test_upload_that_breaks_off_is_an_error_and_never_a_shorter_text() -> None:
    seen: list[object] = []

    def application(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
        try:
            seen.append(environ["wsgi.input"].read())
        except ClientGone as error:
            seen.append(str(error))
            raise
        return []

    def client_of() -> Client:
        client = Client(piece(b"the first half of an art", more=True))
        client.leave()
        return client

    client = answer(application, client_of)

    assert seen == ["The client closed the connection during the upload."]
    assert client.sent == []


def test_generator_waits_for_a_client_that_does_not_take() -> None:
    stream = Stream(1000)

    def application(_environ: dict[str, Any], start_response: Callable[..., None]) -> Stream:
        start_response("200 OK", [])
        return stream

    async def exchange() -> int:
        client = Client()
        bridge = asyncio.create_task(Bridge(application, threads=2)(scope(), client.receive, client.send))
        while not client.body:
            await asyncio.sleep(0.01)
        client.takes.clear()
        before, waited_at = -1, stream.taken
        while before < waited_at:  # until it stands still
            await asyncio.sleep(0.2)
            before, waited_at = waited_at, stream.taken
        taken = sum("body" in message for message in client.sent)
        client.leave()
        await bridge
        assert waited_at <= taken + 2  # one on its way, one made meanwhile
        return waited_at

    waited_at = on_a_loop(exchange())

    assert 0 < waited_at < 1000
    assert stream.closed.is_set()


def test_client_that_leaves_closes_the_generator() -> None:
    stream = Stream(10**9, size=10)

    def application(_environ: dict[str, Any], start_response: Callable[..., None]) -> Stream:
        start_response("200 OK", [])
        return stream

    async def exchange() -> None:
        client = Client()
        bridge = asyncio.create_task(Bridge(application, threads=2)(scope(), client.receive, client.send))
        while not client.body:
            await asyncio.sleep(0.01)
        client.leave()
        await bridge

    on_a_loop(exchange())

    assert stream.closed.wait(60)
    assert stream.taken < stream.chunks


def test_generator_that_fails_leaves_a_response_without_an_end() -> None:
    def application(_environ: dict[str, Any], start_response: Callable[..., None]) -> Iterator[bytes]:
        start_response("200 OK", [])
        yield b"half"
        raise ZeroDivisionError

    async def exchange() -> Client:
        client = Client()
        with pytest.raises(ZeroDivisionError):
            await Bridge(application, threads=2)(scope(), client.receive, client.send)
        return client

    client = on_a_loop(exchange())

    assert client.body == b"half"
    assert client.sent[-1]["more_body"] is True


def test_environment_of_the_application() -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Callable[..., None]) -> list[bytes]:
        seen.update(environ)
        return echo(environ, start_response)

    answer(
        application,
        path="/artículo/1",
        query_string=b"q=%C3%A9",
        scheme="https",
        client=("203.0.113.9", 5000),
        server=("facts.example.org", 443),
        headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x_forwarded_for", b"6.6.6.6"), (b"content-length", b"0")],
    )

    assert seen["PATH_INFO"].encode("latin-1").decode() == "/artículo/1"
    assert (seen["QUERY_STRING"], seen["wsgi.url_scheme"]) == ("q=%C3%A9", "https")
    assert (seen["REMOTE_ADDR"], seen["SERVER_NAME"], seen["SERVER_PORT"]) == (
        "203.0.113.9",
        "facts.example.org",
        "443",
    )
    assert (seen["HTTP_COOKIE"], seen["CONTENT_LENGTH"]) == ("a=1; b=2", "0")
    assert "HTTP_X_FORWARDED_FOR" not in seen


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([(b"content-length", str(LARGEST_BODY + 1).encode())], 413),
        ([(b"transfer-encoding", b"chunked")], 411),
    ],
)
@pytest.mark.parametrize(
    ("path", "kind"), [("/articles/new/", b"text/plain; charset=utf-8"), ("/api/v1/", b"application/problem+json")]
)
def test_body_that_cannot_be_taken_is_refused_unread(
    headers: list[tuple[bytes, bytes]], status: int, path: str, kind: bytes
) -> None:
    client = answer(echo, headers=headers, path=path)

    assert client.sent[0]["status"] == status
    assert (b"content-type", kind) in client.sent[0]["headers"]
    assert client.requests == [piece(b"", more=False)]

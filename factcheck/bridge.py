"""Runs a WSGI application under ASGI, on a pool of threads, streaming in both directions.

It keeps three promises: a generator makes one piece while the client takes the one before, and then waits; a client
that goes away closes the generator; and an upload that breaks off is an error, never a shorter text.
"""

import asyncio
import io
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, MutableMapping
from concurrent.futures import Future
from functools import partial
from typing import IO, Any

from annotations.api.problems import MEDIA_TYPE, Problem
from factcheck.threads import Threads

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[..., Iterable[bytes]]

LARGEST_BODY = 100_000_000  # bytes of one request, whatever it is; forms and files have narrower limits of their own
SMALL_BODY = 65_536  # bytes; so much is awaited before a thread is taken, which else would ask the event loop for it
SENT_TOGETHER = 32_768  # bytes; small chunks that come fast travel together
SENT_AFTER = 0.02  # seconds


class ClientGone(ConnectionError):
    """The client closed the connection before the exchange was complete."""


class Bridge:
    """The ASGI application. `threads` requests are answered at once; more of them wait."""

    def __init__(self, application: Application, *, threads: int) -> None:
        self._application = application
        self._threads = Threads(threads)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        if refusal := _refusal(headers):
            await _refuse(send, refusal, is_program=scope["path"].startswith("/api/"))
            return
        exchange = Exchange(scope, receive, send)
        try:
            if 0 < _length(headers) <= SMALL_BODY:
                exchange.arrived = await receive()
            rest = await self._threads.run(partial(exchange.run, self._application))
            for message in rest:
                await send(message)
        except ClientGone:
            return
        finally:
            exchange.end()


class Exchange:
    """One request and its response. `run` is called in a thread, everything else on the event loop."""

    def __init__(self, scope: Message, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.loop = asyncio.get_running_loop()
        self.gone = False
        self.arrived: Message | None = None
        self._start: Message = {}
        self._watcher: asyncio.Task[None] | None = None
        self._waiting_for: Future[Any] | None = None

    def run(self, application: Application) -> list[Message]:
        """Call the application; returns the messages that are still to be sent."""
        environ = _environ(self.scope, self._body())
        response = application(environ, self._start_response)
        try:
            if not getattr(response, "streaming", True):
                return [self._start, {"type": "http.response.body", "body": b"".join(response)}]
            self._stream(response)
            return [{"type": "http.response.body", "body": b""}]
        finally:
            if close := getattr(response, "close", None):
                close()

    def _body(self) -> IO[bytes]:
        """All of it, when it has come; else what reads it as it comes."""
        message = self.arrived
        if message and message["type"] == "http.request" and not message.get("more_body"):
            return io.BytesIO(message.get("body", b""))
        return io.BufferedReader(_Body(self), 65_536)

    def next_message(self) -> Message:
        """In the thread: what the client sends next."""
        message, self.arrived = self.arrived, None
        if message is None:
            message = self._started(self._receive()).result()
        return message

    async def _receive(self) -> Message:
        return await self.receive()

    def _started(self, coroutine: Coroutine[Any, Any, Any]) -> Future[Any]:
        if self.gone:
            coroutine.close()
            raise ClientGone
        self._waiting_for = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        return self._waiting_for

    def end(self) -> None:
        """Also when the server stops in the middle: the thread must not wait for an event loop that is gone."""
        self.gone = True
        if self._watcher:
            self._watcher.cancel()
        if self._waiting_for:
            self._waiting_for.cancel()

    def _start_response(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        self._start = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            # Django's cookies begin with a space, which uvicorn takes for an attack.
            "headers": [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers],
        }

    def _stream(self, response: Iterable[bytes]) -> None:
        """Send in order. While the client takes one piece, the next is made."""
        sending = self._started(self._begin())
        try:
            for piece in _together(response):
                sending.result()
                sending = self._started(self._send_body(piece))
        finally:
            sending.result()

    async def _begin(self) -> None:
        await self.send(self._start)
        self._watcher = self.loop.create_task(self._watch())

    async def _send_body(self, body: bytes) -> None:
        await self.send({"type": "http.response.body", "body": body, "more_body": True})

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.gone = True


def _together(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Small chunks that come fast as one piece; the first leaves at once."""
    pending, size, given_at = [], 0, 0.0
    for chunk in chunks:
        pending.append(chunk)
        size += len(chunk)
        if size >= SENT_TOGETHER or time.monotonic() - given_at > SENT_AFTER:
            yield b"".join(pending)
            pending, size, given_at = [], 0, time.monotonic()
    if pending:
        yield b"".join(pending)


class _Body(io.RawIOBase):
    """The request's body as a file. Raises ClientGone when the client left before all of it was here."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._buffer = b""
        self._more = True

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self._buffer and self._more:
            message = self._exchange.next_message()
            if message["type"] == "http.disconnect":
                raise ClientGone("The client closed the connection during the upload.")
            self._buffer = message.get("body", b"")
            self._more = message.get("more_body", False)
        piece, self._buffer = self._buffer[: len(target)], self._buffer[len(target) :]
        target[: len(piece)] = piece
        return len(piece)


def _environ(scope: Message, body: IO[bytes]) -> dict[str, Any]:
    client, server = scope.get("client") or ("", 0), scope.get("server") or ("localhost", 80)
    root = scope.get("root_path", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": scope["path"].removeprefix(root).encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:  # would be taken for the header with a hyphen
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
        joint = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ


def _refusal(headers: dict[bytes, bytes]) -> Problem | None:
    if b"transfer-encoding" in headers and b"content-length" not in headers:
        return Problem(411, "length_required", "Send the length of the body in a Content-Length header.")
    if _length(headers) > LARGEST_BODY:
        return Problem(413, "too_large", f"The request is larger than {LARGEST_BODY:,} bytes.")
    return None


def _length(headers: dict[bytes, bytes]) -> int:
    return int(headers.get(b"content-length", b"0"))


async def _refuse(send: Send, problem: Problem, *, is_program: bool) -> None:
    kind, body = "text/plain; charset=utf-8", f"{problem.detail}\n".encode()
    if is_program:
        kind, body = MEDIA_TYPE, problem.body()
    headers = [(b"content-type", kind.encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

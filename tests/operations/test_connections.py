"""The server's side of a connection: heads of requests that are too long, follow a long body or cannot be read."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from factcheck.connections import LARGEST_HEAD, Connection

LONG = 20_000  # bytes of a header that is allowed
PIECE = b"Once upon a time"


class Echo:
    """Answers with the method and how many bytes its body has; knows what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["method"])
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size, more = size + len(message["body"]), message["more_body"]
        if scope["path"] == "/endless":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": PIECE, "more_body": True})
            await receive()  # until the client is gone
            return
        body = f"{scope['method']} {size}\n".encode()
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def app() -> Echo:
    return Echo()


@pytest.fixture
def client(app: Echo) -> Iterator[socket.socket]:
    """Connected to a server that ends with the test."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, http=Connection, loop="uvloop", lifespan="off", log_config=None))
        running = threading.Thread(target=server.run, args=([listener],))
        running.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            running.join()


def everything(client: socket.socket) -> bytes:
    """What comes until the server closes the connection, in order or not."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while piece := client.recv(65_536):
            found += piece
    return found


def test_a_long_header_is_taken(client: socket.socket) -> None:
    client.sendall(b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n")
    client.sendall(b"x-long: " + b"a" * LONG + b"\r\n\r\n")

    assert everything(client).endswith(b"\r\n\r\nGET 0\n")


@pytest.mark.parametrize("beginning", [b"GET / HTTP/1.1\r\nx-long: ", b"GET /"])
def test_a_head_that_does_not_end_is_refused(client: socket.socket, app: Echo, beginning: bytes) -> None:
    client.sendall(beginning)
    with contextlib.suppress(ConnectionError):  # the server need not take all of it
        client.sendall(b"a" * 8 * LARGEST_HEAD)

    answer = everything(client)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")  # nothing when it was still being sent to
    assert app.asked == []


def test_a_long_body_does_not_count_as_the_head_of_the_next_request(client: socket.socket, app: Echo) -> None:
    client.sendall(b"POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 200000\r\n\r\n" + b"a" * 200_000 + b"GET / HTT")
    client.sendall(b"P/1.1\r\nhost: here\r\nconnection: close\r\nx-long: " + b"a" * LONG + b"\r\n\r\n")

    answers = everything(client)

    assert b"POST 200000\n" in answers
    assert answers.endswith(b"GET 0\n")
    assert app.asked == ["POST", "GET"]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"NONSENSE / HTTP/1.1\r\nhost: here\r\n\r\n", "Invalid method"),
        (b"good morning\r\n\r\n", "Invalid method"),
        (b"GET / HTTP/3.9\r\n\r\n", "Invalid HTTP version"),
        (b"GET http://[ HTTP/1.1\r\nhost: here\r\n\r\n", "its address cannot be read"),
        (b"GET /\xff HTTP/1.1\r\nhost: here\r\n\r\n", "Invalid char in url path"),
        (b"GET / HTTP/1.1\r\nx y\r\n\r\n", "Invalid header token"),
        (b"POST / HTTP/1.1\r\ncontent-length: five\r\n\r\n", "Invalid character in Content-Length"),
        (b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nfive\r\n", "Invalid character in chunk size"),
    ],
)
def test_what_cannot_be_read_is_a_problem_document_with_the_reason(
    client: socket.socket, sent: bytes, reason: str
) -> None:
    client.sendall(sent)

    head, _, body = everything(client).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head
    problem = json.loads(body)
    assert (problem["status"], problem["code"]) == (400, "malformed")
    assert reason in problem["detail"]


def test_nonsense_after_a_request_cuts_its_answer_and_does_not_get_into_it(client: socket.socket) -> None:
    client.sendall(b"GET /endless HTTP/1.1\r\nhost: here\r\n\r\n")
    answer = b""
    while not answer.endswith(PIECE + b"\r\n"):
        answer += client.recv(65_536)

    client.sendall(b"nonsense\r\n\r\n")

    assert everything(client) == b""

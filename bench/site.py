"""A site of its own for one run: fresh data, the real server on a free port, people with tokens. Loopback only."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections

from bench.timing import Plan
from factcheck.embedded.server import running_server

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "measured-in-peace"  # noqa: S105 (of accounts that live as long as one run)
LIMITS = {f"API_RATE_{name}": "1000000/min" for name in ("LOGIN", "READ", "WRITE", "EXPORT")}
START_SECONDS = 60


class Client:
    """One persistent connection to a server; `keeps=False` for one that closes it after each answer without a word."""

    def __init__(self, port: int, headers: dict[str, str], *, keeps: bool = True) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.headers, self.keeps = headers, keeps

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[bytes, dict[str, str]]:
        """The body and the headers of the answer. Raises RuntimeError for anything but a success."""
        answer = self.open(method, path, body, **headers)
        content = answer.read()
        if not self.keeps:
            self.http.close()
        return content, {name.lower(): value for name, value in answer.getheaders()}

    def open(self, method: str, path: str, body: Any = None, **headers: str) -> http.client.HTTPResponse:
        """The answer, its body not yet read."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"} if data is not None else {}
        try:
            self.http.request(method, path, data, self.headers | kind | given)
            answer = self.http.getresponse()
        except ConnectionError:  # the server closes connections that idle for some seconds
            self.http.close()
            self.http.request(method, path, data, self.headers | kind | given)
            answer = self.http.getresponse()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.read()[:300]!r}")
        return answer

    def json(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return json.loads(self.send(method, path, body, **headers)[0])


@dataclass
class Site:
    """A running server. Its database is reached through Django, which `prepare` has pointed at the same folder."""

    folder: Path
    port: int
    server: subprocess.Popen[bytes]
    started_in: float
    plan: Plan = Plan()
    people: dict[str, Any] = field(default_factory=dict)
    desk: Any = None
    full: dict[int, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def client(self, person: str = "checker") -> Client:
        if person not in self.tokens:
            asked = {"username": person, "password": PASSWORD, "name": "bench"}
            self.tokens[person] = Client(self.port, {}).json("POST", "/api/v1/tokens/", asked)["token"]
        return Client(self.port, {"Authorization": f"Bearer {self.tokens[person]}"})

    def page_client(self, person: str = "checker") -> Client:
        """Signed in as a browser is."""
        client = Client(self.port, {})
        _, headers = client.send("GET", "/accounts/login/")
        token = headers["set-cookie"].split("csrftoken=", 1)[1].split(";", 1)[0]
        client.headers["Cookie"] = f"csrftoken={token}"
        form = f"csrfmiddlewaretoken={token}&username={person}&password={PASSWORD}".encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}/"}
        answer = client.open("POST", "/accounts/login/", form, **kind)
        answer.read()
        cookies = [value.split(";", 1)[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        client.headers["Cookie"] = "; ".join(cookies)
        return client


@contextlib.contextmanager
def site(plan: Plan) -> Iterator[Site]:
    """A site with fresh data; everything is stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        folder = Path(name)
        prepare(folder)
        try:
            with serving(folder) as running:
                running.plan = plan
                yield running
        finally:
            _leave_database()


def prepare(folder: Path) -> None:
    """Point this process at the data in `folder`, whatever database the surroundings name; once a process."""
    for name in ("DATABASE_URL", "DATABASE_STANDBY_URL"):
        os.environ.pop(name, None)
    os.environ |= {"FACTCHECK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    django.setup()


def _leave_database() -> None:
    """The last to leave stops PostgreSQL, and has to before its files are removed."""
    connections.close_all()
    options = settings.DATABASES["default"]["OPTIONS"]
    running_server(Path(options["folder"]), durable=options.get("durable", True)).stop()


@contextlib.contextmanager
def serving(folder: Path, **values: str) -> Iterator[Site]:
    """`manage.py serve` on a free port, with these settings, stopped as an operator stops it."""
    port = free_port()
    environment = os.environ | LIMITS | {"FACTCHECK_DATA": str(folder), "PORT": str(port)} | values
    began = time.perf_counter()
    with (folder / "server.log").open("ab") as log:
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "serve", "--no-demo"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
    try:
        wait_until_ready(port, server)
        yield Site(folder, port, server, time.perf_counter() - began)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)


def wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until /readyz says 200. Raises RuntimeError when the server ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError, RuntimeError, http.client.HTTPException):
            Client(port, {}).send("GET", "/readyz")
            return
        time.sleep(0.02)
    raise RuntimeError(f"The server on port {port} did not become ready.")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])

"""What everybody in the comparison can do, and a peer as processes with a database of its own."""

import contextlib
import http.client
import os
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.peers.install import Kind
from bench.processes import tree
from bench.site import Client, free_port
from bench.workload import LABELS, Span
from factcheck.embedded.server import DATABASE, ROLE, Server

START_SECONDS = 180
Article = tuple[str, list[Span]]


@dataclass
class Held:
    """An article that a contender holds: its id there, its text, and what a driver needs to know besides."""

    id: Any
    text: str
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one import brought in: a project (or desk) of its own."""

    project: Any
    held: list[Held]


@dataclass(frozen=True, slots=True)
class Exported:
    """Seconds to the first and to the last byte, and the annotations in the file."""

    first: float
    last: float
    spans: int


class Contender(ABC):
    title: str

    @property
    @abstractmethod
    def pids(self) -> list[int]: ...

    @abstractmethod
    def connection(self, batch: Batch) -> Client:
        """One more persistent connection, for somebody who works on the batch."""

    @abstractmethod
    def load(self, articles: Sequence[Article]) -> tuple[Batch, float]:
        """Everything in one import, by the bulk way that it documents; and the seconds that the import took."""

    @abstractmethod
    def create(self, client: Client, batch: Batch, held: Held, span: Span) -> None: ...

    @abstractmethod
    def read(self, client: Client, batch: Batch, held: Held) -> None: ...

    @abstractmethod
    def first_page(self, client: Client, batch: Batch) -> None:
        """Fifty at most, as its own list asks for them."""

    @abstractmethod
    def search(self, client: Client, batch: Batch, word: str) -> None: ...

    @abstractmethod
    def export(self, client: Client, batch: Batch) -> Exported: ...


class Program(Contender):
    """A peer: its environment, a folder, and a PostgreSQL with the program, the settings and the socket of ours."""

    kind: Kind
    first_address: str
    keeps_connections = True

    def __init__(self, folder: Path) -> None:
        self.title, self.folder, self.port = self.kind.title, folder, free_port()
        self.database = Server(folder / "postgres")
        self.headers: dict[str, str] = {}
        self._processes: list[subprocess.Popen[bytes]] = []

    @abstractmethod
    def environment(self) -> dict[str, str]: ...

    @abstractmethod
    def prepare(self) -> None:
        """Its tables and an account, by its own commands."""

    @abstractmethod
    def launch(self) -> None:
        """Its processes, as it says they are to be run."""

    def enter(self) -> None:
        """What has to be done once to be let in."""

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def set_up(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database.start()
        self.prepare()

    def start(self) -> float:
        """Seconds until its first answer."""
        began = time.perf_counter()
        self.launch()
        self._wait(began)
        took = time.perf_counter() - began
        self.enter()
        return took

    def stop(self) -> None:
        ended = [process for root in self.pids for process in tree(root)]
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
        for left in ended:
            with contextlib.suppress(Exception):  # it has ended as it was asked to
                left.kill()
        self._processes.clear()

    def connection(self, batch: Batch) -> Client:
        return self.client()

    def client(self) -> Client:
        return Client(self.port, self.headers, keeps=self.keeps_connections)

    def program(self, name: str) -> str:
        return str(self.kind.home / "bin" / name)

    def package(self, name: str) -> Path:
        return next(self.kind.home.glob(f"lib/python*/site-packages/{name}"))

    @property
    def place(self) -> tuple[str, str, str]:
        """Folder of the socket, role, database."""
        return str(self.database.socket_folder), ROLE, DATABASE

    def command(self, *arguments: str) -> None:
        with (self.folder / "commands.log").open("ab") as log:
            subprocess.run(arguments, check=True, stdout=log, stderr=log, env=self._surroundings())  # noqa: S603

    def spawn(self, *arguments: str, cwd: Path | None = None) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._processes.append(
                subprocess.Popen(  # noqa: S603
                    arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._surroundings(), cwd=cwd
                )
            )

    def _surroundings(self) -> dict[str, str]:
        return os.environ | self.environment()

    def _wait(self, began: float) -> None:
        while time.perf_counter() - began < START_SECONDS:
            with contextlib.suppress(OSError, RuntimeError, http.client.HTTPException):
                Client(self.port, {}).send("GET", self.first_address)
                return
            time.sleep(0.02)
        raise RuntimeError(f"{self.title} did not answer within {START_SECONDS} s.")


def label_of(span: Span) -> str:
    return LABELS[span.label]

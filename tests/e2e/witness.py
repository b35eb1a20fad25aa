"""What is kept of a browser test that failed: pictures, HTML, traces, and what was said and asked last."""

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request, WebError

LAST = 20
"""So many lines of the console and requests are told."""

AT_MOST = 5_000
"""Milliseconds that a page gets for its picture."""


class Witness:
    """Hears all pages of its contexts. `complaints` gets the errors and warnings of their consoles."""

    def __init__(self, folder: Path, complaints: list[str]) -> None:
        self.contexts: list[BrowserContext] = []
        self._folder = folder
        self._complaints = complaints
        self._said: list[str] = []
        self._unanswered: list[Request] = []
        self._testimony = ""

    @staticmethod
    def folder_of(output: str, test: str) -> Path:
        """Where the files of a test are, below pytest-playwright's own folder."""
        return Path(output).absolute() / re.sub(r"[^\w.-]+", "-", test.partition("e2e/")[2])[:150]

    def watch(self, context: BrowserContext) -> None:
        context.tracing.start()
        context.on("close", self._miss)
        context.on("console", self._hear)
        context.on("weberror", self._hear_error)
        context.on("request", self._ask)
        context.on("requestfinished", self._forget)
        context.on("requestfailed", self._forget)
        self.contexts.append(context)

    def testify(self) -> str:
        """Write the files, the first time; gives what is to be read in the report."""
        if not self._testimony:
            self._folder.mkdir(parents=True, exist_ok=True)
            pages = [page for context in self.contexts for page in context.pages]
            parts = {"Pages": [page.url for page in pages], "Console": self._said, "Not answered": self.unanswered}
            self._keep_files()
            told = [f"{name}: " + "\n    ".join(lines[-LAST:] or ["nothing"]) for name, lines in parts.items()]
            self._testimony = "\n".join([*told, f"Pictures, HTML and traces: {self._folder}"])
        return self._testimony

    def leave(self) -> None:
        """Close the contexts; a trace that nobody asked for goes with them."""
        for context in tuple(self.contexts):
            if not self._testimony:
                context.tracing.stop()
            context.close()

    def _miss(self, context: BrowserContext) -> None:
        self.contexts.remove(context)

    @property
    def unanswered(self) -> list[str]:
        return [f"{each.method} {each.url}" for each in self._unanswered]

    def _keep_files(self) -> None:
        for number, context in enumerate(self.contexts):
            for position, page in enumerate(context.pages):
                name = self._folder / f"{number}-{position}"
                page.set_default_timeout(AT_MOST)
                with suppress(Error):
                    page.screenshot(path=f"{name}.png")
                    name.with_suffix(".html").write_text(page.content(), encoding="utf-8")
            with suppress(Error):
                context.tracing.stop(path=self._folder / f"trace-{number}.zip")

    def _hear(self, message: ConsoleMessage) -> None:
        self._said.append(f"{message.type}: {message.text}")
        if message.type in {"error", "warning"}:
            self._complaints.append(message.text)

    def _hear_error(self, error: WebError) -> None:
        self._said.append(f"thrown: {error.error}")
        self._complaints.append(str(error.error))

    def _ask(self, request: Request) -> None:
        self._unanswered.append(request)

    def _forget(self, request: Request) -> None:
        with suppress(ValueError):
            self._unanswered.remove(request)

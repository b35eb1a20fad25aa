"""An article in Chromium: how soon it can be used, and what hovering, choosing and saving take until painted.

Times are taken inside of the page, from the browser's own time of an event (or the start of the navigation) to the
first task after the frame that shows its effect.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Error, Page, sync_playwright

from bench.site import Client
from bench.surroundings import browser_program

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
WINDOW = {"width": 1400, "height": 900}

WATCH = """(() => {
    const painted = (then) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(0);
    });
    const bench = { usable: [], hovered: [], chosen: [], saved: [] };
    window.bench = bench;
    let released = 0;
    let entered = 0;
    addEventListener("pointerover", ({ target, timeStamp }) => {
        if (target.closest?.("mark")) painted((now) => bench.hovered.push(now - timeStamp));
    }, true);
    addEventListener("pointerup", ({ timeStamp }) => { released = timeStamp; }, true);
    addEventListener("keydown", ({ key, ctrlKey, timeStamp }) => {
        if (key === "Enter" && ctrlKey) entered = timeStamp;
    }, true);
    addEventListener("DOMContentLoaded", () => {
        painted((now) => { bench.usable.push(now); });
        new MutationObserver(() => {
            if (!released || !document.querySelector("#cards [aria-current]")) return;
            const began = released;
            released = 0;
            painted((now) => bench.chosen.push(now - began));
        }).observe(document.getElementById("cards"), {
            subtree: true, childList: true, attributeFilter: ["aria-current"],
        });
        new MutationObserver(() => {
            if (!entered) return;
            const began = entered;
            entered = 0;
            painted((now) => bench.saved.push(now - began));
        }).observe(document.getElementById("text"), { subtree: true, childList: true });
    });
})()"""

# Blocks out of view are passed over: asking where their marks are would lay them out.
MARKS = """() => [...document.querySelectorAll("#text .block")]
    .filter((block) => {
        const { top, bottom } = block.getBoundingClientRect();
        return bottom > 0 && top < innerHeight;
    })
    .flatMap((block) => [...block.querySelectorAll("mark")])
    .map((mark) => mark.getClientRects()[0])
    .filter((box) => box && box.width > 4 && box.top > 150 && box.bottom < innerHeight - 50)
    .map((box) => [box.left + box.width / 2, box.top + box.height / 2])"""

WORDS = """() => {
    const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode() && found.length < 40) {
        if (walker.currentNode.length < 6) continue;
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        const box = range.getClientRects()[0];
        if (box && box.width > 30 && box.top > 150 && box.bottom < innerHeight - 50) {
            found.push([box.left + 1, box.right - 1, box.top + box.height / 2]);
        }
    }
    return found;
}"""


# Not Playwright's own waiting, which compiles strings: the page forbids that.
AWAIT = """([name, count]) => new Promise((resolve, reject) => {
    const deadline = performance.now() + 30_000;
    const look = () => {
        if (bench[name].length >= count) resolve();
        else if (performance.now() > deadline) reject(new Error(`${name}: only ${bench[name].length} of ${count}`));
        else setTimeout(look, 5);
    };
    look();
})"""


class NoChromium(Exception):
    """There is none on this machine; the message says so."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Milliseconds from the key to the painted mark; bytes of the answer as they travelled."""

    took: float
    size: float


class Opened:
    """An article in one tab."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        page.goto(path)
        self._await("usable", 1)

    @property
    def usable(self) -> float:
        """Milliseconds from the click on a link until everything on the page answers and is painted once."""
        return float(self.page.evaluate("bench.usable[0]"))

    def hover(self, count: int) -> float:
        """Milliseconds, the median of so many marks, from the pointer's arrival to the painted highlight."""
        self.page.mouse.move(2, 2)
        for at in range(count):
            self.page.mouse.move(*self._mark(at))
            self._await("hovered", at + 1)
        return median(self._taken("hovered"))

    def choose(self, count: int) -> float:
        """Milliseconds, the median of so many marks, from a click on a mark to its painted card."""
        for at in range(count):
            self.page.mouse.click(*self._mark(at))
            self._await("chosen", at + 1)
        return median(self._taken("chosen"))

    def _await(self, name: str, count: int) -> None:
        self.page.evaluate(AWAIT, [name, count])

    def _taken(self, name: str) -> list[float]:
        found: list[float] = self.page.evaluate("(name) => bench[name].splice(0)", name)
        return found

    def _mark(self, number: int) -> tuple[float, float]:
        """Where a mark in view is now: what was chosen before may have scrolled the page."""
        places = self.page.evaluate(MARKS)
        x, y = places[number % len(places)]
        return x, y

    def save(self, number: int) -> Saved:
        """Select some words in view, open the form, save."""
        places = self.page.evaluate(WORDS)
        left, right, y = places[number % len(places)]
        self.page.mouse.move(left, y)
        self.page.mouse.down()
        self.page.mouse.move(right, y, steps=4)
        self.page.mouse.up()
        self.page.locator("#composer").wait_for(state="visible")
        self.page.keyboard.press("a")
        with self.page.expect_response(lambda answer: answer.url.endswith("/annotate/")) as told:
            self.page.keyboard.press("Control+Enter")
        self._await("saved", 1)
        return Saved(self._taken("saved")[0], told.value.request.sizes()["responseBodySize"])


class Chromium:
    def __init__(self, client: Client, page: Page) -> None:
        self._address, self._page = f"http://127.0.0.1:{client.http.port}", page

    def open(self, path: str) -> Opened:
        return Opened(self._page, self._address + path)


@contextlib.contextmanager
def chromium(client: Client) -> Iterator[Chromium]:
    """Signed in as `client` is. Raises NoChromium."""
    program = browser_program()
    if program is None:
        raise NoChromium("Chromium is not installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs in this thread
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        except Error as error:
            raise NoChromium(f"Chromium does not start: {str(error).splitlines()[0]}") from error
        context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
        context.add_cookies(_cookies(client))  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        yield Chromium(client, context.new_page())
        browser.close()


def _cookies(client: Client) -> list[dict[str, str]]:
    pairs = (cookie.split("=", 1) for cookie in client.headers["Cookie"].split("; "))
    return [{"name": name, "value": value, "url": f"http://127.0.0.1:{client.http.port}"} for name, value in pairs]

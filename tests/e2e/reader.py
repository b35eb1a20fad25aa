"""Somebody reading an article in a browser: where words are, dragging over them, what the form then says."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from playwright.sync_api import Locator, Page, expect

T = TypeVar("T")
PATIENCE = 30_000  # milliseconds, on a very busy machine; what is there is seen at once

# Where the words of a block are drawn, straight from the layout: no code of ours takes part.
PLACE = """([block, words, after]) => {
    const element = document.getElementById(block);
    const at = element.textContent.indexOf(words);
    if (at < 0) throw new Error(`"${words}" is not in ${block}`);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const point = (index) => {
        walker.currentNode = element;
        let left = index;
        while (walker.nextNode()) {
            if (left <= walker.currentNode.length) return [walker.currentNode, left];
            left -= walker.currentNode.length;
        }
    };
    const letters = [...new Intl.Segmenter().segment(words)].filter((letter) => letter.segment.trim());
    const letter = letters.at(after ? -1 : 0);
    const range = document.createRange();
    range.setStart(...point(at + letter.index));
    range.setEnd(...point(at + letter.index + letter.segment.length));
    const box = [...range.getClientRects()].find((each) => each.width);
    const rightToLeft = getComputedStyle(element).direction === "rtl";
    const x = after !== rightToLeft ? box.right : box.left;
    const inwards = after !== rightToLeft ? -0.5 : 0.5;
    return [x + inwards, box.top + box.height / 2];
}"""


def soon(page: Page, look: Callable[[], T], expected: T, *, within: float = PATIENCE / 1000) -> None:
    """For what no locator can wait for: look again until it is as expected, for so many seconds."""
    until = time.monotonic() + within
    while (found := look()) != expected and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert found == expected


class Chosen(TypedDict):
    start: int
    end: int
    exact: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    page: Page

    @property
    def composer(self) -> Locator:
        return self.page.locator("#composer")

    @property
    def editor(self) -> Locator:
        return self.page.locator("#editor")

    @property
    def current(self) -> Locator:
        return self.page.locator(".card[aria-current]")

    def marks_are(self, *words: str) -> None:
        """To the letter, which an assertion of Playwright's does not look at."""
        marks = self.page.locator("#text mark")
        soon(self.page, marks.all_text_contents, list(words))

    def place(self, block: int, words: str, *, after: bool = False) -> tuple[float, float]:
        """Where the first letter of `words` begins in a block, or where the last one ends, in window pixels."""
        self.page.locator(f"#b{block}").scroll_into_view_if_needed()
        x, y = self.page.evaluate(PLACE, [f"b{block}", words, after])
        return x, y

    def drag(self, first: tuple[int, str], last: tuple[int, str], *, backward: bool = False) -> None:
        """Select from the first edge of one quote to the last edge of another, each (block, words)."""
        start, end = self.place(*first), self.place(*last, after=True)
        if backward:
            start, end = end, start
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=5)
        self.page.mouse.up()

    def select(self, block: int, words: str) -> None:
        self.drag((block, words), (block, words))
        expect(self.composer).to_be_visible()

    def chosen(self) -> Chosen:
        """What the open form would send."""
        expect(self.composer).to_be_visible()
        found: Chosen = self.composer.locator("form").evaluate(
            "(form) => { const data = new FormData(form);"
            " const [start, end] = ['start', 'end'].map((name) => +data.get(name));"
            " return {start, end, exact: data.get('exact') || null}; }"
        )
        return found

    def save(self) -> None:
        self.page.keyboard.press("Control+Enter")
        expect(self.composer).to_be_hidden()

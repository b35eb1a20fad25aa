"""Texts that break programs, on the screen: shown to the letter, and selected by what the layout says they are."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from annotations.core.text import canonical
from annotations.models import Article, Desk
from tests.conformance import CONFORMANCE, needs_conformance
from tests.e2e.reader import Reader
from tests.factories import annotate, import_text
from tests.people import People

FILE = CONFORMANCE / "traps" / "traps.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else []
REFUSED = ("nul", "lone-surrogate")
TEXTS = [case for case in CASES if "text" in case and case["name"] not in REFUSED]

# Selects UTF-16 places of a block, as a mouse would leave them; no code of ours takes part.
SELECT = """([block, start, end]) => {
    const walker = document.createTreeWalker(document.getElementById(block), NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
        const inside = (place) => place >= at && place <= at + walker.currentNode.length;
        if (inside(start)) range.setStart(walker.currentNode, start - at);
        if (inside(end)) { range.setEnd(walker.currentNode, end - at); break; }
    }
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def units(text: str) -> int:
    """Length in UTF-16, which is what a browser counts."""
    return len(text.encode("utf-16-le")) // 2


def trap_article(desk: Desk, people: People) -> tuple[Article, list[tuple[int, int]]]:
    """All the traps in one text, and where each one's quote is in it: code points, end exclusive."""
    text, places = "", []
    for case in TEXTS:
        before = case["text"][: case["cp"][0]]
        start = len(text) + len(before) - before.startswith("\ufeff") - before.count("\r\n")
        places.append((start, start + len(case["exact"])))
        text += f"{canonical(case['text'])}\n\n"
    return import_text(desk, people.checker, text, title="Traps"), places


@needs_conformance
def test_traps_are_shown_and_selected_to_the_letter(desk: Desk, people: People, open_page: Callable[..., Page]) -> None:
    article, places = trap_article(desk, people)
    revision = article.current
    blocks = list(revision.blocks.order_by("position"))
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    shown = reader.page.locator("#text .block").evaluate_all("(all) => all.map((each) => each.textContent)")

    assert shown == [revision.text[block.start : block.end] for block in blocks]
    for case, (start, end) in zip(TEXTS, places, strict=True):
        assert revision.text[start:end] == case["exact"], case["name"]
        block = next(each for each in blocks if each.start <= start < each.end)
        first = units(revision.text[block.start : start])
        last = first + units(case["exact"])
        reader.page.evaluate(SELECT, [f"b{block.position}", first, last])
        reader.page.keyboard.press("a")
        assert reader.chosen() == {"start": start, "end": end, "exact": case["exact"]}, case["name"]
        reader.page.keyboard.press("Escape")


@needs_conformance
def test_annotated_traps_are_marked_quoted_and_listed_to_the_letter(
    desk: Desk, people: People, open_page: Callable[..., Page]
) -> None:
    article, places = trap_article(desk, people)
    once = [case for case in TEXTS if article.current.text.count(case["exact"]) == 1]
    made = [annotate(article, people.checker, case["exact"], claim=case["exact"]) for case in once]

    page = open_page(f"/articles/{article.pk}/")

    for case, annotation in zip(once, made, strict=True):
        card = page.locator(f"#card-{annotation.pk}")
        marked = page.locator(f'#text mark[data-a~="{annotation.pk}"]').all_text_contents()
        assert "".join(marked) == case["exact"], case["name"]
        assert case["exact"] in (card.text_content() or ""), case["name"]

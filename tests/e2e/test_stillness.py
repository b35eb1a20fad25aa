"""The text stays where it is when a mark is chosen and when an answer arrives."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from annotations.models import Annotation, Article, Desk
from tests.e2e.reader import Reader
from tests.factories import annotate, import_text
from tests.people import People

BLOCKS = 40
REPLACE = """(selector) => {
    const element = document.querySelector(selector);
    const piece = element.firstElementChild ? element : element.firstChild;
    document.body.offsetTop;
    performance.mark("begin");
    piece.replaceWith(piece.cloneNode(true));
    document.body.offsetTop;
    performance.mark("end");
}"""


@pytest.fixture
def long(desk: Desk, people: People) -> Article:
    text = "\n\n".join(f"Paragraph {number} says something that goes on for a while." for number in range(BLOCKS))
    article = import_text(desk, people.checker, text, title="Long")
    for number in range(10, 34):
        annotate(article, people.checker, f"Paragraph {number}")
    return article


def test_choosing_marks_scrolls_the_cards_and_not_the_text(long: Article, open_page: Callable[..., Page]) -> None:
    reader = Reader(open_page(f"/articles/{long.pk}/"))
    reader.place(33, "Paragraph")
    before = reader.page.evaluate("scrollY")

    for number in (33, 28, 31):
        x, y = reader.place(number, f"Paragraph {number}")
        reader.page.mouse.click(x + 3, y)
        expect(reader.current.locator(".said")).to_have_text(f"Paragraph {number}")
        expect(reader.current).to_be_in_viewport()
        expect(reader.current.get_by_role("link", name="Edit")).to_be_visible()
        assert reader.page.evaluate("scrollY") == before


def test_saving_does_not_move_the_text(long: Article, open_page: Callable[..., Page]) -> None:
    reader = Reader(open_page(f"/articles/{long.pk}/"))
    reader.place(36, "something")
    reader.select(36, "something")
    _x, before = reader.place(36, "something")

    reader.page.keyboard.press("a")
    reader.save()

    expect(reader.current.locator(".said")).to_have_text("something")
    expect(reader.page.locator("#annotation-count")).to_have_text("25")
    start = Annotation.objects.get(exact="something").start
    expect(reader.page.locator(f"#ruler a[href='#s{start}']")).to_be_attached()
    expect(reader.page.locator("#review-panel")).to_contain_text("25 of 40 sentences seen")
    assert reader.place(36, "something")[1] == before


@pytest.mark.parametrize("selector", ["#b12", "#review-panel", ".card:nth-of-type(3)", "#annotation-count"])
def test_a_replaced_piece_leaves_the_style_of_the_rest_alone(
    selector: str, long: Article, open_page: Callable[..., Page], browser: Browser
) -> None:
    page = open_page(f"/articles/{long.pk}/")
    inside = page.locator(selector).evaluate("(piece) => piece.querySelectorAll('*').length + 1")

    browser.start_tracing(page=page, categories=["devtools.timeline", "blink.user_timing"])
    page.evaluate(REPLACE, selector)
    rows = sorted(json.loads(browser.stop_tracing())["traceEvents"], key=lambda row: row.get("ts", 0))

    names = [row["name"] for row in rows]
    during = rows[names.index("begin") : names.index("end")]
    computed = [row["args"]["elementCount"] for row in during if row["name"] == "UpdateLayoutTree"]
    assert computed
    assert sum(computed) <= inside + 10

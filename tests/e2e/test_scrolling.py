"""A drag near an edge of the view scrolls the page, and what is dragged goes along."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Article, Desk
from tests.e2e.reader import Reader, soon
from tests.e2e.test_handles import END, START, centre, handles, opened, shown_is
from tests.e2e.test_touch import PHONE
from tests.factories import annotate, import_text
from tests.people import People

Opener = Callable[..., Page]
WIDE = {"viewport": {"width": 1280, "height": 600}}
FAR = 300
"""Pixels: more than a scroll that only brings something into view."""

STILL = """(frames) => new Promise((tell) => {
    const before = scrollY;
    const look = (left) => (left ? requestAnimationFrame(() => look(left - 1)) : tell(scrollY === before));
    look(frames);
})"""


@pytest.fixture
def long(desk: Desk, people: People) -> Article:
    text = "\n\n".join(f"Paragraph {number} says something that goes on for a while." for number in range(60))
    return import_text(desk, people.checker, text, title="Long")


def scrolled(page: Page) -> float:
    found: float = page.evaluate("scrollY")
    return found


def rests(page: Page) -> bool:
    """Nothing scrolls any more: not in this many frames, in each of which a scroll under way would go on."""
    still: bool = page.evaluate(STILL, 15)
    return still


def wait_for_scroll(page: Page, start: float, by: float) -> None:
    soon(page, lambda: (scrolled(page) - start) * (1 if by > 0 else -1) > abs(by), True)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_handle_at_the_lower_edge(motion: str, long: Article, people: People, open_page: Opener) -> None:
    made = annotate(long, people.checker, "Paragraph 2 says")
    reader = opened(open_page, made, reduced_motion=motion, **WIDE)
    page, start = reader.page, scrolled(reader.page)

    page.mouse.move(*centre(handles(reader).nth(END)))
    page.mouse.down()
    page.mouse.move(400, 590, steps=4)
    wait_for_scroll(page, start, FAR)
    page.mouse.move(400, 300)
    assert rests(page)
    page.mouse.move(400, 590)
    wait_for_scroll(page, start, 2 * FAR)
    page.mouse.up()

    assert rests(page)
    expect(page.locator(".toast", has_text="Range changed.")).to_be_visible()
    end = made.end
    made.refresh_from_db()
    assert made.end > end + 300


def test_handle_under_the_header_and_escape(long: Article, people: People, open_page: Opener) -> None:
    made = annotate(long, people.checker, "Paragraph 50 says")
    reader = opened(open_page, made, **WIDE)
    page, start = reader.page, scrolled(reader.page)
    page.mouse.move(*centre(handles(reader).nth(START)))
    page.mouse.down()
    page.mouse.move(400, 20, steps=4)
    wait_for_scroll(page, start, -FAR)

    page.keyboard.press("Escape")

    assert rests(page)
    page.mouse.up()
    shown_is(reader, "Paragraph 50 says")
    made.refresh_from_db()
    assert made.version == 1


@pytest.mark.parametrize(("block", "y", "by"), [(2, 590, FAR), (50, 20, -FAR)], ids=["down", "up"])
def test_selection_by_mouse(block: int, y: float, by: float, long: Article, open_page: Opener) -> None:
    reader = Reader(open_page(f"/articles/{long.pk}/", **WIDE))
    page = reader.page
    page.mouse.move(*reader.place(block, "says"))
    start = scrolled(page)
    page.mouse.down()
    page.mouse.move(400, 300, steps=2)
    page.mouse.move(400, y, steps=4)
    wait_for_scroll(page, start, by)
    page.mouse.up()

    assert rests(page)
    chosen = reader.chosen()
    assert chosen["end"] - chosen["start"] > FAR


def test_a_click_at_an_edge_scrolls_nothing(long: Article, open_page: Opener) -> None:
    page = open_page(f"/articles/{long.pk}/", **WIDE)
    expect(page.locator("#text .block").first).to_be_visible()

    page.mouse.move(300, 585)
    page.mouse.down()
    assert rests(page)
    page.mouse.up()

    assert scrolled(page) == 0


def test_handle_by_touch(long: Article, people: People, open_page: Opener) -> None:
    made = annotate(long, people.checker, "Paragraph 2 says")
    phone = opened(open_page, made, **PHONE)
    start = scrolled(phone.page)
    finger = phone.page.context.new_cdp_session(phone.page)
    x, y = centre(handles(phone).nth(END))

    for kind, place in (("touchStart", y), ("touchMove", y + 100), ("touchMove", 835.0)):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": place}]})
    wait_for_scroll(phone.page, start, FAR)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    soon(phone.page, lambda: Annotation.objects.get().version, 2)
    assert rests(phone.page)
    assert Annotation.objects.get().end > made.end + 50

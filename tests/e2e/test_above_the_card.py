"""On narrow screens a card lies over the lower part of the page: what it is about comes to lie above it, and stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Article, Desk
from tests.e2e.reader import Reader, soon
from tests.e2e.test_handles import END, centre, handles
from tests.e2e.test_scrolling import rests, scrolled
from tests.e2e.test_touch import PHONE, tap
from tests.factories import annotate, import_text
from tests.people import People

Opener = Callable[..., Page]
LAST = 29
TALL = " ".join(f"Sentence {number} of a long quotation goes on for a while." for number in range(20))
BAR = 48
"""Pixels at the top of the window that the bar lies over."""

FREE = """([first, last]) => {
    const top = document.getElementById(first).getBoundingClientRect().top;
    const { bottom } = [...document.getElementById(last).getClientRects()].at(-1);
    return [top, bottom, document.querySelector(".card[aria-current]").getBoundingClientRect().top];
}"""


@pytest.fixture
def long(desk: Desk, people: People) -> Article:
    paragraphs = [f"Paragraph {number} says something that goes on for a while." for number in range(LAST + 1)]
    return import_text(desk, people.checker, "\n\n".join([*paragraphs[:15], TALL, *paragraphs[15:]]), title="Long")


def opened(open_page: Opener, annotation: Annotation) -> Reader:
    """The article on a phone, scrolled so that the annotation begins in the lower half where there is enough text."""
    phone = Reader(open_page(f"/articles/{annotation.article_id}/", **PHONE))
    mark = phone.page.locator(f"#s{annotation.start}")
    mark.evaluate("(mark) => scrollBy(0, mark.getBoundingClientRect().top - 700)")
    return phone


def is_above(phone: Reader, annotation: Annotation, *, is_tall: bool = False) -> None:
    """All of its mark is between the bar and its whole card; of a tall one the beginning."""
    expect(phone.current).to_have_attribute("data-id", str(annotation.pk))
    expect(phone.current.locator(".more")).to_be_visible()
    mark = f"s{annotation.start}"

    def look() -> bool:
        top, bottom, card = phone.page.evaluate(FREE, [mark, mark])
        return bool(BAR < top < card - 100 if is_tall else BAR < top < bottom <= card)

    soon(phone.page, look, True)


@pytest.mark.parametrize("block", [20, LAST + 1], ids=["lower half", "last line"])
def test_a_tapped_mark_comes_to_lie_above_its_card(
    block: int, long: Article, people: People, open_page: Opener
) -> None:
    words = f"Paragraph {block - 1} says something that goes on"
    made = annotate(long, people.checker, words, claim="A claim", note="A note.\n" * 30)
    phone = opened(open_page, made)

    tap(phone, block, words)

    is_above(phone, made)


def test_of_a_mark_that_is_too_tall_the_beginning_is_seen(long: Article, people: People, open_page: Opener) -> None:
    made = annotate(long, people.checker, TALL)
    phone = opened(open_page, made)

    tap(phone, 15, "Sentence 0")

    is_above(phone, made, is_tall=True)


def test_steps_and_the_list_lead_above_the_card_too(long: Article, people: People, open_page: Opener) -> None:
    first, second = (annotate(long, people.checker, f"Paragraph {number} says") for number in (3, 24))
    phone = Reader(open_page(f"/articles/{long.pk}/#a-{second.pk}", **PHONE))
    is_above(phone, second)

    phone.page.keyboard.press("]")
    is_above(phone, first)
    phone.page.keyboard.press("]")
    is_above(phone, second)

    phone.page.locator("#b24").click()
    expect(phone.current).to_have_count(0)
    phone.page.locator(f"#card-{first.pk} header").tap()
    is_above(phone, first)


def test_nothing_moves_after_a_save_a_drag_or_a_form_that_is_closed(
    long: Article, people: People, open_page: Opener
) -> None:
    made = annotate(long, people.checker, "Paragraph 20 says", claim="A claim")
    phone = opened(open_page, made)
    page = phone.page
    tap(phone, 21, "Paragraph 20 says")
    is_above(phone, made)
    page.evaluate("scrollBy(0, -200)")  # the reader goes on reading, and the mark is under the card
    before = scrolled(page)

    phone.current.get_by_role("link", name="Edit").tap()
    phone.editor.get_by_label("Claim", exact=True).fill("Another claim")
    phone.editor.get_by_role("button", name="Save").tap()
    expect(phone.current).to_contain_text("Another claim")
    assert rests(page)
    assert scrolled(page) == before

    phone.current.get_by_role("link", name="Edit").tap()
    phone.editor.get_by_role("button", name="Close without saving").tap()
    expect(phone.editor).to_be_hidden()
    assert rests(page)
    assert scrolled(page) == before

    page.evaluate("scrollBy(0, 200)")
    before = scrolled(page)
    finger = page.context.new_cdp_session(page)
    x, y = centre(handles(phone).nth(END))
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchMove", [{"x": x + 90, "y": y}]), ("touchEnd", [])):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(page.locator(".toast", has_text="Range changed.")).to_be_visible()
    expect(phone.current.locator(".more")).to_be_visible()
    assert rests(page)
    assert scrolled(page) == before

"""The text stays where it is when a mark is chosen and when an answer arrives."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Article, Desk
from tests.e2e.reader import Reader
from tests.factories import annotate, import_text
from tests.people import People

BLOCKS = 40


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

"""The article on paper: text, cards, what lines and colours stand for, and no controls."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.models import Annotation
from tests.e2e.test_view import choose


def test_print_shows_text_and_cards_and_no_controls(
    two: tuple[Annotation, Annotation], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/articles/{two[0].article_id}/")
    page.emulate_media(media="print")

    for hidden in (".bar", ".menu", ".ruler", ".review-panel", ".beside-head", ".skip"):
        expect(page.locator(hidden).first).to_be_hidden()
    for shown in ("#b1", "mark", ".card"):
        expect(page.locator(shown).first).to_be_visible()


def test_print_shows_what_lines_and_colours_stand_for(
    two: tuple[Annotation, Annotation], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/articles/{two[0].article_id}/")
    choose(page, "Disputed", ticked=False)
    page.emulate_media(media="print")

    for shown in ("Open", "Proposed", "No colour"):
        expect(page.locator(".legend").get_by_text(shown, exact=True)).to_be_visible()
    for hidden in ("Disputed", "Text only", "Mark whole words", "Colours stand for", "State media"):
        expect(page.locator("#view-menu").get_by_text(hidden)).to_be_hidden()
    expect(page.locator("#view-menu input:visible")).to_have_count(0)

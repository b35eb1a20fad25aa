"""Keys of other alphabets, and those of the number pad."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.models import Article
from tests.e2e.reader import Reader
from tests.e2e.test_keyboard import heard, press
from tests.factories import annotate
from tests.people import People


def test_letters_work_by_place_in_other_alphabets_and_digits_on_the_number_pad(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    made = annotate(article, people.checker, "thousands")
    page = open_page(f"/articles/{article.pk}/")
    reader = Reader(page)
    keyboard = page.context.new_cdp_session(page)

    def strike(key: str, code: str, *, shift: bool = False) -> None:
        event = {"key": key, "code": code, "modifiers": 8 if shift else 0}
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    strike("ї", "BracketRight")
    expect(reader.current).to_have_attribute("data-id", str(made.pk))
    expect(reader.current.locator(".more")).to_be_visible()
    strike("т", "KeyN")
    heard(page, "Unseen sentence 1 of")
    strike("Т", "KeyN", shift=True)
    heard(page, "Unseen sentence 4 of 4")
    strike("у", "KeyE")
    expect(reader.editor.get_by_label("Claim", exact=True)).to_be_focused()

    press(page, "Tab")
    strike("End", "Numpad1")  # as long as the pad does not write digits
    strike("1", "Numpad1")
    heard(page, "Label set: Intelligence-sourced")

"""Menus of the page: by mouse and keys, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article


@pytest.mark.parametrize("javascript", [True, False])
def test_menus_close_on_escape_and_on_a_click_outside(
    javascript: bool, article: Article, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/articles/{article.pk}/", java_script_enabled=javascript)

    for name, inside in (("view", "Text only"), ("export", "Annotations in every state"), ("own", "API tokens")):
        button = page.locator(f"[popovertarget={name}-menu]")
        shown = page.get_by_text(inside, exact=True)
        button.click()
        expect(shown).to_be_in_viewport()
        page.keyboard.press("Tab")
        expect(button).not_to_be_focused()
        page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
        expect(button).to_be_focused()

        page.keyboard.press("Enter")
        expect(shown).to_be_visible()
        page.locator("#b2").click()
        expect(shown).to_be_hidden()

"""A button that is pressed twice sends its form once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Desk, IncomingDraft

BETWEEN = 50
"""Milliseconds: without them Chromium gives up the first request before it leaves."""

PREVIEW = re.compile("/articles/new/[0-9a-f-]{36}/$")


def by_mouse(button: Locator) -> None:
    button.dblclick(delay=BETWEEN)


def by_keyboard(button: Locator) -> None:
    button.focus()
    button.page.keyboard.press("Enter", delay=BETWEEN)
    button.page.keyboard.press("Enter", delay=BETWEEN)


@pytest.mark.parametrize("press_twice", [by_mouse, by_keyboard])
def test_a_button_pressed_twice_makes_one_draft(
    desk: Desk, open_page: Callable[..., Page], press_twice: Callable[[Locator], None]
) -> None:
    page = open_page("/articles/new/")
    page.wait_for_load_state()
    page.get_by_label("Text").fill("One paragraph with 12 mines.")

    press_twice(page.get_by_role("button", name="Read it"))

    expect(page).to_have_url(PREVIEW)
    assert IncomingDraft.objects.count() == 1

"""Pages in other languages, in a browser: chosen from the menu, accessible, not too wide, and from right to left."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article
from tests.e2e.reader import Reader
from tests.e2e.test_accessibility import PATHS, annotation, ids, objections

__all__ = ["annotation", "ids"]


@pytest.mark.parametrize("with_scripts", [True, False])
def test_language_is_chosen_from_the_menu(open_page: Callable[..., Page], with_scripts: bool) -> None:
    page = open_page("/articles/?q=mines", java_script_enabled=with_scripts)

    page.locator(".menu").first.click()
    page.get_by_role("button", name="Українська").click()

    expect(page.get_by_role("heading", name="Статті", level=1)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    assert page.url.endswith("/articles/?q=mines")
    page.goto("/")
    expect(page.get_by_role("heading", name="Завдання", level=1)).to_be_visible()


def test_axe_objects_to_no_page_in_ukrainian(open_page: Callable[..., Page], ids: dict[str, Any]) -> None:
    page = open_page("/", locale="uk")
    found = {"/": objections(page)}
    page.goto("/articles/{article}/".format(**ids))
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    found["article"] = objections(page)
    page.goto("/articles/{article}/overview/".format(**ids))
    found["overview"] = objections(page)

    assert found == {"/": [], "article": [], "overview": []}
    names = page.locator("svg.chart").evaluate_all(
        "charts => charts.map(chart => chart.getAttribute('aria-labelledby'))"
    )
    assert len(set(names)) == len(names) > 1


@pytest.mark.parametrize("locale", ["uk", "de"])
def test_nothing_is_wider_than_a_telephone(open_page: Callable[..., Page], ids: dict[str, Any], locale: str) -> None:
    page = open_page("/", locale=locale, viewport={"width": 390, "height": 800})
    wide = []
    for path in PATHS:
        page.goto(path.format(**ids))
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)

    assert wide == []


def test_page_of_a_language_from_right_to_left_is_mirrored(
    open_page: Callable[..., Page], article: Article, settings: Any
) -> None:
    """The text stands at the right of the cards, and the composer opens over the cards."""
    settings.LANGUAGES = [("en", "English"), ("ar", "العربية")]
    reader = Reader(open_page(f"/articles/{article.pk}/", locale="ar", viewport={"width": 1280, "height": 800}))

    reader.select(1, "Western intelligence")

    text, cards, composer = (reader.page.locator(each).bounding_box() for each in ("#text", "#beside", "#composer"))
    assert text
    assert cards
    assert composer
    assert cards["x"] + cards["width"] <= text["x"]
    assert abs(composer["x"] - cards["x"]) < 2

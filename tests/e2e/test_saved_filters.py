"""A filter is narrowed, kept, opened, deleted and brought back, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Article, SavedFilter
from tests.e2e.test_accessibility import objections
from tests.factories import annotate
from tests.people import People


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_filter_of_the_worklist_is_kept_and_opened(
    has_script: bool, open_page: Callable[..., Page], article: Article, people: People
) -> None:
    annotate(article, people.checker, "nine", terms=["quantity"])
    annotate(article, people.checker, "agencies")
    page = open_page("/", java_script_enabled=has_script)
    page.locator("summary", has_text="Narrow down").click()
    page.locator("form.filters").get_by_label("Label").select_option("Quantity")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("checkbox", name="Choose:")).to_have_count(1)

    page.locator("summary", has_text="Save this filter").click()
    page.get_by_label("Name", exact=True).fill("Figures")
    page.get_by_role("button", name="Save the filter").click()
    saved = page.get_by_role("navigation", name="Saved filters")
    expect(saved.get_by_role("link", name="Figures", exact=True)).to_have_attribute("aria-current", "page")
    if has_script:
        assert objections(page) == []
        heights = saved.get_by_role("link").evaluate_all("(links) => links.map((link) => link.offsetHeight)")
        assert min(heights) >= 24

    saved.get_by_role("link", name="Everything").click()
    expect(page.get_by_role("checkbox", name="Choose:")).to_have_count(2)
    saved.get_by_role("link", name="Figures").click()
    expect(page.get_by_role("checkbox", name="Choose:")).to_have_count(1)
    saved.get_by_role("link", name="Change “Figures”").click()
    page.get_by_role("button", name="Delete the filter").click()
    expect(saved).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(saved.get_by_role("link", name="Figures", exact=True)).to_be_visible()
    assert SavedFilter.objects.get().deleted_at is None

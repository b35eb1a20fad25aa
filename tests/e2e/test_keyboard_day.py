"""A day at the desk without a mouse: from the worklist to a signed-off annotation, by two people."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation, Article
from annotations.queries.rows import annotation_row, with_parts
from tests.e2e.reader import Reader
from tests.people import People


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        wanted.page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def do(page: Page, words: str) -> None:
    """Choose what is to be done from the list of everything that can be."""
    press(page, "Control+k")
    expect(page.locator("#palette-search")).to_be_focused()
    page.keyboard.type(words)
    expect(page.get_by_role("dialog").get_by_role("option").first).to_contain_text(words)
    press(page, "Enter")


def test_day_by_keyboard_alone(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    reader = Reader(page)
    do(page, "Articles")
    expect(page.get_by_role("heading", name="Articles")).to_be_visible()
    do(page, "Troops cleared mines")
    text = page.get_by_role("region", name="Text of the article")
    expect(text).to_be_visible()

    tab_to(text)
    press(page, "Enter", "Control+ArrowDown", "Control+Shift+ArrowDown")
    press(page, "Enter")
    assert reader.chosen()["exact"] == (
        "The country has sent thousands of troops abroad, according to Western intelligence agencies."
    )
    page.keyboard.type("Thousands of troops were sent.")
    tab_to(reader.composer.get_by_label("Origin", exact=True))
    page.keyboard.type("Intel")
    tab_to(reader.composer.get_by_label("Verdict", exact=True))
    page.keyboard.type("Accur")
    tab_to(reader.composer.locator("summary", has_text="Rationale and date"))
    press(page, "Enter")
    tab_to(reader.composer.get_by_label("Rationale"))
    page.keyboard.type("Two ministries say so.")
    tab_to(reader.composer.locator("summary", has_text="Claim type"))
    press(page, "Enter")
    tab_to(reader.composer.get_by_label("Quantity"))
    press(page, "Space")
    reader.save()
    expect(reader.current).to_contain_text("Thousands of troops were sent.")
    expect(page.locator("#save-state")).to_contain_text("Saved")

    expect(reader.current.locator(".more")).to_be_visible()
    press(page, "v")
    tab_to(reader.editor.get_by_label("Address"))
    page.keyboard.type("https://www.example.org/report")
    tab_to(reader.editor.get_by_label("Stance"))
    page.keyboard.type("Supp")
    press(page, "Control+Enter")
    expect(reader.editor).to_be_hidden()
    expect(reader.current).to_contain_text("https://www.example.org/report")
    do(page, "Propose the verdict")
    expect(reader.current.locator(".state")).to_have_text("Proposed")

    page = open_page("/", people.reviewer)
    reviewer = Reader(page)
    do(page, "Thousands of troops were sent.")
    expect(reviewer.current).to_contain_text("Two ministries say so.")
    do(page, "Approve")
    expect(reviewer.current.locator(".state")).to_have_text("Signed off")

    row = annotation_row(with_parts(Annotation.objects.all()).get())
    assert (row["state"], row["verdict"]["term"], row["terms"]) == (
        "signed_off",
        "accurate",
        ["intelligence-sourced", "quantity"],
    )
    assert [each["url"] for each in row["evidence"]] == ["https://www.example.org/report"]

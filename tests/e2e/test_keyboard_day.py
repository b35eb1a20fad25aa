"""A day at the desk without a mouse, and what is heard at each step: from a new article to its public page."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation, Article, Desk
from annotations.queries.rows import annotation_row, with_parts
from tests.e2e.reader import Reader
from tests.e2e.tree import read
from tests.people import TEXT, People

TABS = 60
"""Presses of Tab after which something counts as out of reach."""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(wanted: Locator) -> None:
    """Press Tab until the focus is there."""
    for _ in range(TABS):
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


def state_is(reader: Reader, state: str) -> None:
    expect(reader.current.locator(".state")).to_have_text(state)


def bring_in(page: Page) -> None:
    do(page, "New article")
    tab_to(page.get_by_label("Text"))
    page.keyboard.insert_text(TEXT)
    tab_to(page.get_by_role("button", name="Read it"))
    press(page, "Enter")
    save = page.get_by_role("button", name="Save article")
    expect(save).to_be_visible()
    read(page)
    tab_to(save)
    press(page, "Enter")


def annotate_a_sentence(page: Page, reader: Reader) -> None:
    text = page.get_by_role("region", name="Text of the article")
    expect(text).to_be_visible()
    page.wait_for_load_state()  # the text is there before the script that listens for keys
    tab_to(text)
    press(page, "Enter", "Control+ArrowDown", "Control+Shift+ArrowDown")
    press(page, "Enter")
    assert reader.chosen()["exact"] == (
        "The country has sent thousands of troops abroad, according to Western intelligence agencies."
    )
    assert read(page) == ("textbox", "Claim")
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
    assert read(page) == ("region", "Text of the article")


def add_evidence(page: Page, reader: Reader) -> None:
    expect(reader.current.locator(".more")).to_be_visible()
    press(page, "v")
    tab_to(reader.editor.get_by_label("Address"))
    assert read(page)[0] == "textbox"
    page.keyboard.type("https://www.example.org/report")
    tab_to(reader.editor.get_by_label("Stance"))
    page.keyboard.type("Supp")
    press(page, "Control+Enter")
    expect(reader.editor).to_be_hidden()
    expect(reader.current).to_contain_text("https://www.example.org/report")


def move(page: Page, reader: Reader, name: str, state: str, reason: str = "") -> None:
    """A move on the current card, and all that is heard of the page afterwards."""
    expect(reader.current.locator(".more")).to_be_visible()
    do(page, name)
    if reason:
        expect(reader.editor.get_by_label("Reason")).to_be_focused()
        assert read(page) == ("textbox", "Reason")
        page.keyboard.type(reason)
        press(page, "Control+Enter")
    state_is(reader, state)
    expect(reader.current.locator(":focus")).to_have_count(1)
    read(page)


def see_every_sentence(page: Page) -> None:
    do(page, "Coverage")
    expect(page.locator("#ledger")).to_be_visible()
    read(page)
    tab_to(page.get_by_role("button", name="Nothing to check in all of this block").first)
    press(page, "Enter")
    expect(page.locator("#ledger")).to_contain_text("2 of 5 sentences seen")
    assert read(page) == ("checkbox", '"We lost nine," the leader said, "in a hundred and twenty days."')
    press(page, "Space", "Enter")
    expect(page.locator("#ledger")).to_contain_text("3 of 5 sentences seen")
    assert read(page) == ("checkbox", "The agencies gave no evidence.")
    press(page, "Space", "n", "Space", "Enter")
    expect(page.locator("#ledger")).to_contain_text("5 of 5 sentences seen")
    assert read(page)[0] == "strong"


def publish(page: Page) -> None:
    for name, state in (("Clear", "Cleared"), ("Publish", "Published")):
        do(page, name)
        expect(page.locator(".article-head > .facts .state")).to_have_text(state)
        read(page)
    do(page, "Public page")
    expect(page.get_by_role("heading", name="What was checked")).to_be_visible()
    read(page)


def test_day_by_keyboard_alone(desk: Desk, people: People, open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    reader = Reader(page)
    read(page)
    bring_in(page)
    annotate_a_sentence(page, reader)
    add_evidence(page, reader)
    move(page, reader, "Propose the verdict", "Proposed")

    second = open_page("/", people.reviewer)
    reviewer = Reader(second)
    do(second, "Thousands of troops were sent.")
    expect(reviewer.current).to_contain_text("Two ministries say so.")
    move(second, reviewer, "Return", "Returned", "Which ministries?")

    page.goto("/")
    do(page, "Thousands of troops were sent.")
    state_is(reader, "Returned")
    move(page, reader, "Propose the verdict", "Proposed")
    second.reload()
    state_is(reviewer, "Proposed")
    move(second, reviewer, "Approve", "Signed off")
    see_every_sentence(page)

    publish(open_page(f"/articles/{Article.objects.get().pk}/", people.head))

    row = annotation_row(with_parts(Annotation.objects.all()).get())
    assert (row["state"], row["verdict"]["term"], row["terms"]) == (
        "signed_off",
        "accurate",
        ["intelligence-sourced", "quantity"],
    )
    assert [each["url"] for each in row["evidence"]] == ["https://www.example.org/report"]

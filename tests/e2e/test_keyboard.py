"""Everything by keyboard: the caret in the text, the keys, the list of keys, the list of what can be done now."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.models import Annotation, Article
from tests.e2e.reader import Reader
from tests.e2e.test_accessibility import objections
from tests.factories import annotate
from tests.people import People


@pytest.fixture
def caret(reader: Reader) -> Reader:
    """The reader with the caret before the first character of the text."""
    reader.page.locator("#text").focus()
    reader.page.keyboard.press("Enter")
    return reader


def selected(reader: Reader) -> str:
    found: str = reader.page.evaluate("getSelection().toString()")
    return found.strip()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def heard(page: Page, words: str) -> None:
    expect(page.locator("#spoken")).to_contain_text(words)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["Shift+ArrowRight"] * 3, "Tro"),
        (["Control+Shift+ArrowRight"] * 2, "Troops cleared"),
        (["Control+ArrowRight", "Control+Shift+ArrowRight"], "cleared"),
        (
            ["Control+ArrowDown", "Control+Shift+ArrowDown"],
            "The country has sent thousands of troops abroad, according",
        ),
        (["Control+ArrowDown"] * 4 + ["Control+Shift+ArrowDown"], "Thousands of families wait."),
        (["Control+End", "Control+Shift+ArrowUp"], "Thousands of families wait."),
        (["Control+End", "Control+ArrowUp", "Control+Shift+ArrowUp"], "The agencies gave no evidence."),
    ],
)
def test_caret_goes_by_character_word_and_sentence(keys: list[str], words: str, caret: Reader) -> None:
    press(caret.page, *keys)

    assert selected(caret).startswith(words)
    assert len(selected(caret)) < 120


def test_what_the_caret_passes_over_is_said(caret: Reader) -> None:
    heard(caret.page, "Selecting with the keyboard.")
    press(caret.page, "Control+ArrowRight")
    heard(caret.page, "Troops")

    press(caret.page, "Control+ArrowDown", "Control+ArrowDown")

    heard(caret.page, "The country has sent thousands of troops abroad, according to Western intelligence agencies.")


def test_enter_annotates_what_is_selected_and_escape_leaves(caret: Reader) -> None:
    press(caret.page, "Control+ArrowDown", "Control+ArrowDown", "Control+ArrowDown", "Control+Shift+ArrowDown", "Enter")
    assert caret.chosen()["exact"] == "The agencies gave no evidence."
    expect(caret.composer.get_by_label("Claim", exact=True)).to_be_focused()

    caret.save()
    expect(caret.page.locator("#text")).to_be_focused()
    press(caret.page, "Escape")

    heard(caret.page, "Left keyboard selection.")


def test_one_key_turns_through_the_annotations_at_one_place(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    for words in ("The country has sent thousands of troops abroad", "The country", "The"):
        annotate(article, people.checker, words)
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    press(reader.page, "s")
    heard(reader.page, "No annotation here.")
    reader.page.locator("#text").focus()
    press(reader.page, "Enter", "Control+ArrowDown", "ArrowRight")

    for number, words in enumerate(("The", "The country", "The country has sent thousands of troops abroad", "The")):
        press(reader.page, "s")
        expect(reader.current.locator(".said")).to_have_text(words)
        heard(reader.page, f"Annotation {number % 3 + 1} of 3 here.")


def test_same_labels_as_last_time(reader: Reader) -> None:
    reader.select(1, "thousands")
    reader.composer.get_by_label("Origin", exact=True).select_option("intelligence-sourced")
    reader.composer.locator("summary", has_text="Claim type").click()
    reader.composer.get_by_label("Quantity").check()
    reader.composer.get_by_label("Claim", exact=True).fill("Not repeated")
    reader.save()

    reader.select(3, "families")
    press(reader.page, "l")
    heard(reader.page, "Same labels as last time.")
    press(reader.page, "a")
    reader.save()
    expect(reader.page.locator("#annotation-count")).to_have_text("2")
    reader.select(2, "nine")
    press(reader.page, "a", "Alt+l")
    reader.save()
    expect(reader.page.locator("#annotation-count")).to_have_text("3")

    made = [
        (each.exact, each.claim, sorted(label.term.key for label in each.labels.all()))
        for each in Annotation.objects.order_by("id")
    ]
    labels = ["intelligence-sourced", "quantity"]
    assert made == [("thousands", "Not repeated", labels), ("families", "", labels), ("nine", "", labels)]


def test_digits_pick_labels_and_a_key_repeats_them(reader: Reader) -> None:
    page = reader.page
    origin = reader.composer.get_by_label("Origin", exact=True)
    press(page, "3")
    heard(page, "Select words first.")
    page.locator("#text").focus()
    press(page, "Enter", "Control+ArrowDown", "Control+ArrowDown", "Control+Shift+ArrowDown", ".")
    heard(page, "No labels to repeat.")

    press(page, "3")
    heard(page, "Label set: Military source")
    expect(origin).to_have_value("military-source")
    press(page, "2", "Shift+1", "Shift+2", "Shift+2")
    heard(page, "Label removed: Date or time")
    expect(reader.composer.get_by_label("Quantity")).to_be_checked()
    reader.save()
    expect(page.locator("#annotation-count")).to_have_text("1")

    press(page, "Control+ArrowDown", "Control+Shift+ArrowDown", ".")
    expect(page.locator("#annotation-count")).to_have_text("2")
    expect(page.locator(".toast").last).to_contain_text("Annotation saved.")
    expect(reader.composer).to_be_hidden()
    expect(page.locator(".toast").last.get_by_role("button", name="Undo")).to_be_visible()
    press(page, ".")
    heard(page, "Select words first.")

    made = [
        (each.exact, sorted(label.term.key for label in each.labels.all()))
        for each in Annotation.objects.order_by("id")
    ]
    labels = ["official-statement", "quantity"]
    assert made == [
        ('"We lost nine," the leader said, "in a hundred and twenty days."', labels),
        ("The agencies gave no evidence.", labels),
    ]


def test_digits_are_letters_in_a_field_and_pick_labels_beside_it(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    made = annotate(article, people.checker, "nine", terms=["official-statement", "quantity"])
    page = open_page(f"/articles/{article.pk}/#a-{made.pk}")
    editor = Reader(page).editor
    expect(page.locator(".card[aria-current] .more")).to_be_visible()
    press(page, "e")
    claim = editor.get_by_label("Claim", exact=True)
    expect(claim).to_be_focused()

    press(page, "2", "1")
    expect(claim).to_have_value("21")
    press(page, "Tab", "2")
    heard(page, "Label removed: Official statement")
    press(page, "Shift+1", "Shift+3", "Control+NumpadEnter")
    expect(editor).to_be_hidden()

    assert sorted(label.term.key for label in Annotation.objects.get().labels.all()) == ["place"]


def test_labels_show_their_digits(reader: Reader) -> None:
    reader.select(1, "thousands")

    reader.composer.locator("summary", has_text="Claim type").click()

    option = reader.composer.get_by_role("option", name="Military source")
    expect(option).to_have_attribute("label", "Military source · 3")
    expect(option).to_have_attribute("aria-keyshortcuts", "3")
    expect(reader.composer.get_by_text("⇧3")).to_be_visible()
    expect(reader.composer.get_by_role("checkbox", name="Place", exact=True)).to_have_attribute(
        "aria-keyshortcuts", "Shift+3"
    )


def test_question_mark_shows_the_keys(article: Article, open_page: Callable[..., Page]) -> None:
    page = open_page(f"/articles/{article.pk}/")
    sheet = page.get_by_role("dialog", name="Keys")

    press(page, "?")
    expect(sheet).to_contain_text("Same labels as last time")
    found = objections(page)
    press(page, "Escape")

    expect(sheet).to_be_hidden()
    assert found == []


def test_list_of_what_can_be_done_runs_the_buttons_of_the_page(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    verdict = VerdictDraft("accurate", "Two reports say so.")
    evidence = [EvidenceDraft(url="https://www.example.org/report", stance="supports")]
    made = annotate(article, people.checker, "thousands of troops", verdict=verdict, evidence=evidence)
    annotate(article, people.checker, "families")
    page = open_page(f"/articles/{article.pk}/#a-{made.pk}")
    expect(page.locator(".card[aria-current] .more")).to_be_visible()
    palette = page.get_by_role("dialog", name="What can be done here")
    press(page, "Control+k")
    expect(palette.get_by_label("Search")).to_be_focused()
    names = [" ".join(each.split()) for each in palette.get_by_role("option").all_text_contents()]
    assert {"Worklist", "Propose the verdict", "Edit", "Next unseen N"} <= set(names)
    assert "families" not in names
    assert (names[0], names[-4:]) == ("Demo desk", ["Worklist", "Articles", "Search", "New article"])
    found = objections(page)

    page.keyboard.type("propose")
    expect(palette.get_by_role("option")).to_have_text(["Propose the verdict"])
    press(page, "Escape", "Control+k")
    page.keyboard.type("range")
    press(page, "ArrowDown", "Enter")

    expect(palette).to_be_hidden()
    expect(page.get_by_role("heading", name="Change the range")).to_be_visible()
    assert found == []

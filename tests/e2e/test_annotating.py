"""The whole path in a browser: select, save, card, edit, resize, withdraw, undo; and what happens when it fails."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.core.drafts import AnnotationChanges
from annotations.models import Annotation, Article
from annotations.queries.rows import annotation_row, with_parts
from annotations.services.annotations import edit_annotation
from tests.e2e.reader import Reader
from tests.factories import annotate
from tests.people import People


def annotate_by_hand(reader: Reader) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("Thousands of soldiers were sent.")
    reader.composer.get_by_label("Origin", exact=True).select_option("intelligence-sourced")
    reader.composer.get_by_label("Verdict", exact=True).select_option("Unproven")
    reader.composer.locator("summary", has_text="Claim type").click()
    reader.composer.get_by_label("Quantity").check()
    reader.save()
    expect(reader.current).to_contain_text("Thousands of soldiers were sent.")
    expect(reader.page.locator("#save-state")).to_contain_text("Saved")
    expect(reader.page.locator("#text")).to_be_focused()
    reader.marks_are("thousands of troops")


def change_the_claim(reader: Reader) -> None:
    reader.page.keyboard.press("e")
    claim = reader.editor.get_by_label("Claim", exact=True)
    expect(claim).to_be_focused()
    claim.fill("Changed.")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.editor).to_be_hidden()
    expect(reader.current).to_contain_text("Changed.")


def widen_the_range(reader: Reader) -> None:
    reader.page.keyboard.press("r")
    expect(reader.editor.get_by_role("heading", name="Change the range")).to_be_visible()
    reader.page.keyboard.press("Control+ArrowRight")
    reader.page.keyboard.press("Control+Shift+ArrowLeft")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.editor).to_be_hidden()
    reader.marks_are("sent thousands of troops abroad")


def withdraw(reader: Reader) -> None:
    reader.current.get_by_role("link", name="Withdraw").click()
    reader.editor.get_by_label("Reason").fill("Not a claim")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.page.locator("#annotation-count")).to_have_text("0")
    expect(reader.page.locator("#cards")).to_contain_text("Nothing is annotated yet")
    reader.marks_are()


def undo(reader: Reader) -> None:
    reader.page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(reader.page.locator("#annotation-count")).to_have_text("1")
    reader.marks_are("sent thousands of troops abroad")


def test_from_selection_to_card_to_edit_to_range_to_withdrawal_and_back(reader: Reader) -> None:
    for step in (annotate_by_hand, change_the_claim, widen_the_range, withdraw, undo):
        step(reader)

    row = annotation_row(with_parts(Annotation.objects.all()).get())
    assert (row["exact"], row["claim"], row["state"]) == ("sent thousands of troops abroad", "Changed.", "open")
    assert row["terms"] == ["intelligence-sourced", "quantity"]
    assert row["verdict"]["term"] == "unproven"


def test_range_follows_a_new_selection_in_the_text(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    made = annotate(article, people.checker, "thousands")
    reader = Reader(open_page(f"/articles/{article.pk}/#card-{made.pk}"))
    reader.current.get_by_role("link", name="Range").click()
    expect(reader.editor).to_be_visible()

    reader.drag((1, "thousands of troops"), (1, "thousands of troops"))
    expect(reader.editor.locator("[data-quote]")).to_have_text("thousands of troops")
    reader.editor.get_by_role("button", name="Save range").click()

    expect(reader.current.locator(".said")).to_have_text("thousands of troops")
    reader.marks_are("thousands of troops")


def test_new_card_finds_its_place_between_the_others(reader: Reader) -> None:
    for block, words in ((3, "Thousands of families"), (0, "Troops cleared mines"), (1, "thousands of troops")):
        reader.select(block, words)
        reader.page.keyboard.press("a")
        reader.save()
        expect(reader.current.locator(".said")).to_have_text(words)  # what is aimed at next no longer moves

    assert reader.page.locator(".card .said").all_text_contents() == [
        "Troops cleared mines",
        "thousands of troops",
        "Thousands of families",
    ]


def test_clicks_at_one_place_turn_through_the_annotations_there_shortest_first(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    for words in ("The country has sent thousands of troops abroad", "thousands of troops", "has sent thousands"):
        annotate(article, people.checker, words)
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    for words in (
        "has sent thousands",
        "thousands of troops",
        "The country has sent thousands of troops abroad",
        "has sent thousands",
    ):
        x, y = reader.place(1, "thousands")  # showing the card may have scrolled the text
        reader.page.mouse.click(x + 5, y)
        expect(reader.current.locator(".said")).to_have_text(words)
    expect(reader.page.locator("#spoken")).to_contain_text("Annotation 1 of 3 here.")


def test_brackets_step_through_the_annotations_in_text_order(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    for words in ("Thousands of families", "Troops cleared mines", "thousands of troops"):
        annotate(article, people.checker, words)
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    said = reader.current.locator(".said")

    reader.page.keyboard.press("]")
    expect(said).to_have_text("Troops cleared mines")
    reader.page.keyboard.press("]")
    expect(said).to_have_text("thousands of troops")
    reader.page.keyboard.press("[")
    reader.page.keyboard.press("[")
    expect(said).to_have_text("Thousands of families")


def test_refused_input_is_shown_in_the_form_and_nothing_is_lost(reader: Reader, complaints: list[str]) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")
    reader.composer.locator("summary", has_text="Evidence").click()
    reader.composer.get_by_label("Title", exact=True).fill("Report without an address")
    reader.page.keyboard.press("Control+Enter")

    expect(reader.composer.get_by_text("Evidence needs an address or a file.")).to_be_visible()
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("A claim")
    assert reader.chosen()["exact"] == "thousands of troops"
    reader.composer.get_by_label("Address").fill("https://www.example.org/report")
    reader.save()
    expect(reader.current).to_contain_text("1 piece of evidence")
    complaints.clear()  # Chromium reports every answer of 400 and above


def test_when_somebody_was_faster_the_typed_words_stay_and_the_card_is_renewed(
    article: Article, people: People, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    reader = Reader(open_page(f"/articles/{article.pk}/#card-{made.pk}"))
    reader.current.get_by_role("link", name="Edit").click()
    claim = reader.editor.get_by_label("Claim", exact=True)
    claim.fill("Mine")
    edit_annotation(
        annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(claim="Theirs")
    )

    reader.page.keyboard.press("Control+Enter")
    expect(reader.editor.get_by_role("group", name="Claim")).to_contain_text("Theirs")
    expect(reader.page.locator(f"#card-{made.pk}")).to_contain_text("Theirs")
    expect(claim).to_have_value("Mine")
    reader.page.keyboard.press("Control+Enter")

    expect(reader.current).to_contain_text("Mine")
    complaints.clear()


def test_single_keys_can_be_turned_off(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    annotate(article, people.checker, "thousands of troops")
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    reader.page.get_by_role("button", name="Keys").click()
    reader.page.get_by_label("Use these keys").uncheck()
    reader.page.keyboard.press("Escape")
    reader.page.locator("#text").focus()

    reader.page.keyboard.press("]")

    expect(reader.current).to_have_count(0)


def test_on_a_narrow_screen_the_card_lies_over_the_text_and_leaves_again(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    annotate(article, people.checker, "thousands of troops", claim="A claim")
    page = open_page(f"/articles/{article.pk}/", viewport={"width": 390, "height": 844})
    reader = Reader(page)

    page.locator("mark").first.click()
    expect(reader.current).to_be_in_viewport()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.locator("#b0").click()

    expect(reader.current).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_in_a_closed_form_can_be_had_back(reader: Reader) -> None:
    page = reader.page
    reader.select(1, "thousands of troops")
    page.keyboard.press("a")
    page.keyboard.type("A long claim")
    page.keyboard.press("Escape")
    expect(reader.composer).to_be_hidden()

    page.get_by_role("button", name="Open again").click()
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("A long claim")
    assert reader.chosen()["exact"] == "thousands of troops"
    reader.save()

    page.keyboard.press("e")
    reader.editor.get_by_label("Claim", exact=True).fill("Another claim")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Open again").click()
    expect(reader.editor.get_by_label("Claim", exact=True)).to_have_value("Another claim")
    page.keyboard.press("Control+Enter")
    expect(reader.current).to_contain_text("Another claim")


def test_form_is_empty_and_folded_after_saving(reader: Reader) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")
    reader.composer.locator("summary", has_text="Evidence").click()
    reader.composer.get_by_label("Address", exact=True).fill("https://www.example.org/report")
    reader.save()

    reader.select(1, "thousands")
    reader.page.keyboard.press("a")

    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("")
    address = reader.composer.get_by_label("Address", exact=True)
    expect(address).to_be_hidden()
    expect(address).to_have_value("")

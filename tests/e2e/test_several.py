"""Several annotations at once in the browser: by keyboard alone, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.core.drafts import AnnotationChanges
from annotations.models import Annotation, Article, Desk
from annotations.services.annotations import edit_annotation
from tests.e2e.test_accessibility import objections
from tests.factories import annotate, import_text
from tests.people import People


@pytest.fixture
def three(article: Article, people: People) -> list[Annotation]:
    return [annotate(article, people.checker, quote, claim=f"About {quote}.") for quote in ("agencies", "nine", "days")]


def labelled(key: str) -> set[str]:
    return set(Annotation.objects.filter(labels__term__key=key).values_list("exact", flat=True))


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_shown_ones_are_labelled_and_taken_back(
    has_script: bool, open_page: Callable[..., Page], article: Article, three: list[Annotation]
) -> None:
    page = open_page(f"/articles/{article.pk}/", java_script_enabled=has_script)
    page.locator("summary", has_text="Choose several").click()
    page.get_by_role("button", name="Choose all that are shown").click()
    expect(page.get_by_role("checkbox", name="Choose:")).to_have_count(3)
    page.get_by_role("checkbox", name="Choose: nine").uncheck()

    page.locator("summary", has_text="Label").click()
    page.locator("#several").get_by_label("Label").select_option("Event")
    page.get_by_role("button", name="Add the label").click()

    expect(page.get_by_text("2 annotations done.")).to_be_visible()
    assert labelled("event") == {"agencies", "days"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 annotations are as before.")).to_be_visible()
    assert labelled("event") == set()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_cards_are_ticked_beside_the_text_and_both_ways_lead_back_to_them(
    has_script: bool, open_page: Callable[..., Page], article: Article, three: list[Annotation]
) -> None:
    page = open_page(f"/articles/{article.pk}/", java_script_enabled=has_script)
    box = page.get_by_role("checkbox", name="Choose:")
    expect(page.locator(".card")).to_have_count(3)
    expect(box).to_have_count(0)
    page.locator("summary", has_text="Choose several").click()
    expect(box).to_have_count(3)
    page.get_by_role("checkbox", name="Choose: nine").check()
    page.get_by_role("checkbox", name="Choose: days").check()
    page.locator("#several summary", has_text="Label").click()
    page.locator("#several").get_by_label("Label").select_option("event")

    page.get_by_role("button", name="Add the label").click()

    expect(page.get_by_text("2 annotations done.")).to_be_visible()
    first = min((three[1], three[2]), key=lambda each: each.start)
    address = re.compile(f"/articles/{article.pk}/#card-{first.pk}$")
    expect(page).to_have_url(address)
    assert labelled("event") == {"nine", "days"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 annotations are as before.")).to_be_visible()
    expect(page).to_have_url(address)
    assert labelled("event") == set()


def test_ticks_outlast_a_look_at_the_card_and_the_legend(
    open_page: Callable[..., Page], article: Article, three: list[Annotation]
) -> None:
    page = open_page(f"/articles/{article.pk}/")
    page.locator("summary", has_text="Choose several").click()
    page.get_by_role("checkbox", name="Choose: nine").check()

    page.locator(f"#card-{three[1].pk} .claim").click()
    expect(page.locator(f"#card-{three[1].pk} .more")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Choose: nine")).to_be_checked()
    page.locator(f"#card-{three[0].pk} .claim").click()
    expect(page.locator(f"#card-{three[0].pk} .more")).to_be_visible()
    page.locator(f"#card-{three[2].pk} .claim").click()
    expect(page.locator(f"#card-{three[2].pk}[aria-current]")).to_be_visible()
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_label("Open", exact=True).uncheck()
    page.get_by_role("button", name="View", exact=True).click()

    expect(page.locator(f"#card-{three[0].pk}")).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Choose: nine")).to_be_checked()
    page.get_by_role("button", name="Choose none").click()
    expect(page.locator(f"#card-{three[1].pk}")).to_be_hidden()


def test_worklist_is_worked_through_by_keyboard(open_page: Callable[..., Page], three: list[Annotation]) -> None:
    page = open_page("/")
    page.get_by_role("checkbox", name="Choose: nine").focus()
    page.keyboard.press("Space")
    page.locator("summary", has_text="Withdraw").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("It stands there twice.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Withdraw")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 annotation done.")).to_be_visible()
    assert Annotation.objects.get(state="withdrawn").exact == "nine"


def test_page_of_refusals_has_no_objections(
    open_page: Callable[..., Page], people: People, three: list[Annotation], complaints: list[str]
) -> None:
    page = open_page("/annotations/several/", people.reviewer)
    page.locator("#several summary", has_text="Review").click()
    assert objections(page) == []
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_text("3 were refused.")).to_be_visible()
    assert objections(page) == []
    assert ["409" in each for each in complaints] == [True]  # Chromium tells of every answer that is an error
    complaints.clear()


def label_chosen(page: Page) -> None:
    page.locator("#several summary", has_text="Label").click()
    page.locator("#several").get_by_label("Label").select_option("event")
    page.get_by_role("button", name="Add the label").click()


def test_ticks_outlast_their_part_of_a_long_list(open_page: Callable[..., Page], desk: Desk, people: People) -> None:
    text = "\n\n".join(f"Paragraph {number} says something." for number in range(60))
    article = import_text(desk, people.checker, text, title="Long")
    made = [annotate(article, people.checker, f"Paragraph {number} says") for number in range(60)]
    page = open_page(f"/articles/{article.pk}/#a-{made[1].pk}")
    bar = page.locator("#ticked")
    page.locator("summary", has_text="Choose several").click()
    page.get_by_role("checkbox", name="Choose: Paragraph 1 says").check()
    page.get_by_role("checkbox", name="Choose: Paragraph 2 says").check()
    expect(bar).to_have_text("Chosen: 2, of these not in the list: 0")

    page.evaluate("(id) => (location.hash = `a-${id}`)", str(made[58].pk))
    expect(page.locator(f"#card-{made[58].pk}[aria-current]")).to_be_visible()
    expect(page.locator(f"#card-{made[1].pk}")).to_have_count(0)
    expect(bar).to_have_text("Chosen: 2, of these not in the list: 2")
    page.get_by_role("checkbox", name="Choose: Paragraph 57 says").check()
    expect(bar).to_have_text("Chosen: 3, of these not in the list: 2")
    page.evaluate("(id) => (location.hash = `a-${id}`)", str(made[1].pk))
    expect(page.get_by_role("checkbox", name="Choose: Paragraph 1 says")).to_be_checked()
    expect(bar).to_have_text("Chosen: 3, of these not in the list: 1")
    page.get_by_role("checkbox", name="Choose: Paragraph 2 says").uncheck()
    expect(bar).to_have_text("Chosen: 2, of these not in the list: 1")
    label_chosen(page)

    expect(page.get_by_text("2 annotations done.")).to_be_visible()
    assert labelled("event") == {"Paragraph 1 says", "Paragraph 57 says"}
    page.locator("summary", has_text="Choose several").click()
    page.get_by_role("checkbox", name="Choose: Paragraph 3 says").check()
    page.evaluate("(id) => (location.hash = `a-${id}`)", str(made[58].pk))
    expect(bar).to_have_text("Chosen: 1, of these not in the list: 1")
    page.get_by_role("button", name="Choose none").click()
    expect(bar).to_be_empty()
    page.evaluate("(id) => (location.hash = `a-${id}`)", str(made[3].pk))
    expect(page.get_by_role("checkbox", name="Choose: Paragraph 3 says")).not_to_be_checked()


def test_ticks_outlast_what_others_do_but_stand_for_what_was_seen(
    open_page: Callable[..., Page],
    article: Article,
    people: People,
    three: list[Annotation],
    complaints: list[str],
) -> None:
    page = open_page(f"/articles/{article.pk}/")
    expect(page.locator("#live:not([hx-ignore])")).to_be_attached()
    page.locator("summary", has_text="Choose several").click()
    page.get_by_role("checkbox", name="Choose: nine").check()
    page.get_by_role("checkbox", name="Choose: days").check()
    edit_annotation(
        annotation_id=three[1].pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(claim="Ten.")
    )
    page.locator("#live").dispatch_event("live-changed")
    expect(page.locator(f"#card-{three[1].pk}")).to_contain_text("Ten.")

    expect(page.get_by_role("checkbox", name="Choose: nine")).to_be_checked()
    expect(page.locator("#ticked")).to_have_text("Chosen: 2, of these not in the list: 0")
    label_chosen(page)

    expect(page.get_by_text("1 annotation done. 1 was refused.")).to_be_visible()
    assert labelled("event") == {"days"}
    complaints.clear()

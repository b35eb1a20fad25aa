"""New copy in Chromium: each annotation ends where a careful person would put it; decisions by keyboard."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article
from annotations.services.signoff import move_article
from tests.e2e.test_accessibility import objections
from tests.people import TEXT, People
from tests.states import annotation_at, cover

QUOTES = ("thousands of troops", '"We lost nine,"', "The agencies gave no evidence.", "Thousands of families wait.")


def rewritten() -> str:
    """A paragraph on top, a number changed, a sentence deleted, two paragraphs swapped."""
    headline, troops, nine, agencies = TEXT.split("\n\n")
    agencies = agencies.replace(" Thousands of families wait.", "")
    return "\n\n".join((headline, "The ministry has answered.", nine.replace("nine", "eleven"), troops, agencies))


def decide_by_keyboard(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator("[data-case]:focus")).to_contain_text("We lost eleven")
    page.keyboard.press("a")
    expect(page.get_by_text("1 of 2 decided")).to_be_visible()
    expect(page.locator("[data-case]:focus")).to_contain_text("Thousands of families wait.")
    page.keyboard.press("r")
    expect(page.get_by_text("2 of 2 decided")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("u")
    expect(page.get_by_text("1 of 2 decided")).to_be_visible()
    page.keyboard.press("a")
    expect(page.get_by_text("2 of 2 decided")).to_be_visible()


def test_new_copy_is_decided_on_by_keyboard(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    for quote in QUOTES:
        annotation_at(AnnotationState.SIGNED_OFF, article, people, quote)
    cover(article, people)
    move_article(article_id=article.pk, actor=people.head, action="clear", seen_version=None)

    page = open_page(f"/articles/{article.pk}/revisions/new/", people.head)
    expect(page.get_by_text("The article goes back to checking, and its sign-off is dropped.")).to_be_visible()
    page.get_by_label("Text").fill(rewritten())
    page.get_by_role("button", name="Bring in this copy").click()

    expect(page.locator(".lead")).to_have_text(
        "0 unchanged, 2 moved, 1 changed, 1 gone. 2 annotations wait for your decision."
    )
    page.wait_for_load_state()  # the text is there before the script that listens for keys
    decide_by_keyboard(page)

    found = dict(Annotation.objects.values_list("exact", "state"))
    assert found == {
        "thousands of troops": "signed_off",
        '"We lost eleven,"': "needs_recheck",
        "The agencies gave no evidence.": "signed_off",
        "Thousands of families wait.": "needs_recheck",
    }
    article.refresh_from_db()
    assert article.state == ArticleState.CHECKING
    page.goto(f"/articles/{article.pk}/")
    expect(page.locator("#text mark")).to_have_text(
        ['"We lost eleven,"', "thousands of troops", "The agencies gave no evidence."]
    )


def test_axe_objects_to_nothing(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people, QUOTES[1])
    page = open_page(f"/articles/{article.pk}/revisions/new/", viewport={"width": 390, "height": 800})
    found = {"new": objections(page)}
    page.get_by_label("Text").fill(rewritten())
    page.get_by_role("button", name="Bring in this copy").click()
    expect(page.locator(".lead")).to_contain_text("unchanged")
    for path in (
        f"/articles/{article.pk}/revisions/",
        f"/articles/{article.pk}/revisions/1/",
        f"/articles/{article.pk}/revisions/2/carry-over/",
        f"/annotations/{annotation.pk}/",
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[path] = objections(page) + (["wide"] if wide else [])

    assert {path: each for path, each in found.items() if each} == {}

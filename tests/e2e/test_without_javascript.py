"""The main path with JavaScript turned off: log in, bring in an article, quote, edit, withdraw, undo."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from annotations.models import Annotation, Article
from tests.factories import annotate
from tests.people import PASSWORD, TEXT, People


@pytest.fixture
def page(live_server: LiveServer, new_context: Callable[..., BrowserContext], people: People) -> Page:
    return new_context(base_url=live_server.url, java_script_enabled=False).new_page()


def log_in(page: Page) -> None:
    page.get_by_label("User name").fill("checker")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def bring_in(page: Page) -> None:
    page.get_by_role("link", name="New article", exact=True).first.click()
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_label("Byline").fill("Ana Ruiz")
    page.get_by_role("button", name="Save article").click()
    expect(page.get_by_role("link", name="Annotate a quote")).to_be_visible()
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
    article = Article.objects.get()
    assert article.byline == "Ana Ruiz"


def annotate_a_quote(page: Page) -> Annotation:
    page.get_by_role("link", name="Annotate a quote").click()
    page.get_by_label("Words of the article").fill("thousands of troops")
    page.get_by_label("Claim", exact=True).fill("A claim")
    page.get_by_label("Origin").select_option("Intelligence-sourced")
    page.locator("summary", has_text="Claim type").click()
    page.get_by_label("Quantity").check()
    page.get_by_role("button", name="Save annotation").click()
    expect(page.locator(".card")).to_contain_text("A claim")
    expect(page.locator("mark")).to_have_text("thousands of troops")
    made = Annotation.objects.get()
    assert sorted(label.term.key for label in made.labels.all()) == ["intelligence-sourced", "quantity"]
    return made


def change_claim_and_range(page: Page, made: Annotation) -> None:
    page.get_by_role("link", name="Annotations on pages of their own").click()
    page.get_by_role("link", name="A claim").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Claim", exact=True).fill("A better claim")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Range").click()
    page.get_by_label("End").fill(str(made.end + len(" abroad")))
    page.get_by_role("button", name="Save range").click()


def withdraw_and_undo(page: Page) -> None:
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Reason").fill("Not a claim")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("Annotation withdrawn.")).to_be_visible()
    page.get_by_role("button", name="Undo last change").click()
    expect(page.get_by_text("Undone.")).to_be_visible()


def test_from_login_to_a_checked_statement(page: Page) -> None:
    page.goto("/")
    log_in(page)
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
    bring_in(page)
    made = annotate_a_quote(page)
    change_claim_and_range(page, made)
    withdraw_and_undo(page)

    made.refresh_from_db()
    assert (made.claim, made.exact, made.state) == ("A better claim", "thousands of troops abroad", "open")


def test_link_on_a_card_leads_to_its_words(page: Page, people: People, article: Article) -> None:
    annotate(article, people.checker, "Thousands of families")
    page.goto(f"/accounts/login/?next=/articles/{article.pk}/")
    log_in(page)

    page.locator(".card").get_by_role("link", name="Thousands of families").click()

    expect(page.locator("mark:target")).to_have_text("Thousands of families")

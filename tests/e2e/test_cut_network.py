"""What is seen of a network that is cut: one calm state, and a word where somebody asked for something."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from annotations.models import Article
from tests.e2e.reader import Reader
from tests.e2e.test_never_losing_work import annotate_words, claims, save_state
from tests.factories import annotate
from tests.people import People


def test_a_cut_right_after_a_save_is_one_calm_state_and_all_is_current_afterwards(
    reader: Reader, complaints: list[str]
) -> None:
    page = reader.page
    annotate_words(reader, "agencies", "Before the cut")
    save_state(reader, "Saved")
    expect(page.locator("#review-panel")).to_contain_text("1 annotation is not settled")

    def cut(route: Route) -> None:
        answer = route.fetch()
        page.context.set_offline(True)
        route.fulfill(response=answer)

    page.route("**/annotate/", cut, times=1)
    annotate_words(reader, "thousands", "Answered, then cut")
    save_state(reader, "Waiting for the network. Everything is saved.")
    expect(page.locator("#ruler.missed, #review-panel.missed")).to_have_count(2)
    expect(page.locator(".toast.error")).to_have_count(0)
    page.context.set_offline(False)

    save_state(reader, "Saved")
    expect(page.locator("#ruler a")).to_have_count(2)
    expect(page.locator("#review-panel")).to_contain_text("2 annotations are not settled")
    expect(page.locator(".missed, .toast.error")).to_have_count(0)
    assert claims() == ["Answered, then cut", "Before the cut"]
    complaints.clear()  # Chromium reports every request that failed


def test_what_a_person_asked_for_in_vain_is_said(
    article: Article, people: People, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    card = reader.page.locator(f"#card-{made.pk}").get_attribute("data-url")
    reader.page.route(f"**{card}", lambda route: route.abort(), times=1)

    reader.page.locator("mark").first.click()

    expect(reader.page.locator(".toast.error")).to_contain_text("The server cannot be reached.")
    reader.page.locator("mark").first.click()
    expect(reader.current.get_by_role("link", name="Edit")).to_be_visible()
    complaints.clear()

"""One person, two tabs; a page that is loaded again or comes back: no draft is lost, nothing is made twice."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, expect

from annotations.models import Annotation, Article
from tests.e2e.reader import Reader, soon
from tests.factories import annotate
from tests.people import People

Opener = Callable[..., Page]
KEPT = "Object.keys(localStorage).filter((key) => /draft|write/.test(key))"


def typed(reader: Reader, words: str, claim: str) -> None:
    reader.select(1, words)
    reader.composer.get_by_label("Claim", exact=True).fill(claim)


def claims() -> list[str]:
    return sorted(Annotation.objects.values_list("claim", flat=True))


def another_tab(context: BrowserContext, path: str) -> Reader:
    page = context.new_page()
    page.goto(path)
    return Reader(page)


def test_each_tab_keeps_its_draft_and_the_last_one_offers_all(article: Article, reader: Reader) -> None:
    context = reader.page.context
    typed(reader, "thousands", "First claim")
    other = another_tab(context, f"/articles/{article.pk}/")
    typed(other, "agencies", "Second claim")
    expect(other.page.locator(".toast")).to_have_count(0)
    reader.page.close()
    expect(other.page.locator(".toast", has_text="Not saved yet: First claim")).to_be_visible()
    other.save()
    expect(other.page.locator("#annotation-count")).to_have_text("1")

    third = another_tab(context, f"/articles/{article.pk}/")
    third.page.locator(".toast", has_text="First claim").get_by_role("button", name="Open again").click()
    expect(third.composer.get_by_label("Claim", exact=True)).to_have_value("First claim")
    third.save()

    soon(third.page, claims, ["First claim", "Second claim"])
    soon(third.page, lambda: third.page.evaluate(KEPT), [])


def test_reload_in_the_middle_of_a_draft(reader: Reader) -> None:
    page = reader.page
    page.on("dialog", lambda dialog: dialog.accept())
    typed(reader, "thousands", "Half a claim")
    page.reload()
    page.locator(".toast", has_text="Half a claim").get_by_role("button", name="Open again").click()
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("Half a claim")
    reader.save()

    soon(page, claims, ["Half a claim"])
    soon(page, lambda: page.evaluate(KEPT), [])


def test_what_waits_is_sent_by_one_tab_alone(
    article: Article, people: People, open_page: Opener, complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    path = f"/articles/{article.pk}/#a-{made.pk}"
    reader = Reader(open_page(path))
    context = reader.page.context
    other = another_tab(context, path)
    reader.current.get_by_role("link", name="Edit").click()
    reader.editor.get_by_label("Claim", exact=True).fill("Changed without a network")
    context.set_offline(True)
    reader.page.keyboard.press("Control+Enter")
    expect(reader.page.locator("#save-state")).to_contain_text("Waiting for the network: 1")
    sent: list[Request] = []
    context.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    context.set_offline(False)

    soon(reader.page, claims, ["Changed without a network"])
    soon(reader.page, lambda: other.page.evaluate(KEPT), [])
    assert len(sent) == 1
    complaints.clear()


def test_page_from_the_cache_of_the_browser_asks_what_has_changed(
    article: Article, people: People, reader: Reader
) -> None:
    page = reader.page
    expect(page.locator("#live:not([hx-ignore])")).to_be_attached()
    made = annotate(article, people.checker2, "agencies", claim="Meanwhile.")

    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(page.locator(f"#card-{made.pk}")).to_contain_text("Meanwhile.")

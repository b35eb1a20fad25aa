"""A day at the desk in Chromium, by several people: from the import to the published page and back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.core.drafts import EvidenceDraft, VerdictDraft
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, Desk, Event
from annotations.services.verification import verify_history
from tests.api.client import Api
from tests.e2e.reader import Reader
from tests.e2e.test_accessibility import objections
from tests.factories import annotate
from tests.people import TEXT, People
from tests.services.test_history import as_superuser
from tests.states import annotation_at


def state_of(page: Page, annotation: Annotation, state: str) -> None:
    expect(page.locator(f"#card-{annotation.pk} .state")).to_have_text(state)


def press(page: Page, name: str, reason: str = "") -> None:
    """A move on the current card; its reason in the panel beside the text."""
    page.locator(".card[aria-current]").get_by_role("button", name=name, exact=True).or_(
        page.locator(".card[aria-current]").get_by_role("link", name=name, exact=True)
    ).click()
    if reason:
        page.locator("#editor").get_by_label("Reason").fill(reason)
        page.locator("#editor").get_by_role("button", name=name, exact=True).click()


def bring_in(page: Page) -> Article:
    page.get_by_label("Text").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Save article").click()
    expect(page.locator("#review-panel")).to_contain_text("0 of 5 sentences seen")
    page.wait_for_load_state()  # the text is there before the script that follows the mouse
    return Article.objects.get()


def annotate_with_the_mouse(page: Page) -> Annotation:
    reader = Reader(page)
    reader.select(1, "thousands of troops")
    reader.composer.get_by_label("Claim", exact=True).fill("Thousands of troops were sent.")
    reader.save()
    expect(page.locator("#review-panel")).to_contain_text("1 of 5 sentences seen")
    return Annotation.objects.get()


def give_a_verdict(page: Page, annotation: Annotation) -> None:
    page.goto(f"/annotations/{annotation.pk}/edit/")
    page.locator("summary", has_text="Rationale and date").click()
    page.get_by_label("Verdict", exact=True).select_option("False")
    page.get_by_label("Rationale").fill("The agency counts hundreds.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Annotation changed.")).to_be_visible()


def propose(page: Page, annotation: Annotation) -> None:
    page.goto(f"/articles/{annotation.article_id}/#card-{annotation.pk}")
    press(page, "Propose the verdict")
    state_of(page, annotation, "Proposed")


def send_back(reviewer: Page, annotation: Annotation) -> None:
    press(reviewer, "Return", "Which agency?")
    state_of(reviewer, annotation, "Returned")


def propose_what_was_returned(page: Page, annotation: Annotation) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Returned to me")).to_be_visible()
    propose(page, annotation)


def propose_on_its_own_page(page: Page, annotation: Annotation) -> None:
    page.goto(f"/annotations/{annotation.pk}/")
    page.get_by_role("button", name="Propose the verdict").click()
    expect(page.get_by_text("You proposed the verdict.")).to_be_visible()


def approve(reviewer: Page, annotation: Annotation) -> None:
    reviewer.goto(f"/articles/{annotation.article_id}/#card-{annotation.pk}")
    reviewer.reload()
    press(reviewer, "Approve")
    state_of(reviewer, annotation, "Signed off")


def dispute(reviewer: Page, annotation: Annotation) -> None:
    reviewer.goto(f"/annotations/{annotation.pk}/moves/dispute/")
    reviewer.get_by_label("Reason").fill("It says ten elsewhere.")
    reviewer.get_by_role("button", name="Dispute").click()
    expect(reviewer.get_by_text("You disputed the verdict.")).to_be_visible()


def decide(head: Page) -> None:
    head.get_by_role("link", name="Decide").click()
    head.get_by_label("Signed off").check()
    head.get_by_label("Reason").fill("Nine is right.")
    head.get_by_role("button", name="Decide").click()
    expect(head.get_by_text("You decided the dispute.")).to_be_visible()


def see_every_sentence(page: Page, path: str) -> None:
    page.goto(path)
    page.keyboard.press("n")
    expect(page.locator("#spoken")).to_have_text("Unseen sentence 1 of 3. Troops cleared mines, leader says")
    page.get_by_role("button", name="Nothing to check here").click()
    expect(page.locator("#review-panel")).to_contain_text("3 of 5 sentences seen")
    page.goto(f"{path}coverage/")
    page.keyboard.press("n")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Nothing to check in the ticked ones").click()
    expect(page.locator("#ledger")).to_contain_text("4 of 5 sentences seen")
    page.get_by_role("button", name="Nothing to check in all of this block").click()
    expect(page.locator("#ledger")).to_contain_text("5 of 5 sentences seen")


def publish(head: Page, path: str) -> None:
    head.goto(path)
    head.get_by_role("button", name="Clear").click()
    head.get_by_role("button", name="Publish").click()
    expect(head.locator(".article-head > .facts .state")).to_have_text("Published")


def everybody_reads_it(head: Page, article: Article, people: People) -> None:
    listed = Api(people.reader).show("verdicts/").json()["results"]
    assert sorted((row["exact"], row["verdict"]) for row in listed) == [
        ("lost nine", "accurate"),
        ("thousands of troops", "false"),
    ]
    head.goto(f"/p/{article.pk}/")
    expect(head.locator("mark")).to_have_text(["thousands of troops", "lost nine"])


def reopen(head: Page, path: str) -> None:
    head.goto(path)
    head.get_by_role("link", name="Reopen").click()
    head.get_by_label("Reason").fill("New copy came in.")
    head.get_by_role("button", name="Reopen").click()
    expect(head.locator(".article-head > .facts .state")).to_have_text("Checking")


def history_tells_it_and_shows_a_change(head: Page, path: str, desk: Desk) -> None:
    head.goto(f"{path}history/")
    expect(head.locator(".history")).to_contain_text("Head decided the dispute: the annotation is signed off.")
    assert verify_history(desk).broken == ""
    altered = Event.objects.get(desk=desk, action="return")
    as_superuser("UPDATE annotations_event SET reason = 'Fine.' WHERE id = %s", altered.pk)
    assert verify_history(desk).broken == f"event {altered.number} ({altered.pk}) was changed"


def test_desk_day(open_page: Callable[..., Page], desk: Desk, people: People) -> None:
    page = open_page("/articles/new/")
    article = bring_in(page)
    path = f"/articles/{article.pk}/"
    first = annotate_with_the_mouse(page)
    verdict = VerdictDraft("accurate", "Two reports say so.")
    evidence = [EvidenceDraft(url="https://www.example.org/report", stance="supports")]
    second = annotate(article, people.checker, "lost nine", verdict=verdict, evidence=evidence)
    give_a_verdict(page, first)

    propose(page, first)
    reviewer = open_page(f"{path}#card-{first.pk}", people.reviewer)
    send_back(reviewer, first)
    propose_what_was_returned(page, first)
    propose_on_its_own_page(page, second)
    approve(reviewer, first)
    dispute(reviewer, second)
    head = open_page(f"/annotations/{second.pk}/", people.head)
    decide(head)
    see_every_sentence(page, path)

    publish(head, path)
    everybody_reads_it(head, article, people)
    reopen(head, path)
    history_tells_it_and_shows_a_change(head, path, desk)


def test_moves_work_without_javascript(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people)
    steps = [
        (people.checker, "Propose the verdict", ""),
        (people.reviewer, "Return", "Which day?"),
        (people.checker, "Propose the verdict", ""),
        (people.reviewer, "Approve", ""),
        (people.head, "Reopen", "New figures."),
    ]
    for person, name, reason in steps:
        page = open_page(f"/annotations/{annotation.pk}/", person, java_script_enabled=False)
        page.locator(".moves").get_by_text(name, exact=True).click()
        if reason:
            page.get_by_label("Reason").fill(reason)
            page.get_by_role("button", name=name).click()
        expect(page.locator(".toast")).to_be_visible()

    annotation.refresh_from_db()
    assert annotation.state == "needs_recheck"


def test_axe_objects_to_nothing(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)
    page = open_page("/", people.reviewer, viewport={"width": 390, "height": 800})
    found = {}
    for path in (
        "/",
        f"/articles/{article.pk}/",
        f"/articles/{article.pk}/coverage/",
        f"/articles/{article.pk}/history/",
        f"/annotations/{annotation.pk}/",
        f"/annotations/{annotation.pk}/history/",
        f"/annotations/{annotation.pk}/moves/return/",
        "/desks/demo/settings/",
    ):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[path] = objections(page) + (["wide"] if wide else [])

    assert {path: each for path, each in found.items() if each} == {}

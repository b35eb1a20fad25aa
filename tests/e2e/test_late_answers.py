"""An answer that comes late must not disturb what the person does by then: a drag under way, a newer selection."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article
from tests.e2e.reader import Reader, soon
from tests.people import People
from tests.states import annotation_at

PHASES = ("before the button is down", "while the button is down", "after the button is up")


@contextmanager
def held(page: Page, address: str | re.Pattern[str], count: int = 1) -> Iterator[Callable[[], None]]:
    """Answers under `address` wait until the function that this gives is called."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))

    def let_go() -> None:
        soon(page, lambda: len(waiting) >= count, True)
        for route in waiting:
            with page.expect_response(lambda answer, route=route: answer.request == route.request):
                route.continue_()
        page.unroute(address)
        page.wait_for_timeout(150)  # what the page does with an answer

    yield let_go


def drag(reader: Reader, block: int, words: str, during: dict[str, Callable[[], None]]) -> None:
    during.get(PHASES[0], lambda: None)()
    start, end = reader.place(block, words), reader.place(block, words, after=True)
    reader.page.mouse.move(*start)
    reader.page.mouse.down()
    reader.page.mouse.move((start[0] + end[0]) / 2, start[1], steps=3)
    during.get(PHASES[1], lambda: None)()
    reader.page.mouse.move(*end, steps=3)
    reader.page.mouse.up()
    during.get(PHASES[2], lambda: None)()


def chosen_is(reader: Reader, words: str) -> None:
    """The form, which may have stood there for the words before, is soon about these."""
    expect(reader.composer.locator("[data-quote]")).to_have_text(words)
    assert reader.chosen()["exact"] == words


@pytest.mark.parametrize("phase", PHASES)
def test_a_new_selection_survives_the_late_answer_to_the_annotation_before(reader: Reader, phase: str) -> None:
    # Held from the beginning: the browser may take a moment until it holds requests.
    with held(reader.page, "**/annotate/**") as let_go:
        reader.select(3, "Thousands of families")
        reader.page.keyboard.press("a")
        reader.page.keyboard.type("The first claim")
        reader.page.keyboard.press("Control+Enter")
        drag(reader, 1, "thousands of troops", {phase: let_go})

    chosen_is(reader, "thousands of troops")
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("The second claim")
    reader.save()
    expect(reader.page.locator(".card .said")).to_have_text(["thousands of troops", "Thousands of families"])
    assert [made.claim for made in Annotation.objects.order_by("start")] == ["The second claim", "The first claim"]


@pytest.mark.parametrize("phase", PHASES[1:])
def test_pieces_that_arrive_after_saving_do_not_end_a_drag(
    article: Article, people: People, open_page: Callable[..., Page], phase: str
) -> None:
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    reader.select(3, "Thousands of families")
    reader.page.keyboard.press("a")
    with held(reader.page, re.compile("/(ruler|review)/$"), count=2) as let_go:
        reader.save()
        drag(reader, 1, "thousands of troops", {phase: let_go})

    chosen_is(reader, "thousands of troops")


def test_a_refusal_of_the_annotation_before_keeps_both(reader: Reader, complaints: list[str]) -> None:
    reader.select(3, "Thousands of families")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("Refused")
    reader.composer.locator("summary", has_text="Evidence").click()
    reader.composer.get_by_label("Title", exact=True).fill("Report without an address")
    reader.composer.locator("summary", has_text="Evidence").click()  # a high form may lie over the words

    with held(reader.page, "**/annotate/**") as let_go:
        reader.page.keyboard.press("Control+Enter")
        drag(reader, 1, "thousands of troops", {PHASES[1]: let_go})

    chosen_is(reader, "thousands of troops")
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("")
    reader.page.keyboard.press("Escape")
    reader.page.get_by_role("button", name="Open again").click()
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("Refused")
    chosen_is(reader, "Thousands of families")
    complaints.clear()  # Chromium reports every answer of 400 and above


def test_focus_returns_to_the_card_though_the_page_asks_for_something_else_meanwhile(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    made = annotation_at(AnnotationState.PROPOSED, article, people)
    reader = Reader(open_page(f"/articles/{article.pk}/#a-{made.pk}", people.reviewer))

    with held(reader.page, "**/moves/approve/") as let_go:
        reader.current.get_by_role("button", name="Approve").press("Enter")
        with reader.page.expect_response("**/healthz"):
            reader.page.evaluate("() => void htmx.ajax('GET', '/healthz', {swap: 'none'})")
        let_go()

    expect(reader.current.locator(".state")).to_have_text("Signed off")
    expect(reader.current.locator(":focus")).to_have_count(1)

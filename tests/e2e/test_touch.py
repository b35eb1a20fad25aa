"""Marking by touch on a narrow screen: a long press, a bar, a sheet; a tap on a mark opens its card."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation, Article, Delivery, Desk
from annotations.services.deliveries import note_events
from annotations.services.webhooks import create_webhook
from tests.e2e.reader import Reader
from tests.e2e.test_accessibility import objections
from tests.factories import annotate, import_text
from tests.people import People

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
LEAST, MAIN = 24, 44
"""Pixels of a target: of any, of one that is used all the time."""


@pytest.fixture
def phone(open_page: Callable[..., Page], article: Article) -> Reader:
    return Reader(open_page(f"/articles/{article.pk}/", **PHONE))


def long_press(reader: Reader, block: int, word: str) -> None:
    """As a finger does it; Chromium on a desk selects nothing then, so that the script selects what a phone would."""
    x, y = reader.place(block, word)
    touches = reader.page.context.new_cdp_session(reader.page)
    touches.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x + 8, "y": y}]})
    reader.page.evaluate(
        "([block, word]) => { const walker = document.createTreeWalker(document.getElementById(block), 4);"
        " while (walker.nextNode()) { const node = walker.currentNode; const at = node.data.indexOf(word);"
        " if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + word.length); } }",
        [f"b{block}", word],
    )
    reader.page.wait_for_timeout(300)
    touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def drag_handle(reader: Reader, words: str) -> None:
    """What the system's selection handles do: they change the selection, and no pointer event tells of it."""
    reader.page.evaluate(
        "(words) => { const node = getSelection().anchorNode; const at = node.data.indexOf(words);"
        " getSelection().setBaseAndExtent(node, at, node, at + words.length); }",
        words,
    )


def tap(reader: Reader, block: int, words: str) -> None:
    x, y = reader.place(block, words)
    reader.page.touchscreen.tap(x + 5, y)


def height(target: Locator) -> float:
    box = target.bounding_box()
    assert box is not None
    return box["height"]


def test_a_long_press_offers_a_bar_and_the_bar_opens_the_sheet(phone: Reader) -> None:
    long_press(phone, 1, "thousands")
    unfold = phone.composer.locator(".unfold summary")
    expect(unfold).to_have_text("Annotate", use_inner_text=True)
    expect(unfold).to_be_in_viewport(ratio=1)
    expect(phone.composer.get_by_label("Claim", exact=True)).to_be_hidden()
    expect(phone.composer.locator("[data-quote]")).to_have_text("thousands")
    assert height(unfold) >= MAIN
    assert height(phone.composer) < 844 / 5

    drag_handle(phone, "thousands of troops")
    expect(phone.composer.locator("[data-quote]")).to_have_text("thousands of troops")

    unfold.tap()
    phone.composer.get_by_label("Claim", exact=True).fill("Many soldiers")
    phone.composer.get_by_role("button", name="Save annotation").tap()
    expect(phone.composer).to_be_hidden()
    expect(phone.current).to_contain_text("Many soldiers")
    assert Annotation.objects.get().exact == "thousands of troops"


def test_a_tap_beside_closes_the_bar(phone: Reader) -> None:
    long_press(phone, 1, "thousands")
    expect(phone.composer).to_be_visible()

    tap(phone, 3, "Thousands of families")

    expect(phone.composer).to_be_hidden()


def test_a_tap_on_a_mark_opens_its_card_and_a_tap_beside_closes_it(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    annotate(article, people.checker, "thousands of troops", claim="A claim")
    phone = Reader(open_page(f"/articles/{article.pk}/", **PHONE))

    tap(phone, 1, "thousands")
    expect(phone.current).to_contain_text("A claim")
    expect(phone.current).to_be_in_viewport()
    expect(phone.current.get_by_role("link", name="Edit")).to_be_visible()

    tap(phone, 0, "Troops")
    expect(phone.current).to_have_count(0)


def test_what_is_tapped_is_large_enough_and_axe_objects_to_nothing(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    annotate(article, people.checker, "thousands of troops", claim="A claim")
    phone = Reader(open_page(f"/articles/{article.pk}/", **PHONE))
    tap(phone, 1, "thousands")
    expect(phone.current.get_by_role("link", name="Edit")).to_be_visible()
    small = too_small(phone.current, LEAST)
    tap(phone, 0, "Troops")
    expect(phone.current).to_have_count(0)
    long_press(phone, 3, "Thousands")
    phone.composer.locator(".unfold summary").tap()
    expect(phone.composer.get_by_label("Claim", exact=True)).to_be_visible()
    small += too_small(phone.composer, LEAST)

    assert small == []
    for name in ("Save annotation", "Close without saving"):
        assert height(phone.composer.get_by_role("button", name=name)) >= MAIN
    assert objections(phone.page) == []


def too_small(part: Locator, least: int) -> list[str]:
    """Buttons and fields, with their labels, that are lower or narrower than `least` pixels."""
    found: list[str] = part.evaluate(
        "(part, least) => [...part.querySelectorAll('a.button, button, summary, select, textarea, input')]"
        ".filter((each) => each.checkVisibility())"
        ".map((each) => [each, (each.type === 'checkbox' ? each.labels[0] : each).getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.width < least || box.height < least))"
        ".map(([each]) => each.outerHTML.slice(0, 80))",
        least,
    )
    return found


def test_the_ruler_at_the_edge_leads_to_annotations_far_away(
    desk: Desk, people: People, open_page: Callable[..., Page]
) -> None:
    text = "\n\n".join(f"Paragraph {number} says something that goes on for a while." for number in range(60))
    article = import_text(desk, people.checker, text, title="Long")
    annotate(article, people.checker, "Paragraph 55")
    phone = Reader(open_page(f"/articles/{article.pk}/", **PHONE))
    link = phone.page.get_by_role("navigation", name="Where the annotations are").get_by_role("link")
    expect(link).to_have_count(1)
    box = link.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert box["width"] >= LEAST

    link.tap()

    expect(phone.page.locator("mark")).to_be_in_viewport()
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert objections(phone.page) == []


def test_a_delivery_is_sent_again_without_scrolling_its_table(
    desk: Desk, people: People, open_page: Callable[..., Page]
) -> None:
    create_webhook(
        desk_id=desk.pk, actor=people.admin, url="http://localhost:9/factcheck/deliveries/of/this/desk/of/ours"
    )
    note_events()
    Delivery.objects.update(state="failed", attempts=9, detail="The address answered 410.")
    page = open_page("/desks/demo/webhooks/", people.admin, **PHONE)
    table = page.get_by_role("region", name="Deliveries", exact=True)
    assert table.evaluate("(table) => table.scrollWidth > table.clientWidth")

    table.scroll_into_view_if_needed()
    button = table.get_by_role("button", name="Send event")
    expect(button).to_be_in_viewport(ratio=1)
    button.tap()

    expect(page.locator("#messages")).to_contain_text("is sent again.")
    assert objections(page) == []

"""The ends of the chosen annotation are dragged by their handles: mouse, touch, several parts, right to left."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.core.drafts import AnnotationDraft, PlaceDraft
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article
from annotations.services.annotations import create_annotation
from annotations.services.comments import add_comment
from tests.e2e.reader import Reader, soon
from tests.e2e.test_touch import LEAST, PHONE
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at

Opener = Callable[..., Page]
START, END = 0, 1
BESIDE = 20
"""Pixels that a handle is held above or below the middle of the line it points at."""
SHOWN = "() => [...CSS.highlights.get('active')].join(' ')"


def opened(open_page: Opener, annotation: Annotation, **options: object) -> Reader:
    """The annotation's article with the annotation chosen and its handles there."""
    reader = Reader(open_page(f"/articles/{annotation.article_id}/#a-{annotation.pk}", **options))
    expect(handles(reader).first).to_be_visible()
    return reader


def handles(reader: Reader) -> Locator:
    return reader.page.locator("#handles i")


def centre(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def goal(reader: Reader, number: int, block: int, words: str) -> tuple[float, float]:
    """Where the pointer has to be for handle `number` to come to an edge of the words."""
    is_end = number % 2 == END
    x, y = reader.place(block, words, after=is_end)
    return x, y + (BESIDE if is_end else -BESIDE)


def pull(reader: Reader, number: int, block: int, words: str) -> None:
    """Takes a handle to where the words begin or end, and does not let go."""
    reader.page.mouse.move(*centre(handles(reader).nth(number)))
    reader.page.mouse.down()
    reader.page.mouse.move(*goal(reader, number, block, words), steps=6)


def shown_is(reader: Reader, words: str) -> None:
    soon(reader.page, lambda: reader.page.evaluate(SHOWN), words)


def saved(reader: Reader, *marks: str) -> None:
    expect(reader.page.locator(".toast", has_text="Range changed.")).to_be_visible()
    reader.marks_are(*marks)


def test_dragged_ends_are_shown_at_once_and_saved_on_release(
    article: Article, people: People, open_page: Opener
) -> None:
    made = annotate(article, people.checker, "thousands", claim="A claim", terms=["quantity"])
    add_comment(annotation_id=made.pk, actor=people.checker2, text="A remark")
    reader = opened(open_page, made)

    pull(reader, END, 1, "thousands of troops")
    shown_is(reader, "thousands of troops")
    reader.marks_are("thousands")
    reader.page.mouse.up()
    saved(reader, "thousands of troops")
    expect(reader.current).to_contain_text("A claim")
    pull(reader, START, 1, "of troops")
    reader.page.mouse.up()
    expect(reader.current.locator(".said")).to_have_text("of troops")

    made.refresh_from_db()
    assert (made.exact, made.claim, made.comments.get().text) == ("of troops", "A claim", "A remark")
    assert [row.term.key for row in made.labels.all()] == ["quantity"]
    reader.page.locator(".toast").get_by_role("button", name="Undo").last.click()
    expect(reader.current.locator(".said")).to_have_text("thousands of troops")


def test_escape_takes_the_drag_back(article: Article, people: People, open_page: Opener) -> None:
    made = annotate(article, people.checker, "thousands")
    reader = opened(open_page, made)

    pull(reader, END, 1, "thousands of troops")
    reader.page.keyboard.press("Escape")
    shown_is(reader, "thousands")
    reader.page.mouse.move(400, 500)
    reader.page.mouse.up()

    shown_is(reader, "thousands")
    expect(reader.current).to_have_attribute("data-id", str(made.pk))
    expect(reader.composer).to_be_hidden()
    made.refresh_from_db()
    assert (made.exact, made.version) == ("thousands", 1)


def test_every_part_has_its_ends_and_an_end_stops_at_the_next_part(
    article: Article, people: People, open_page: Opener
) -> None:
    assert article.revision is not None
    text = article.revision.text
    at = text.index("thousands of troops")
    parts = [(at, at + 9), (at + 13, at + 19)]
    place = PlaceDraft(start=at, end=at + 19, fragments=parts)
    made, _ = create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))
    annotate(article, people.checker, "of")
    reader = opened(open_page, made)
    expect(handles(reader)).to_have_count(4)

    pull(reader, 1, 1, "thousands of troops")
    first, second = reader.page.evaluate("() => [...CSS.highlights.get('active')].map(String)")
    assert first.startswith("thousands")
    assert second == "troops"
    reader.page.mouse.move(*goal(reader, 1, 1, "thousands of"))
    reader.page.mouse.up()

    expect(reader.page.locator(".toast", has_text="Range changed.")).to_be_visible()
    made.refresh_from_db()
    assert made.fragments == [[at, at + 12], [at + 13, at + 19]]


def test_right_to_left(mixed: Article, people: People, open_page: Opener) -> None:
    made = annotate(mixed, people.checker, "הביטחון")
    reader = opened(open_page, made)
    start, end = centre(handles(reader).nth(START)), centre(handles(reader).nth(END))
    assert start[0] > end[0]

    pull(reader, END, 3, "הביטחון מסר")
    reader.page.mouse.up()
    saved(reader, "הביטחון מסר")
    pull(reader, START, 3, "משרד")
    reader.page.mouse.up()

    expect(reader.current.locator(".said")).to_have_text("משרד הביטחון מסר")


def test_an_end_never_falls_into_a_character(mixed: Article, people: People, open_page: Opener) -> None:
    made = annotate(mixed, people.checker, "a 👩‍👩‍👧‍👦 family")
    reader = opened(open_page, made)

    pull(reader, END, 0, "👩‍👩‍👧‍👦")
    reader.page.mouse.up()

    expect(reader.current.locator(".said")).to_have_text("a 👩‍👩‍👧‍👦")


def test_by_touch_on_a_narrow_screen(article: Article, people: People, open_page: Opener) -> None:
    made = annotate(article, people.checker, "thousands")
    phone = opened(open_page, made, **PHONE)
    box = handles(phone).nth(END).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= LEAST
    finger = phone.page.context.new_cdp_session(phone.page)
    from_x, from_y = centre(handles(phone).nth(END))
    to_x, to_y = goal(phone, END, 1, "thousands of troops")
    before = phone.page.evaluate("scrollY")

    for kind, share in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0), ("touchEnd", None)):
        points = (
            [] if share is None else [{"x": from_x + share * (to_x - from_x), "y": from_y + share * (to_y - from_y)}]
        )
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    saved(phone, "thousands of troops")
    assert phone.page.evaluate("scrollY") == before


@pytest.mark.parametrize("state", [AnnotationState.PROPOSED, AnnotationState.SIGNED_OFF])
def test_what_was_reviewed_asks_before_it_loses_its_approvals(
    state: AnnotationState, article: Article, people: People, open_page: Opener, complaints: list[str]
) -> None:
    made = annotation_at(state, article, people, "thousands")
    reader = opened(open_page, made)

    pull(reader, END, 1, "thousands of troops")
    reader.page.mouse.up()

    expect(reader.editor).to_contain_text("Saving drops its approvals")
    made.refresh_from_db()
    assert (made.exact, made.state) == ("thousands", state)
    reader.editor.get_by_role("button", name="Save range").click()
    saved(reader, "thousands of troops")
    complaints.clear()  # Chromium tells of every answer that asks or refuses

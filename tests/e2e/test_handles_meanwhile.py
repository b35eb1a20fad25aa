"""What others do and what comes late while an end is dragged, and between the release and its answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.core.drafts import AnnotationChanges, PlaceDraft
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article
from annotations.services.annotations import edit_annotation
from tests.e2e.reader import Reader
from tests.e2e.test_handles import END, Opener, handles, opened, pull, saved, shown_is
from tests.e2e.test_late_answers import held
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at, move

CHANGED = "**/changes/**"
TELL = "() => document.getElementById('live').dispatchEvent(new CustomEvent('live-changed', {bubbles: true}))"
HALVE_NEXT = """() => {
    const { fetch } = window;
    window.fetch = async (...request) => {
        window.fetch = fetch;
        const answer = await fetch(...request);
        const whole = await answer.bytes();
        const pull = (stream) => new Promise((go) => { window.sendRest = go; }).then(() => {
            stream.enqueue(whole);
            stream.close();
        });
        return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), answer);
    };
}"""
BEGUN = """() => new Promise((go) => {
    const look = () => window.sendRest ? go() : setTimeout(look, 5);
    look();
})"""
QUIET = 150  # milliseconds: what the page does with an answer


@pytest.fixture
def made(article: Article, people: People) -> Annotation:
    return annotate(article, people.checker, "thousands", claim="A claim")


@pytest.fixture
def reader(open_page: Opener, made: Annotation) -> Reader:
    return opened(open_page, made)


def claim_by_another(made: Annotation, people: People) -> None:
    changes = AnnotationChanges(claim="Their claim")
    edit_annotation(annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=changes)


def begin(reader: Reader) -> None:
    """Takes the end's handle a little along, and holds it."""
    pull(reader, END, 1, "thousands of")


def finish(reader: Reader) -> None:
    pull_on(reader, "thousands of troops")
    reader.page.mouse.up()


def pull_on(reader: Reader, words: str) -> None:
    x, y = reader.place(1, words, after=True)
    reader.page.mouse.move(x, y + 20, steps=4)
    shown_is(reader, words)


def test_an_answer_during_the_drag_waits_for_the_release(reader: Reader, made: Annotation, people: People) -> None:
    claim_by_another(made, people)
    with held(reader.page, CHANGED) as let_go:
        reader.page.evaluate(TELL)
        begin(reader)
        let_go()
        expect(reader.current).to_contain_text("A claim")
        finish(reader)

    saved(reader, "thousands of troops")
    expect(reader.current).to_contain_text("Their claim")


def test_an_answer_that_began_before_the_drag_waits_too(reader: Reader, made: Annotation, people: People) -> None:
    """Its head is there before the handle is held, its body comes later."""
    claim_by_another(made, people)
    reader.page.evaluate(HALVE_NEXT)
    reader.page.evaluate(TELL)
    reader.page.evaluate(BEGUN)
    begin(reader)
    reader.page.evaluate("sendRest()")
    reader.page.wait_for_timeout(QUIET)
    finish(reader)

    saved(reader, "thousands of troops")
    expect(reader.current).to_contain_text("Their claim")


def released(reader: Reader, meanwhile: Callable[[], object], shown: str) -> None:
    """What others do meanwhile arrives while the end is held, and is on the card before the release is answered."""
    with held(reader.page, "**/range/") as let_go:
        begin(reader)
        meanwhile()
        with reader.page.expect_response(CHANGED):
            reader.page.evaluate(TELL)
        finish(reader)
        expect(reader.current).to_contain_text(shown)
        expect(handles(reader).first).to_be_visible()
        let_go()


def test_the_answer_is_used_when_the_card_is_a_new_one(reader: Reader, made: Annotation, people: People) -> None:
    with reader.page.expect_response("**/ruler/"):
        released(reader, lambda: claim_by_another(made, people), "Their claim")

    saved(reader, "thousands of troops")
    made.refresh_from_db()
    assert (made.exact, made.claim) == ("thousands of troops", "Their claim")


def test_who_moved_the_end_at_the_same_time_is_told(
    reader: Reader, made: Annotation, people: People, complaints: list[str]
) -> None:
    place = PlaceDraft(start=made.start, end=made.end + 3)
    changes = AnnotationChanges(place=place, claim="Their claim")

    released(
        reader,
        lambda: edit_annotation(annotation_id=made.pk, actor=people.checker2, seen_version=1, changes=changes),
        "Their claim",
    )

    expect(reader.editor).to_contain_text("changed the same meanwhile")
    made.refresh_from_db()
    assert made.exact == "thousands of"
    complaints.clear()  # Chromium tells of every answer that asks or refuses


def test_the_question_comes_through_when_it_was_proposed_meanwhile(
    article: Article, people: People, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    made = annotation_at(AnnotationState.OPEN, article, people, "thousands")
    reader = opened(open_page, made)

    released(reader, lambda: move(made, people.checker2, "propose"), "Proposed")

    expect(reader.editor).to_contain_text("Saving drops its approvals")
    made.refresh_from_db()
    assert (made.exact, made.state) == ("thousands", AnnotationState.PROPOSED)
    complaints.clear()

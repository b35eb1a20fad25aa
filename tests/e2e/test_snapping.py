"""Marking and the handles stop at what readers see as one character, and at whole words for who wants that."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from annotations.models import Annotation, Article
from tests.e2e.reader import Reader
from tests.e2e.test_handles import END, START, opened, pull, saved
from tests.e2e.test_view import choose
from tests.factories import annotate
from tests.people import People

Opener = Callable[..., Page]
WHOLE = "Mark whole words"


def said_is(reader: Reader, words: str) -> None:
    expect(reader.current.locator(".said")).to_have_text(words)


def test_one_setting_makes_marking_and_handles_take_whole_words(
    article: Article, people: People, open_page: Opener
) -> None:
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    reader.drag((1, "ousands of"), (1, "of tro"))
    assert reader.chosen()["exact"] == "ousands of tro"
    reader.page.keyboard.press("Escape")
    choose(reader.page, WHOLE, ticked=True)
    reader.page.reload()
    reader.drag((1, "ousands"), (1, "of tro"))

    assert reader.chosen()["exact"] == "thousands of troops"
    reader.page.keyboard.press("a")
    assert reader.chosen()["exact"] == "thousands of troops"
    reader.save()
    reader.marks_are("thousands of troops")
    said_is(reader, "thousands of troops")
    pull(reader, END, 1, "thousands o")
    reader.page.mouse.up()
    said_is(reader, "thousands of")
    pull(reader, START, 1, "of")
    reader.page.mouse.up()
    said_is(reader, "of")
    pull(reader, START, 1, "ent thousands")
    reader.page.mouse.up()

    said_is(reader, "sent thousands of")
    assert Annotation.objects.get().exact == "sent thousands of"


def test_words_of_languages_without_spaces(mixed: Article, people: People, open_page: Opener) -> None:
    made = annotate(mixed, people.checker, "専門家は")
    reader = opened(open_page, made)
    choose(reader.page, WHOLE, ticked=True)

    pull(reader, END, 4, "専門家は慎")
    reader.page.mouse.up()

    saved(reader, "専門家は慎重")


def test_no_end_falls_into_a_character_or_onto_a_space(mixed: Article, people: People, open_page: Opener) -> None:
    made = annotate(mixed, people.checker, "🇺🇦🇰🇷 and 𝒜𝒷𝒸")
    reader = opened(open_page, made)

    pull(reader, END, 1, "🇺🇦🇰🇷 and")
    x, y = reader.place(1, "𝒜𝒷𝒸")
    reader.page.mouse.move(x, y + 20)
    reader.page.mouse.up()

    saved(reader, "🇺🇦🇰🇷 and")
    pull(reader, START, 1, "🇰🇷 and")
    reader.page.mouse.up()
    saved(reader, "🇰🇷 and")


def test_keys_move_an_end_by_a_character_and_with_control_by_a_word(
    article: Article, people: People, open_page: Opener
) -> None:
    made = annotate(article, people.checker, "thousands of")
    reader = opened(open_page, made)
    quote = reader.editor.locator("[data-quote]")
    reader.page.keyboard.press("r")
    expect(quote).to_have_text("thousands of")

    for keys, words in (
        ("ArrowLeft", "thousands o"),
        ("Control+ArrowRight", "thousands of"),
        ("Control+ArrowRight", "thousands of troops"),
        ("Shift+ArrowRight", "housands of troops"),
        ("Control+Shift+ArrowRight", "of troops"),
        ("Control+Shift+ArrowLeft", "thousands of troops"),
    ):
        reader.page.keyboard.press(keys)
        expect(quote).to_have_text(words)

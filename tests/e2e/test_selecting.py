"""What the mouse selects is what is sent: code points that Python's slicing agrees with, in any script."""

import pytest
from playwright.sync_api import expect

from annotations.models import Article
from tests.e2e.reader import Reader
from tests.people import TEXT

SELECTED = [
    (0, "Überschrift"),
    (0, "👩‍👩‍👧‍👦"),
    (0, "a 👩‍👩‍👧‍👦 family & <b>tags</b>"),
    (1, "🇰🇷"),
    (1, "𝒷𝒸 stand"),
    (1, "cafe\u0301"),
    (1, "nai\u0308ve and e\u0301\u0323"),
    (2, "وزارة الدفاع"),
    (2, "القوات أزالت 1,200 لغم"),
    (3, "הביטחון מסר"),
    (4, "𠮷野家の報道"),
    (4, "土曜日"),
    (5, "5\u00a0000\u00a0€, \ttabs and  two"),
    (5, "“quoted”"),
]
"""Blocks of the article of many scripts, and words in them."""


def text_of(article: Article) -> str:
    assert article.revision is not None
    return article.revision.text


@pytest.mark.parametrize("backward", [False, True])
def test_dragging_over_words_sends_exactly_them(backward: bool, mixed: Article, mixed_reader: Reader) -> None:
    found = []
    for block, words in SELECTED:
        mixed_reader.drag((block, words), (block, words), backward=backward)
        chosen = mixed_reader.chosen()
        found.append((block, chosen["exact"], text_of(mixed)[chosen["start"] : chosen["end"]]))
        mixed_reader.page.keyboard.press("Escape")
        expect(mixed_reader.composer).to_be_hidden()

    assert found == [(block, words, words) for block, words in SELECTED]


@pytest.mark.parametrize("backward", [False, True])
def test_dragging_across_blocks_sends_only_the_ends(backward: bool, mixed: Article, mixed_reader: Reader) -> None:
    mixed_reader.drag((1, "nai\u0308ve"), (3, "הביטחון"), backward=backward)

    chosen = mixed_reader.chosen()
    text = text_of(mixed)
    assert chosen["exact"] is None
    assert (
        text[chosen["start"] : chosen["end"]]
        == text[text.index("nai\u0308ve") : text.index("הביטחון") + len("הביטחון")]
    )


@pytest.mark.parametrize(
    ("block", "inside", "word"), [(1, "stand", "stand"), (3, "מסר", "מסר"), (1, "fe\u0301", "cafe\u0301")]
)
def test_double_click_sends_the_word(block: int, inside: str, word: str, mixed: Article, mixed_reader: Reader) -> None:
    x, y = mixed_reader.place(block, inside)

    mixed_reader.page.mouse.dblclick(x + 4 if block != 3 else x - 4, y)

    chosen = mixed_reader.chosen()
    assert chosen["exact"] == word
    assert text_of(mixed)[chosen["start"] : chosen["end"]] == word


def test_triple_click_sends_the_whole_block_and_nothing_of_the_next(mixed: Article, mixed_reader: Reader) -> None:
    x, y = mixed_reader.place(3, "הביטחון")

    mixed_reader.page.mouse.click(x - 3, y, click_count=3)

    chosen = mixed_reader.chosen()
    assert chosen["exact"] == "משרד הביטחון מסר כי הכוחות פינו את המוקשים."
    assert text_of(mixed)[chosen["start"] : chosen["end"]] == chosen["exact"]


def test_spaces_at_both_ends_are_left_out(reader: Reader) -> None:
    reader.drag((1, " thousands of troops "), (1, " thousands of troops "))

    assert reader.chosen()["exact"] == "thousands of troops"


def test_selection_in_annotated_text_counts_the_same(reader: Reader) -> None:
    for words in ("thousands of troops", "of troops abroad", "The country has sent thousands"):
        reader.select(1, words)
        reader.page.keyboard.press("a")
        reader.save()

    reader.drag((1, "sent thousands of"), (2, "We lost"))

    chosen = reader.chosen()
    assert TEXT[chosen["start"] : chosen["end"]] == TEXT[TEXT.index("sent thous") : TEXT.index("We lost") + 7]


def test_new_selection_moves_the_open_form_and_keeps_what_was_typed(reader: Reader) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")

    reader.drag((3, "Thousands of families"), (3, "Thousands of families"))

    expect(reader.composer.locator("[name=exact]")).to_have_value("Thousands of families")
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("A claim")


def test_click_beside_an_untouched_form_closes_it_but_never_one_with_text_in_it(reader: Reader) -> None:
    reader.select(1, "thousands of troops")
    reader.page.mouse.click(*reader.place(2, "hundred"))
    expect(reader.composer).to_be_hidden()

    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")
    reader.page.mouse.click(*reader.place(2, "hundred"))

    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("A claim")
    reader.page.keyboard.press("Escape")


def test_selecting_with_the_keyboard_alone(reader: Reader) -> None:
    page = reader.page
    page.locator("#text").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("a")

    assert reader.chosen()["exact"] == "Troops cleared"
    expect(reader.composer.get_by_label("Claim", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#text")).to_be_focused()
    assert page.evaluate("getSelection().toString()").strip() == "Troops cleared"

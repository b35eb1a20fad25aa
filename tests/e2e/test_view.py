"""Looking at the article: the legend that filters, ruler, block numbers, the text alone, links to places."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Annotation, Article, Desk
from tests.e2e.reader import Reader, soon
from tests.e2e.test_accessibility import objections
from tests.factories import annotate, import_text
from tests.people import TEXT, People

PAINTED = """(mark) => {
    const style = getComputedStyle(mark);
    return [style.backgroundSize.split(", ").at(-1), style.backgroundImage];
}"""


def choose(page: Page, name: str, *, ticked: bool) -> None:
    view = page.get_by_role("button", name="View", exact=True)
    view.click()
    page.get_by_label(name, exact=True).set_checked(ticked)
    view.click()


def dashes_without_tint(page: Page, words: str) -> str:
    """How the dashes under a mark are painted, whose tint has no height: it looks like plain text."""
    height, dashes = page.locator("mark", has_text=words).evaluate(PAINTED)
    assert "* 0" in height or "0px" in height or height.endswith(" 0%"), height
    return str(dashes)


@pytest.mark.parametrize("javascript", [True, False])
def test_legend_hides_what_is_in_a_state(
    javascript: bool, two: tuple[Annotation, Annotation], open_page: Callable[..., Page]
) -> None:
    page = open_page(f"/articles/{two[0].article_id}/", java_script_enabled=javascript)
    expect(page.locator(".card")).to_have_count(2)

    choose(page, "Open", ticked=False)

    expect(page.locator(f"#card-{two[0].pk}")).to_be_hidden()
    expect(page.locator(f"#card-{two[1].pk}")).to_be_visible()
    if javascript:
        lines = dashes_without_tint(page, "thousands")
        assert "2px" not in lines.split("linear-gradient")[1], lines
        page.keyboard.press("]")
        expect(page.locator(".card[aria-current] .said")).to_have_text('"We lost nine,"')
        page.keyboard.press("]")
        expect(page.locator(".card[aria-current] .said")).to_have_text('"We lost nine,"')
    choose(page, "Open", ticked=True)
    expect(page.locator(f"#card-{two[0].pk}")).to_be_visible()


def test_ruler_leads_to_the_annotations_and_grows_with_them(
    two: tuple[Annotation, Annotation], open_page: Callable[..., Page]
) -> None:
    reader = Reader(open_page(f"/articles/{two[0].article_id}/"))
    ruler = reader.page.get_by_role("navigation", name="Where the annotations are")
    place = round(100 * (TEXT.index("thousands") * 40 // len(TEXT)) / 40)
    expect(ruler.get_by_role("link")).to_have_count(2)
    expect(ruler.get_by_role("link", name=f"1 open at {place} %")).to_have_attribute("href", f"#s{two[0].start}")

    ruler.get_by_role("link").first.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("mark:target")).to_have_text("thousands of troops")
    reader.select(3, "families wait")
    reader.page.keyboard.press("a")
    reader.save()

    expect(ruler.get_by_role("link")).to_have_count(3)


def test_block_numbers_and_text_alone(two: tuple[Annotation, Annotation], open_page: Callable[..., Page]) -> None:
    page = open_page(f"/articles/{two[0].article_id}/")
    number = 'getComputedStyle(document.getElementById("b2"), "::before").content'
    assert page.evaluate(number) == "none"

    choose(page, "Block numbers", ticked=True)
    choose(page, "Text only", ticked=True)

    assert page.evaluate(number) == "counter(block)"
    assert page.locator("#text .block").all_text_contents() == TEXT.split("\n\n")
    expect(page.locator("#beside")).to_be_hidden()
    assert page.locator("mark").first.evaluate("(mark) => getComputedStyle(mark).backgroundImage") == "none"
    choose(page, "Text only", ticked=False)
    expect(page.locator("#beside")).to_be_visible()


def test_address_of_an_annotation_a_range_and_a_block(
    two: tuple[Annotation, Annotation], open_page: Callable[..., Page]
) -> None:
    path = f"/articles/{two[0].article_id}/"
    reader = Reader(open_page(f"{path}#a-{two[1].pk}"))
    expect(reader.current.locator(".said")).to_have_text('"We lost nine,"')

    start = TEXT.index("Thousands of families")
    reader.page.goto(f"{path}#range={start}-{start + 21}")
    expect(reader.page.locator("#spoken")).to_have_text("Selected: Thousands of families")
    assert reader.page.evaluate("getSelection().toString()") == "Thousands of families"
    reader.page.goto(f"{path}#b3")
    expect(reader.page.locator("#b3:target")).to_be_in_viewport()


def test_link_to_a_place_is_copied(two: tuple[Annotation, Annotation], open_page: Callable[..., Page]) -> None:
    path = f"/articles/{two[0].article_id}/"
    reader = Reader(open_page(path, permissions=["clipboard-read", "clipboard-write"]))
    reader.page.keyboard.press("]")
    reader.page.keyboard.press("y")
    expect(reader.page.locator("#spoken")).to_have_text("Link copied.")
    copied_is(reader.page, f"{path}#a-{two[0].pk}")

    reader.select(1, "abroad")
    expect(reader.page.locator("#spoken")).to_contain_text("Selected: abroad")
    reader.page.keyboard.press("y")
    expect(reader.page.locator("#spoken")).to_have_text("Link copied.")

    start = TEXT.index("abroad")
    copied_is(reader.page, f"{path}#range={start}-{start + 6}")


def copied_is(page: Page, ending: str) -> None:
    """Soon: the browser writes to the clipboard after it was told to."""
    copied = "navigator.clipboard.readText()"
    soon(page, lambda: page.evaluate(copied)[-len(ending) :], ending)


def test_annotation_beyond_the_loaded_cards_is_found_by_its_address(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    made = [annotate(article, people.checker, TEXT[at : at + 5]) for at in range(60, 120)]

    reader = Reader(open_page(f"/articles/{article.pk}/#a-{made[-1].pk}"))

    expect(reader.current).to_have_id(f"card-{made[-1].pk}")


@pytest.mark.parametrize("words", ["Thousands of families wait.", "roops cleare", 'lost nine," the leader', "agencies"])
def test_link_to_the_original_shows_the_words_there(
    words: str, article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    """Chromium itself says whether the address leads to the words: only then it scrolls."""
    article.canonical_url = "https://news.example/story"
    article.save(update_fields=["canonical_url"])
    made = annotate(article, people.checker, words)
    page = open_page(f"/articles/{article.pk}/#a-{made.pk}")
    paragraphs = "".join(f"<p>{each}</p>" for each in TEXT.split("\n\n"))
    far = "<div style='height:300vh'></div>"

    def publish(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f"<!doctype html><meta charset=utf-8>{far}{paragraphs}{far}")

    page.context.route("https://news.example/**", publish)
    link = page.locator(".card[aria-current]").get_by_role("link", name="In the original")
    with page.context.expect_page() as opened:
        link.click()

    soon(opened.value, lambda: opened.value.evaluate("scrollY > 500"), True)


@pytest.mark.parametrize("width", [390, 1400])
def test_axe_objects_to_nothing(width: int, two: tuple[Annotation, Annotation], open_page: Callable[..., Page]) -> None:
    page = open_page(f"/articles/{two[0].article_id}/", viewport={"width": width, "height": 800})
    page.get_by_role("button", name="View", exact=True).click()
    found = objections(page)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.get_by_label("Block numbers").check()
    page.get_by_label("Text only").check()
    found += objections(page)

    assert (found, wide) == ([], False)


@pytest.mark.parametrize("javascript", [True, False])
def test_colours_stand_for_what_was_chosen_and_the_legend_hides_one(
    javascript: bool, article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    agencies = annotate(article, people.checker, "thousands of troops", terms=["intelligence-sourced"])
    media = annotate(article, people.checker, "gave no evidence", terms=["state-media"])
    page = open_page(f"/articles/{article.pk}/", java_script_enabled=javascript)

    choose(page, "State media", ticked=False)
    expect(page.locator(f"#card-{media.pk}")).to_be_hidden()
    expect(page.locator(f"#card-{agencies.pk}")).to_be_visible()
    if javascript:
        dashes_without_tint(page, "gave no")

    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="State", exact=True).click()

    expect(page.locator(".card.k1")).to_have_count(2)
    expect(page.locator("mark.l0c1")).to_have_count(2)
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_role("button", name="State", exact=True, pressed=True)).to_be_visible()


def test_legend_gets_a_colour_with_its_first_mark_and_stays_as_it_is_ticked(
    article: Article, people: People, open_page: Callable[..., Page]
) -> None:
    annotate(article, people.checker, "thousands of troops")
    page = open_page(f"/articles/{article.pk}/", people.reviewer)
    choose(page, "No colour", ticked=False)
    page.get_by_role("button", name="View", exact=True).click()
    expect(page.get_by_label("No colour", exact=True)).to_be_visible()
    expect(page.get_by_label("State media", exact=True)).to_be_hidden()

    made = annotate(article, people.checker, "gave no evidence", terms=["state-media"])
    page.evaluate("document.dispatchEvent(new CustomEvent('live-changed'))")

    expect(page.get_by_label("State media", exact=True)).to_be_checked()
    expect(page.get_by_label("State media", exact=True)).to_be_visible()
    expect(page.get_by_label("No colour", exact=True)).not_to_be_checked()
    page.get_by_label("State media", exact=True).uncheck()
    expect(page.locator(f"#card-{made.pk}")).to_be_hidden()


def test_numbers_of_many_blocks_stand_on_one_line(desk: Desk, people: People, open_page: Callable[..., Page]) -> None:
    long = import_text(desk, people.checker, "\n\n".join(f"Sentence number {each} is here." for each in range(120)))
    page = open_page(f"/articles/{long.pk}/")

    choose(page, "Block numbers", ticked=True)

    heights = page.evaluate(
        "['b1', 'b10', 'b110'].map((id) => getComputedStyle(document.getElementById(id), '::before').blockSize)"
    )
    assert heights == [heights[0]] * 3

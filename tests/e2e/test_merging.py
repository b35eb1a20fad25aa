"""Two people edit one card in two browsers: other fields are merged, the same field is chosen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Annotation, Article
from tests.e2e.test_accessibility import objections
from tests.factories import annotate
from tests.people import People


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_both_edit_and_the_second_one_chooses(
    has_script: bool, open_page: Callable[..., Page], article: Article, people: People, complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "nine", claim="Nine died.")
    path = f"/annotations/{made.pk}/edit/"
    mine = open_page(path, java_script_enabled=has_script)
    theirs = open_page(path, people.checker2, java_script_enabled=has_script)
    theirs.get_by_label("Claim", exact=True).fill("Nine fell.")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Annotation changed.")).to_be_visible()
    mine.get_by_label("Claim", exact=True).fill("Nine were killed.")
    mine.get_by_role("button", name="Save").click()

    group = mine.get_by_role("group", name="Claim")
    expect(group).to_contain_text("Nine fell.")
    expect(group.get_by_label("Yours")).to_be_checked()
    expect(mine.get_by_label("Claim", exact=True)).to_have_value("Nine were killed.")
    if has_script:
        assert objections(mine) == []
    group.get_by_label("Yours").focus()
    mine.keyboard.press("ArrowRight")
    mine.get_by_role("button", name="Save").click()

    expect(mine.get_by_text("Annotation changed.")).to_be_visible()
    assert Annotation.objects.get().claim == "Nine fell."
    assert ["412" in each for each in complaints] == [True]
    complaints.clear()


def test_panel_beside_the_text_shows_both(
    open_page: Callable[..., Page], article: Article, people: People, complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "nine", claim="Nine died.")
    mine = open_page(f"/articles/{article.pk}/#card-{made.pk}", viewport={"width": 390, "height": 800})
    mine.locator(f"#a-{made.pk}").click()
    mine.get_by_role("link", name="Edit", exact=True).click()
    editor = mine.locator("#editor")
    editor.get_by_label("Claim", exact=True).fill("Nine were killed.")
    theirs = open_page(f"/annotations/{made.pk}/edit/", people.checker2)
    theirs.get_by_label("Claim", exact=True).fill("Nine fell.")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_text("Annotation changed.")).to_be_visible()

    editor.get_by_role("button", name="Save").click()

    expect(editor.get_by_role("group", name="Claim")).to_contain_text("Nine fell.")
    assert objections(mine) == []
    editor.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Annotation changed.")).to_be_visible()
    assert Annotation.objects.get().claim == "Nine were killed."
    complaints.clear()

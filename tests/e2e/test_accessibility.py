"""axe finds nothing to object to, on any page, in light and dark; nothing overflows a narrow or enlarged window."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from annotations.core.states import ArticleState
from annotations.models import Annotation, Article, Desk
from annotations.services.comments import add_comment
from annotations.services.members import deactivate_member
from annotations.services.tokens import create_token
from annotations.services.vocabularies import retire_term
from tests.e2e.reader import Reader
from tests.factories import annotate
from tests.people import People
from tests.states import article_at

WIDTHS = (720, 390, 320)
"""Pixels: a laptop at 200 % zoom, a telephone, a laptop at 400 % zoom."""

AXE = (Path(inspect.getfile(axe_playwright_python)).parent / "axe.min.js").read_text(encoding="utf-8")
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""All of axe's rules that look at colours: the others find in dark what they find in light."""

PATHS = [
    "/",
    "/articles/",
    "/articles/?q=nothing",
    "/articles/new/",
    "/articles/{article}/",
    "/articles/{article}/overview/",
    "/articles/{article}/annotate/",
    "/articles/{article}/edit/",
    "/articles/{article}/revisions/",
    "/annotations/several/?article={article}",
    "/annotations/{annotation}/",
    "/annotations/{annotation}/edit/",
    "/annotations/{annotation}/range/",
    "/annotations/{annotation}/evidence/",
    "/annotations/{annotation}/attributions/",
    "/annotations/{annotation}/links/",
    "/annotations/{annotation}/withdraw/",
    "/desks/demo/settings/",
    "/desks/demo/overview/",
    "/search/",
    "/search/?q=troops",
    "/accounts/password/",
    "/accounts/tokens/",
    "/accounts/tokens/{token}/revoke/",
]
OF_ADMINISTRATORS = [
    "/desks/demo/settings/",
    "/desks/demo/vocabularies/origin/",
    "/desks/demo/vocabularies/verdict/",
    "/desks/demo/terms/state-media/",
    "/desks/demo/members/",
    "/desks/demo/members/new/",
    "/members/{membership}/",
    "/members/{membership}/deactivate/",
]


def objections(page: Page) -> list[str]:
    """What axe objects to, in light and dark.

    Its script cannot come in as a <script>: the content security policy forbids that.
    """
    if not page.evaluate("'axe' in window"):
        page.context.add_init_script(AXE)  # the pages that follow have it at once
        page.evaluate(f"() => {{ {AXE} }}")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark, {each}" for each in violations(page, OF_COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Of these rules, or of all that axe has switched on."""
    run = "async (rules) => (await axe.run(rules ? {runOnly: rules} : {})).violations"
    found: list[dict[str, Any]] = page.evaluate(run, rules)
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.fixture
def annotation(article: Article, people: People) -> Annotation:
    made = annotate(
        article,
        people.checker,
        "thousands of troops",
        claim="Thousands were sent.",
        terms=["intelligence-sourced", "quantity", "single-source"],
        assignee="checker",
    )
    annotate(article, people.checker, "has sent thousands of troops abroad", terms=["state-media"])
    add_comment(annotation_id=made.pk, actor=people.checker2, text="Which agencies?")
    return made


@pytest.fixture
def ids(article: Article, annotation: Annotation, people: People) -> dict[str, UUID]:
    """What the paths name; some of the desk's terms and members are retired, so that the pages show all they can."""
    bring_about_former_things(article.desk, people)
    return {
        "article": article.pk,
        "annotation": annotation.pk,
        "token": create_token(user=people.checker, name="Nightly import")[0].pk,
        "membership": article.desk.memberships.get(user=people.reviewer).pk,
    }


def bring_about_former_things(desk: Desk, people: People) -> None:
    term = desk.terms.get(key="fabricated")
    retire_term(term_id=term.pk, actor=people.admin, seen_version=1)
    deactivate_member(membership_id=desk.memberships.get(user=people.reviewer2).pk, actor=people.admin)


def test_axe_objects_to_no_page(ids: dict[str, UUID], open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    found = {}
    for path in PATHS:
        page.goto(path.format(**ids))
        found[path] = objections(page)

    assert {path: each for path, each in found.items() if each} == {}


def test_axe_objects_to_no_page_of_administrators(
    ids: dict[str, UUID], people: People, open_page: Callable[..., Page]
) -> None:
    page = open_page("/", people.admin)
    found = {}
    for path in OF_ADMINISTRATORS:
        page.goto(path.format(**ids))
        found[path] = objections(page)
    page.goto("/desks/demo/vocabularies/origin/")
    page.get_by_role("button", name="down").first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    found["changed"] = objections(page)
    page.goto("/accounts/tokens/")
    page.get_by_label("Name", exact=True).fill("Script")
    page.get_by_role("button", name="Make token").click()
    expect(page.get_by_role("heading", name="Key of the new token")).to_be_visible()
    found["key"] = objections(page)

    assert {path: each for path, each in found.items() if each} == {}


def test_axe_objects_to_nothing_that_opens_on_the_annotation_page(
    article: Article, annotation: Annotation, open_page: Callable[..., Page]
) -> None:
    reader = Reader(open_page(f"/articles/{article.pk}/#card-{annotation.pk}"))
    expect(reader.current.locator(".more")).to_be_visible()
    with_card = objections(reader.page)
    reader.select(3, "Thousands of families")
    for fold in reader.composer.locator("summary:visible").all():
        fold.click()
    with_composer = objections(reader.page)
    reader.page.keyboard.press("Escape")
    reader.current.get_by_role("link", name="Range").click()
    expect(reader.editor).to_be_visible()
    with_editor = objections(reader.page)

    assert (with_card, with_composer, with_editor) == ([], [], [])


def test_login_and_missing_pages_are_accessible_too(open_page: Callable[..., Page], complaints: list[str]) -> None:
    page = open_page("/nowhere/")
    missing = objections(page)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    complaints.clear()

    assert (missing, objections(page)) == ([], [])


def test_nothing_is_wider_than_the_window(ids: dict[str, UUID], people: People, open_page: Callable[..., Page]) -> None:
    wide = []
    for user, paths in ((people.checker, PATHS), (people.admin, OF_ADMINISTRATORS)):
        page = open_page("/", user, viewport={"width": WIDTHS[-1], "height": 800})
        for path in paths:
            page.goto(path.format(**ids))
            wide += [(path, width) for width in WIDTHS if overflows(page, width)]

    assert wide == []


def overflows(page: Page, width: int) -> bool:
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function("(width) => innerWidth === width", arg=width)
    found: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found


def test_axe_objects_to_no_public_page(article: Article, people: People, open_page: Callable[..., Page]) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    page = open_page(f"/p/{article.pk}/")

    expect(page.get_by_role("link", name="nine")).to_be_visible()
    assert objections(page) == []


def test_longest_words_fit_a_window_of_320_pixels(article: Article, open_page: Callable[..., Page]) -> None:
    page = open_page(f"/articles/{article.pk}/", viewport={"width": 320, "height": 700}, locale="uk-UA")
    page.get_by_role("button", name="Вигляд", exact=True).click()
    expect(page.get_by_role("group", name="Які позначки показувати")).to_be_visible()

    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_landmarks_and_skip_link_lead_to_the_content(open_page: Callable[..., Page], article: Article) -> None:
    page = open_page(f"/articles/{article.pk}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()

    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()
    expect(page.get_by_role("region", name="Text of the article")).to_be_visible()
    expect(page.get_by_role("complementary", name="Annotations")).to_be_visible()


def test_page_of_a_refused_form_opens_at_what_is_wrong(
    ids: dict[str, UUID], people: People, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = open_page("/desks/demo/vocabularies/origin/", people.admin, java_script_enabled=False)
    page.get_by_label("Name", exact=True).fill("No key")
    page.get_by_role("button", name="Add term").click()
    wrong = page.get_by_label("Key", exact=True)
    expect(wrong).to_be_focused()
    expect(wrong).to_be_in_viewport()
    expect(wrong).to_have_accessible_description(re.compile("Fill this in"))

    page = open_page("/articles/new/")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("alert")).to_be_focused()
    complaints.clear()  # Chromium reports the refusals

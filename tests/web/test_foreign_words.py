"""Words of other people inside of the interface: each in its own direction, and in its language where that is known."""

import re

from django.test import Client
from lxml import html

from annotations.models import Annotation, Article, Desk, Term, User, Vocabulary
from tests.people import People
from tests.web.conftest import HTMX
from tests.web.test_access import address
from tests.web.test_marked_texts import PANELS, ROUTES, everything

__all__ = ["everything"]

FOREIGN = re.compile(r"^[^A-Za-z]*[\u0600-\u06ff][^A-Za-z]*$")
"""Arabic words alone: inside of a sentence of ours they stand between its quotation marks."""

TITLE = "ألغام في الحقول"
CONTROLS = {"title", "option", "select", "textarea", "input", "button", "svg"}
"""Nothing can be marked in a page's title; browsers and drawings set the other ones by themselves."""


def arabic_desk(article: Article) -> None:
    """Everything that can be renamed is named in Arabic, and the article is said to be."""
    Article.objects.filter(pk=article.pk).update(title=TITLE, byline="كاتبة", outlet="صحيفة", language="ar")
    Desk.objects.update(name="مكتب")
    Term.objects.update(name="مصطلح", description="وصف")
    Vocabulary.objects.update(name="مفردات", description="شرح")
    User.objects.update(first_name="ليلى", last_name="حداد")


def holding(page: str, words: re.Pattern[str]) -> list[html.HtmlElement]:
    """The elements with such words of their own."""
    found = []
    for element in html.fromstring(page).iter():
        if isinstance(element.tag, str) and not any(
            each.tag in CONTROLS for each in [element, *element.iterancestors()]
        ):
            own = [element.text or "", *(child.tail or "" for child in element)]
            found += [element] if words.search(" ".join(own)) else []
    return found


def without_direction(page: str) -> list[str]:
    return [
        html.tostring(each, encoding="unicode")[:120]
        for each in holding(page, FOREIGN)
        if not any(above.get("dir") == "auto" or above.tag == "bdi" for above in [each, *each.iterancestors()])
    ]


def without_language(page: str, words: str) -> list[str]:
    return [
        html.tostring(each, encoding="unicode")[:120]
        for each in holding(page, re.compile(re.escape(words)))
        if next((above.get("lang") for above in [each, *each.iterancestors()] if above.get("lang")), "") != "ar"
    ]


def test_words_of_other_people_have_a_direction_of_their_own(
    article: Article, annotation: Annotation, everything: Client
) -> None:
    arabic_desk(article)

    pages = {name: everything.get(address(name, article, annotation), follow=True) for name in ROUTES}
    pages |= {name: everything.get(address(name, article, annotation), headers=HTMX) for name in PANELS}

    found = {(name, row) for name, page in pages.items() for row in without_direction(page.content.decode() or "<p>")}
    assert sorted(found) == []


def test_words_of_an_article_are_said_to_be_in_its_language(
    article: Article, annotation: Annotation, everything: Client
) -> None:
    arabic_desk(article)

    pages = {name: everything.get(address(name, article, annotation), follow=True).content.decode() for name in ROUTES}

    assert sum(len(holding(page, re.compile(TITLE))) for page in pages.values()) > 10
    found = {name: without_language(page, TITLE) for name, page in pages.items()}
    assert {name: rows for name, rows in found.items() if rows} == {}
    quotes = html.fromstring(pages["article"]).xpath("//p[contains(@class, 'said')]")
    assert {each.get("lang") for each in quotes} == {"ar"}


def test_quotes_are_said_to_be_in_the_language_of_the_article(
    article: Article, annotation: Annotation, everything: Client
) -> None:
    arabic_desk(article)
    Annotation.objects.filter(pk=annotation.pk).update(claim="")

    pages = {name: everything.get(address(name, article, annotation), follow=True).content.decode() for name in ROUTES}
    pages |= {
        name: everything.get(address(name, article, annotation), headers=HTMX).content.decode() for name in PANELS
    }

    del pages["article-changes"]  # blocks, for a place in the text, which says its language
    found = {name: without_language(page or "<p>", annotation.exact) for name, page in pages.items()}
    assert {name: rows for name, rows in found.items() if rows} == {}


def test_article_without_a_language_is_not_said_to_have_one(article: Article, people: People, checker: Client) -> None:
    Article.objects.filter(pk=article.pk).update(language="")

    page = checker.get("/articles/").content.decode()

    assert [each.get("lang") for each in html.fromstring(page).xpath("//a[contains(@class, 'row-title')]")] == [None]


def test_words_without_a_direction_would_be_found() -> None:
    assert len(without_direction(f"<p>{TITLE}<span dir='auto'>{TITLE}</span><bdi>{TITLE}</bdi></p>")) == 1
    assert len(without_language(f"<p lang='en'>{TITLE}<span lang='ar'>{TITLE}</span></p>", TITLE)) == 1

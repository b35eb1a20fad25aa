"""Every page, in a language that puts every text into brackets: what stands outside of them was never marked."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils.translation import trans_real
from lxml import html

from annotations.core.drafts import AttributionDraft, LinkKind
from annotations.core.states import AnnotationState, Role
from annotations.models import Annotation, Article, User
from annotations.services.comments import add_comment
from annotations.services.desks import set_membership
from annotations.services.evidence import add_attribution, add_link
from tests.factories import annotate
from tests.people import People
from tests.states import annotation_at
from tests.web.conftest import HTMX
from tests.web.test_access import MOVES, NAMES, OF_IDENTITY, POST_ONLY, address

WORDS = re.compile(r"[^\W\d_]{2,}")
EDGES = " \n\t.,:;·–—…/()“”\"'→←"
SEPARATOR = re.compile(r" · |, | … |: |; |\n")
SHOWN = ("aria-label", "title", "placeholder", "alt")
SKIPPED = {"script", "style", "code", "kbd"}
NAMED = set(
    re.findall(
        r"\w+",
        "https Factcheck English Українська Deutsch ClaimReview AVeriTeC SHA Enter Alt Shift JSON Lines CSV Web "
        "Annotation UIMA CAS TEI Prodigy brat doccano Label Studio jsonl csv web annotation uima cas tei prodigy "
        "label studio",
    )
)
"""Names of programs, formats, languages and keys: the same in every language."""

ELSEWHERE = MOVES | OF_IDENTITY | POST_ONLY | {"evidence-file", "webhook", "article-text", "article-source", "events"}
"""Not pages, or pages that the test below asks for in another way."""

ROUTES = [name for name in NAMES if name not in ELSEWHERE | {"logout", "set-language", "login", "public-article"}]


PANELS = ["edit-annotation", "resize-annotation", "withdraw-annotation", "add-evidence", "add-link", "card"]


class Brackets:
    """A translation that only shows that it was asked."""

    def gettext(self, text: str) -> str:
        return f"⟦{text.rsplit(trans_real.CONTEXT_SEPARATOR, 1)[-1]}⟧"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def to_language(self) -> str:
        return "xx"


@pytest.fixture(autouse=True)
def in_brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = getattr(trans_real._active, "value", None)
    monkeypatch.setattr(trans_real, "translation", lambda _language: Brackets())
    yield
    trans_real._active.value = before


@pytest.fixture
def everything(article: Article, annotation: Annotation, people: People, as_user: Callable[[User], Client]) -> Client:
    """Somebody with every role, in front of an article on which there is something of every kind."""
    set_membership(desk=article.desk, user=people.checker, roles=list(Role))
    other = annotation_at(AnnotationState.RETURNED, article, people)
    annotation_at(AnnotationState.PROPOSED, article, people, "gave no evidence")
    annotate(article, people.checker2, "Thousands of families", assignee="checker", note="For later")
    source = AttributionDraft(source="The ministry", origin="state-media")
    add_attribution(annotation_id=annotation.pk, actor=people.checker, draft=source)
    add_link(annotation_id=annotation.pk, actor=people.checker, target_id=other.pk, kind=LinkKind.CONTRADICTS)
    add_comment(annotation_id=annotation.pk, actor=people.checker2, text="Ask the ministry")
    add_comment(annotation_id=annotation.pk, actor=people.checker2, text="Is it so?", kind="question", blocking=True)
    annotation.refresh_from_db()
    return as_user(people.checker)


def data() -> set[str]:
    """Every text of the database that is not one of a few: what people and vocabularies say, in their own words."""
    found: set[str] = set()
    for model in apps.get_app_config("annotations").get_models():
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        for row in model._default_manager.values_list(*names) if names else ():
            found.update(value.strip(EDGES) for value in row if value and value.strip())
    return found


def unmarked(page: str, known: set[str]) -> list[str]:
    """What can be read or heard on the page and is neither marked, nor data, nor a name."""
    tree = html.fromstring(page)
    spoken = [element.attrib[name] for element in tree.iter() for name in SHOWN if name in element.attrib]
    return [
        piece for text in ("".join(written(tree)), *spoken) for piece in outside(text) if not is_known(piece, known)
    ]


def written(element: html.HtmlElement) -> Iterator[str]:
    """The texts in their order; the article's own is left out."""
    is_text = "block" in element.attrib.get("class", "").split()
    if isinstance(element.tag, str) and element.tag not in SKIPPED and not is_text:
        yield f"{element.text or ''}\0"
        for child in element:
            yield from written(child)
    yield f"{element.tail or ''}\0"


def outside(text: str) -> Iterator[str]:
    """What stands outside of all brackets; they may hold elements, and each other."""
    depth, piece = 0, ""
    for letter in text:
        depth += (letter == "⟦") - (letter == "⟧")
        if depth or letter in "⟧\0":
            yield piece
            piece = ""
        else:
            piece += letter
    yield piece


def is_known(piece: str, known: set[str]) -> bool:
    words = piece.strip(EDGES)
    return is_data(words, known) or all(is_data(part.strip(EDGES), known) for part in SEPARATOR.split(words))


def is_data(words: str, known: set[str]) -> bool:
    """A text of the database, or a piece of a longer one; short pieces might be anybody's words."""
    if not set(WORDS.findall(words)) - NAMED or words in known:
        return True
    return len(words) > 11 and any(words in text for text in known)


def test_no_page_says_anything_that_is_not_marked(article: Article, annotation: Annotation, everything: Client) -> None:
    urls = {name: address(name, article, annotation) for name in ROUTES}

    pages = {name: everything.get(url, follow=True).content.decode() for name, url in urls.items()}

    known = data()
    assert all("⟦" in page for page in pages.values())
    assert {name: found for name, page in pages.items() if (found := unmarked(page, known))} == {}


def test_no_panel_says_anything_that_is_not_marked(
    article: Article, annotation: Annotation, everything: Client
) -> None:
    urls = {name: address(name, article, annotation) for name in PANELS}

    pages = {name: everything.get(url, headers=HTMX).content.decode() for name, url in urls.items()}

    known = data()
    assert {name: found for name, page in pages.items() if (found := unmarked(page, known))} == {}


@pytest.mark.parametrize("path", ["/accounts/login/", "/no-such-page/"])
def test_page_before_the_login_says_nothing_that_is_not_marked(path: str, client: Client, db: None) -> None:
    assert unmarked(client.get(path).content.decode(), set()) == []


def test_unmarked_words_would_be_found() -> None:
    page = '<p>⟦Marked <b>too⟧</b> · Plain<span title="Told"> Thousands of troops</span></p>'

    assert unmarked(page, {"Thousands of troops"}) == [" · Plain", "Told"]

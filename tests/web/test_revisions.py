"""Pages of revisions: new copy, what it changed, decisions, older texts, the way of an annotation."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation, Article, Placement, Revision, User
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at, article_at

NEW = "UPDATED: the ministry has answered.\n\n" + TEXT.replace("lost nine", "lost eleven")
AsUser = Callable[[User], Client]


def page(name: str, article: Article, *more: object) -> str:
    return reverse(f"annotations:{name}", args=(article.pk, *more))


def bring_in(client: Client, article: Article, text: str = NEW, **more: Any) -> Any:
    article.refresh_from_db()
    data = {"text": text.replace("\n", "\r\n"), "seen_version": article.version} | more
    return client.post(page("new-copy", article), data)


@pytest.fixture
def changed(article: Article, people: People, checker: Client) -> Annotation:
    annotation = annotation_at(AnnotationState.SIGNED_OFF, article, people, '"We lost nine,"')
    bring_in(checker, article)
    annotation.refresh_from_db()
    return annotation


def choose(client: Client, annotation: Annotation, choice: str, **more: Any) -> Any:
    annotation.refresh_from_db()
    data = {"choice": choice, "seen_version": annotation.version} | more
    return client.post(reverse("annotations:place-annotation", args=(annotation.pk,)), data)


def test_form_begins_with_the_current_text_to_the_letter(article: Article, checker: Client) -> None:
    tree = html.fromstring(checker.get(page("new-copy", article)).content)

    assert tree.xpath("//textarea[@name='text']")[0].text.removeprefix("\n") == TEXT


def test_new_copy_leads_to_what_it_changed(changed: Annotation, article: Article, checker: Client) -> None:
    revision = Revision.objects.get(number=2)
    source = checker.get(page("carry-over", article, 2)).content.decode()
    tree = html.fromstring(source)

    assert revision.text == NEW
    assert "0 unchanged, 0 moved, 1 changed, 0 gone. 1 annotation waits for your decision." in " ".join(
        tree.xpath("//p[@class='lead']")[0].text_content().split()
    )
    assert [each.text for each in tree.xpath("//div[@id='diff']/del")] == ["nine"]
    assert [each.text for each in tree.xpath("//div[@id='diff']/ins")] == [
        "UPDATED: the ministry has answered.\n\n",
        "eleven",
    ]
    assert [each.text for each in tree.xpath("//li[@data-case]//blockquote")] == [
        '"We lost nine,"',
        '"We lost eleven,"',
    ]


def test_diff_shows_both_texts_whole(changed: Annotation, article: Article, checker: Client) -> None:
    diff = html.fromstring(checker.get(page("carry-over", article, 2)).content).xpath("//div[@id='diff']")[0]
    old = "".join(diff.xpath(".//text()[not(parent::ins)]"))
    new = "".join(diff.xpath(".//text()[not(parent::del)]"))

    assert (old, new) == (TEXT, NEW)


def test_same_text_is_said_and_makes_nothing(article: Article, checker: Client) -> None:
    response = bring_in(checker, article, TEXT)

    assert response.status_code == 422
    assert "This is the text of revision 1 already. Nothing was changed." in response.content.decode()
    assert Revision.objects.count() == 1


def test_stale_form_is_refused_and_keeps_what_was_typed(article: Article, checker: Client) -> None:
    bring_in(checker, article)

    response = checker.post(page("new-copy", article), {"text": "Mine alone.", "seen_version": 1})

    assert response.status_code == 412
    assert "Somebody changed this article in the meantime" in response.content.decode()
    assert "Mine alone." in response.content.decode()


def test_file_and_address_at_once_are_refused(article: Article, checker: Client) -> None:
    file = SimpleUploadedFile("a.txt", b"Words.")

    response = bring_in(checker, article, file=file, url="https://example.org/")

    assert response.status_code == 422
    assert "Give the new copy in one way" in response.content.decode()


def test_uploaded_file_is_the_new_text(article: Article, checker: Client) -> None:
    bring_in(checker, article, file=SimpleUploadedFile("a.txt", b"Other words."))

    assert Revision.objects.get(number=2).text == "Other words."


def test_published_article_tells_who_can_bring_in_copy(article: Article, people: People, checker: Client) -> None:
    article_at(ArticleState.PUBLISHED, article, people)

    listed = checker.get(page("revisions", article)).content.decode()
    response = checker.get(page("new-copy", article))

    assert "Only the head of research can reopen." in listed
    assert (response.status_code, "Only the head of research can reopen." in response.content.decode()) == (403, True)


def test_decisions_lead_back_to_the_next_one(changed: Annotation, article: Article, checker: Client) -> None:
    response = choose(checker, changed, "accept")

    changed.refresh_from_db()
    assert response["Location"] == f"{page('carry-over', article, 2)}#main"
    assert changed.exact == '"We lost eleven,"'
    assert "Every decision is made." in checker.get(page("carry-over", article, 2)).content.decode()

    response = choose(checker, changed, "undo")
    assert response["Location"].endswith(f"#case-{changed.pk}")
    choose(checker, changed, "correct", exact="eleven")
    changed.refresh_from_db()
    assert changed.exact == "eleven"


def test_wrong_words_are_refused_with_a_sentence(changed: Annotation, checker: Client) -> None:
    response = choose(checker, changed, "correct", exact="not there at all")

    assert response.status_code == 422
    assert Placement.objects.get().decision == "pending"


def test_annotation_page_shows_its_way_and_what_to_do(changed: Annotation, article: Article, checker: Client) -> None:
    source = checker.get(reverse("annotations:annotation", args=(changed.pk,))).content.decode()

    assert f'href="{page("carry-over", article, 2)}#case-{changed.pk}"' in source
    assert "Its way through the revisions" in source
    assert "Signed off" in source


def test_article_page_says_how_many_wait_for_a_place(changed: Annotation, article: Article, checker: Client) -> None:
    assert "1 annotation waits" in checker.get(page("article", article)).content.decode()


def test_older_text_shows_its_annotations_as_they_were(changed: Annotation, article: Article, checker: Client) -> None:
    tree = html.fromstring(checker.get(page("older-text", article, 1)).content)

    assert [mark.text for mark in tree.xpath("//mark")] == ['"We lost nine,"']
    assert tree.xpath("//aside//li//span[contains(@class,'state')]/text()") == ["Signed off"]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_for_one_annotation_as_for_three(
    count: int,
    article: Article,
    people: People,
    checker: Client,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5])
    bring_in(checker, article, TEXT.replace("Troops", "Soldiers"))

    for name, number in (("carry-over", 2), ("older-text", 1)):
        with django_assert_max_num_queries(9):
            checker.get(page(name, article, number))

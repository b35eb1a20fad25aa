"""The annotation page: the text is exactly the text, marks lie where annotations lie, what is written stays text."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.core.drafts import AnnotationDraft, PlaceDraft
from annotations.core.states import Role
from annotations.models import Annotation, Article, Desk, Term, User
from annotations.queries.export_files import FORMATS
from annotations.services.annotations import create_annotation
from annotations.services.desks import set_membership
from annotations.services.moves import move_annotation
from annotations.web.views.reading import TEXT as TEXT_PLACE
from tests.factories import annotate, import_text
from tests.people import TEXT, People

Selector = Callable[[str], list[html.HtmlElement]]
NASTY = (
    "<script>alert(1)</script> & \"quotes\" 'too'\n\n"
    "👩‍👩‍👧‍👦 family, 🇺🇦 flag, cafe\u0301, مرحبا\u200f!, שלום, \u00a0non-breaking\ttab  two spaces\n\n"
    "朝鮮は土曜日、𠮷野家。\n\n- first <b>item</b>\n- second item"
)


def page(client: Client, article: Article, query: str = "") -> Selector:
    response = client.get(reverse("annotations:article", args=(article.pk,)) + query)
    assert response.status_code == 200
    tree = html.fromstring(response.content.decode())
    return lambda selector: tree.xpath(selector)


def blocks(find: Selector) -> list[html.HtmlElement]:
    return find("//*[contains(concat(' ', @class, ' '), ' block ')]")


def test_text_of_every_block_is_the_slice_it_says(desk: Desk, people: People, checker: Client) -> None:
    article = import_text(desk, people.checker, NASTY, title="Nasty")
    assert article.revision is not None
    text = article.revision.text
    for quote in ("script", "👧", "\u0301", "رح", "野家", "item</b>"):
        annotate(article, people.checker, quote)

    shown = blocks(page(checker, article))

    for element in shown:
        start = int(element.attrib["data-o"])
        words = element.text_content()
        assert text[start : start + len(words)] == words
    assert "".join("".join(element.text_content().split()) for element in shown) == "".join(text.split())


def test_list_items_stand_in_a_list(desk: Desk, people: People, checker: Client) -> None:
    article = import_text(desk, people.checker, NASTY, title="Nasty")

    find = page(checker, article)

    assert [item.getparent().tag for item in find("//li[contains(@class, 'list_item')]")] == ["ul", "ul"]


def test_overlapping_annotations_become_flat_segments_with_the_shortest_first(
    article: Article, people: People, checker: Client
) -> None:
    long = annotate(article, people.checker, "has sent thousands of troops abroad", terms=["state-media"])
    short = annotate(article, people.checker, "thousands of troops", terms=["intelligence-sourced"])

    marks = page(checker, article)("//mark")

    assert [(mark.text, mark.attrib["data-a"], mark.attrib["class"]) for mark in marks] == [
        ("has sent ", str(long.pk), "l0c7 l0o"),
        ("thousands of troops", f"{short.pk} {long.pk}", "l1c9 l1o l0c7 l0o"),
        (" abroad", str(long.pk), "l0c7 l0o"),
    ]
    assert [mark.attrib["id"] for mark in marks] == [f"s{TEXT.index(mark.text)}" for mark in marks]


def test_discontinuous_annotation_marks_only_its_parts(article: Article, people: People, checker: Client) -> None:
    first, second = TEXT.index("We lost nine,"), TEXT.index("in a hundred and twenty days.")
    parts = [(first, first + 13), (second, second + 29)]
    place = PlaceDraft(start=first, end=second + 29, fragments=parts)
    create_annotation(article_id=article.pk, actor=people.checker, draft=AnnotationDraft(place=place))

    find = page(checker, article)

    assert [mark.text for mark in find("//mark")] == ["We lost nine,", "in a hundred and twenty days."]
    assert find("//article")[0].attrib["data-parts"] == " ".join(f"{start}-{end}" for start, end in parts)


def test_withdrawn_annotation_is_neither_marked_nor_listed(
    annotation: Annotation, article: Article, people: People, checker: Client
) -> None:
    move_annotation(
        annotation_id=annotation.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Wrong"
    )

    find = page(checker, article)

    assert find("//mark") == []
    assert find("//article") == []
    assert "Nothing is annotated yet" in find("//*[@id='cards']")[0].text_content()


def test_text_shows_a_change_at_once_although_its_blocks_are_kept(
    desk: Desk, article: Article, people: People, checker: Client
) -> None:
    annotation = annotate(article, people.checker, "thousands of troops", terms=["state-media"])
    classes = [page(checker, article)("//mark/@class")]

    Term.objects.filter(desk=desk, key="state-media").update(colour=3)
    classes.append(page(checker, article)("//mark/@class"))
    move_annotation(
        annotation_id=annotation.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Wrong"
    )
    classes.append(page(checker, article)("//mark/@class"))

    assert classes == [["l0c7 l0o"], ["l0c3 l0o"], []]


def test_title_that_looks_like_the_place_of_the_text_is_shown_as_it_is(
    desk: Desk, people: People, checker: Client
) -> None:
    article = import_text(desk, people.checker, "A fact.", title=f"One {TEXT_PLACE} two")
    annotate(article, people.checker, "fact", claim=TEXT_PLACE)

    find = page(checker, article)

    assert find("//h1/text()") == [f"One {TEXT_PLACE} two"]
    assert len(find("//*[@id='b0']")) == 1


def test_person_who_may_not_annotate_sees_why_and_no_form(
    annotation: Annotation, article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    find = page(as_user(people.admin), article)

    assert [mark.text for mark in find("//mark")] == ["thousands of troops"]
    assert find("//*[@id='composer']") == []
    assert find("//*[@class='notice small']")[0].text == (
        "Only checkers, reviewers and the head of research can annotate articles."
    )


def test_everything_on_the_page_obeys_the_content_security_policy(
    annotation: Annotation, article: Article, checker: Client
) -> None:
    response = checker.get(reverse("annotations:article", args=(article.pk,)))
    source = response.content.decode()

    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    # JSON is data, which no browser runs.
    assert re.findall(r"<script(?![^>]* src=)", source) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", source) == []


def test_form_for_a_new_annotation_has_a_new_id_each_time_and_the_labels_and_people_of_now(
    desk: Desk, article: Article, people: People, checker: Client
) -> None:
    before = page(checker, article)
    Term.objects.filter(desk=desk, key="state-media").update(name="Media of a state")
    set_membership(desk=desk, user=people.nobody, roles=[Role.CHECKER])

    after = page(checker, article)

    assert (
        before("//*[@id='new-revision']/@value")
        == after("//*[@id='new-revision']/@value")
        == [str(article.revision_id)]
    )
    assert before("//*[@id='new-id']/@value") != after("//*[@id='new-id']/@value")
    assert "Media of a state" not in before("//*[@id='new-origin']/option/text()")
    assert "Media of a state" in after("//*[@id='new-origin']/option/text()")
    assert "nobody" not in before("//*[@id='new-assignee']/option/text()")
    assert "nobody" in after("//*[@id='new-assignee']/option/text()")


def test_text_that_looks_like_a_tag_stays_text(desk: Desk, people: People, as_user: Callable[[User], Client]) -> None:
    article = import_text(desk, people.checker, NASTY, title="</title><script>alert(2)</script>")
    annotate(article, people.checker, "<script>alert(1)</script>", claim="<img src=x>", note="<b>")

    source = as_user(people.checker).get(reverse("annotations:article", args=(article.pk,))).content.decode()

    assert "<script>alert" not in source
    assert "<img" not in source


@pytest.mark.django_db(transaction=True)
def test_annotations_can_be_taken_along_in_every_format(article: Article, people: People, checker: Client) -> None:
    annotate(article, people.checker, "thousands of troops")

    links = page(checker, article)("//a[@download and contains(@href, '/export/')]/@href")

    assert len(links) == len(FORMATS)
    for link in links:
        answer = checker.get(link)
        assert (answer.status_code, bool(b"".join(answer))) == (200, True), link  # type: ignore[arg-type]

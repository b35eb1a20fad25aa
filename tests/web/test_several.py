"""Several annotations at once: the list that can be narrowed, what is done to the ticked ones, the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.core.drafts import AnnotationChanges
from annotations.core.states import AnnotationState
from annotations.models import Annotation, Article, User
from annotations.services.annotations import edit_annotation
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at

PAGE = "/annotations/several/"
As = Callable[[User], Client]


def ticks(response: Any) -> dict[str, bool]:
    tree = html.fromstring(response.content)
    return {box.get("value"): box.get("checked") is not None for box in tree.xpath("//input[@name='chosen']")}


def tick(*annotations: Annotation) -> list[str]:
    return [f"{each.pk}:{each.version}" for each in annotations]


def undo_address(response: Any) -> str:
    tree = html.fromstring(response.content)
    return str(tree.xpath("//form[contains(@action, '/undo/')]/@action")[0])


@pytest.fixture
def two(article: Article, people: People) -> list[Annotation]:
    return [annotate(article, people.checker, quote, terms=["quantity"]) for quote in ("agencies", "nine")]


def test_shown_states_of_an_article_are_listed_in_text_order_and_all_ticked(
    two: list[Annotation], article: Article, people: People, checker: Client
) -> None:
    annotation_at(AnnotationState.PROPOSED, article, people, "leader")
    tree = html.fromstring(checker.get(f"/articles/{article.pk}/").content)
    assert tree.xpath("//input[@form='shown'][@value='open']/@name") == ["state"]

    shown = checker.get(PAGE, {"article": article.pk, "state": ["open", "returned"]})
    none = checker.get(PAGE, {"article": article.pk, "state": ["open"], "chosen": "none"})

    assert ticks(shown) == dict.fromkeys(tick(*two), True)
    assert list(ticks(shown)) == tick(*two)
    assert ticks(none) == dict.fromkeys(tick(*two), False)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"term": "event"}, ["nine"]),
        ({"author": "checker2"}, ["leader"]),
        ({"assignee": "reviewer"}, ["leader"]),
        ({"assignee": "-"}, ["agencies", "nine"]),
        ({"q": "AGENC"}, ["agencies"]),
        ({"desk": "demo", "term": "no-such-term"}, ["agencies", "nine", "leader"]),
        ({"state": "withdrawn"}, []),
    ],
)
def test_list_is_narrowed(
    asked: dict[str, str], found: list[str], article: Article, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "agencies")
    annotate(article, people.checker, "nine", terms=["event"])
    annotate(article, people.checker2, "leader", assignee="reviewer")

    response = checker.get(PAGE, asked)

    ids = [value.split(":")[0] for value in ticks(response)]
    assert sorted(Annotation.objects.filter(pk__in=ids).values_list("exact", flat=True)) == sorted(found)


def test_all_done_leads_back_with_an_undo(two: list[Annotation], checker: Client) -> None:
    done = checker.post(
        PAGE,
        {"action": "assign", "username": "checker2", "chosen": tick(*two), "back": "/?chosen=mine"},
        follow=True,
    )
    assert done.redirect_chain == [("/?chosen=mine", 302)]
    assert "2 annotations done." in done.content.decode()
    assert set(Annotation.objects.values_list("assignee__username", flat=True)) == {"checker2"}

    undone = checker.post(undo_address(done), follow=True)

    assert "2 annotations are as before." in undone.content.decode()
    assert set(Annotation.objects.values_list("assignee__username", flat=True)) == {None}


def test_cards_are_ticked_in_the_version_that_is_shown_and_the_way_back_leads_to_the_first(
    two: list[Annotation], article: Article, people: People, checker: Client
) -> None:
    page = html.fromstring(checker.get(f"/articles/{article.pk}/").content)
    boxes = page.xpath("//article//input[@name='chosen']")
    (form,) = page.xpath("//form[@id='several']")
    assert {(box.get("value"), box.get("form")) for box in boxes} == {(value, "several") for value in tick(*two)}
    (back,) = form.xpath("input[@name='back']/@value")

    done = checker.post(PAGE, {"action": "add_term", "term": "event", "chosen": tick(two[1]), "back": back})
    undone = checker.post(undo_address(checker.get("/")))

    place = f"/articles/{article.pk}/#card-{two[1].pk}"
    assert (done["Location"], undone["Location"]) == (place, place)


def test_bar_beside_the_text_offers_labels_and_people_but_no_verdicts(
    two: list[Annotation], article: Article, people: People, as_user: As
) -> None:
    page = html.fromstring(as_user(people.reviewer).get(f"/articles/{article.pk}/").content)

    (form,) = page.xpath("//form[@id='several']")
    assert {"event", "quantity"} <= set(form.xpath(".//select[@name='term']/option/@value"))
    assert "accurate" not in form.xpath(".//select[@name='term']/option/@value")
    assert "checker2" in form.xpath(".//select[@name='username']/option/@value")
    assert form.xpath(".//button[@name='action']/@value") == [
        "assign",
        "release",
        "add_term",
        "remove_term",
        "approve",
        "return",
        "withdraw",
    ]


def test_refused_ones_are_named_with_their_sentence(article: Article, people: People, as_user: As) -> None:
    proposed = annotation_at(AnnotationState.PROPOSED, article, people, "nine")
    open_one = annotate(article, people.checker, "leader", claim="The leader said so.")

    response = as_user(people.reviewer).post(PAGE, {"action": "approve", "chosen": tick(proposed, open_one)})

    source = response.content.decode()
    assert response.status_code == 200
    assert "1 annotation done. 1 was refused." in source
    assert "This annotation is open, so nobody can approve now." in source
    assert "The leader said so." in source
    assert Annotation.objects.get(pk=proposed.pk).state == "signed_off"


def test_nothing_done_is_a_conflict(two: list[Annotation], people: People, as_user: As) -> None:
    response = as_user(people.reviewer).post(PAGE, {"action": "approve", "chosen": tick(*two)})

    assert response.status_code == 409
    assert "0 annotations done. 2 were refused." in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"action": "withdraw", "return_reason": "Wrong field"}, "Give a reason, so that the others understand."),
        ({"action": "assign"}, "Say who shall work on them."),
        ({"action": "add_term"}, "Choose the term."),
    ],
)
def test_missing_words_are_asked_for_and_the_choice_is_kept(
    sent: dict[str, str], sentence: str, two: list[Annotation], article: Article, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "leader")

    response = checker.post(PAGE, {**sent, "chosen": tick(*two)})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert ticks(response) == dict.fromkeys(tick(*two), True)
    assert set(Annotation.objects.values_list("version", flat=True)) == {1}


def test_nothing_chosen_is_said(checker: Client) -> None:
    response = checker.post(PAGE, {"action": "approve", "chosen": ["nonsense", "1:1"]})

    assert response.status_code == 422
    assert "go back and choose at least one" in response.content.decode()


def test_worklist_ticks_a_whole_section(
    two: list[Annotation], article: Article, people: People, checker: Client
) -> None:
    other = annotate(article, people.checker2, "leader")

    ticked = ticks(checker.get("/", {"chosen": "mine"}))

    assert ticked == {**dict.fromkeys(tick(*two), True), **dict.fromkeys(tick(other), False)}


def test_back_leads_nowhere_else(two: list[Annotation], checker: Client) -> None:
    response = checker.post(PAGE, {"action": "release", "chosen": tick(*two), "back": "https://evil.example/"})

    assert response["Location"] == "/"


def test_history_leads_to_all_of_it_and_undo_names_what_changed_since(
    two: list[Annotation], people: People, checker: Client
) -> None:
    checker.post(PAGE, {"action": "add_term", "term": "event", "chosen": tick(*two)})
    edit_annotation(
        annotation_id=two[0].pk, actor=people.checker2, seen_version=2, changes=AnnotationChanges(note="Mine.")
    )
    history = html.fromstring(checker.get(f"/annotations/{two[1].pk}/history/").content)
    (address,) = history.xpath("//a[starts-with(@href, '/annotations/several/')]/@href")
    page = checker.get(address)

    response = checker.post(undo_address(page))

    assert page.content.decode().count("Checker changed it.") == 2
    assert "1 annotation is as before. 1 was refused." in response.content.decode()
    assert "Somebody changed this annotation in the meantime" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_row_as_for_three(
    count: int, article: Article, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for at in range(count):
        annotate(article, people.checker, TEXT[at * 6 : at * 6 + 5])

    with django_assert_num_queries(8):
        checker.get(PAGE, {"article": article.pk})

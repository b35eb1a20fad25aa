"""The pages of a desk's vocabularies: for administrators, without JavaScript, with the last change undone at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotations.core.terms import TermSeed
from annotations.models import Desk, Event, Term, User, Vocabulary
from annotations.services.vocabularies import add_term
from tests.people import People
from tests.services.test_vocabularies import RUMOUR

As = Callable[[User], Client]
URL = "/desks/demo/vocabularies/origin/"
NEW = {"seen_version": 1, "name": "Rumour", "key": "rumour", "description": "Heard, not seen.", "colour": "7"}


@pytest.fixture
def admin(people: People, as_user: As) -> Client:
    return as_user(people.admin)


@pytest.fixture
def origin(desk: Desk) -> Vocabulary:
    return desk.vocabularies.get(key="origin")


def keys(vocabulary: Vocabulary) -> list[str]:
    return [term.key for term in vocabulary.terms.current().order_by("position")]


def undo_address(source: str) -> str:
    return "/vocabulary-changes/" + source.split("/vocabulary-changes/")[1].split('"')[0]


def test_administrator_adds_a_term_that_checkers_can_choose(
    admin: Client, checker: Client, article: Any, origin: Vocabulary
) -> None:
    response = admin.post(URL, NEW)

    term = Term.objects.get(key="rumour")
    assert response["Location"] == URL
    assert (term.name, term.colour, term.vocabulary) == ("Rumour", 7, origin)
    assert "Term added." in admin.get(URL).content.decode()
    assert 'value="rumour"' in checker.get(f"/articles/{article.pk}/annotate/").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "accurate"}, "This desk has a term with the key &quot;accurate&quot; already."),
        ({"key": "Ru mour"}, "A key is made of lower-case letters, digits and single hyphens"),
        ({"colour": "12"}, "There is no colour 12. Choose one of 0 to 9, or none."),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_wrong_term_is_refused_and_what_was_typed_stays(
    changes: dict[str, str], sentence: str, admin: Client, origin: Vocabulary
) -> None:
    response = admin.post(URL, NEW | changes)

    source = response.content.decode()
    assert response.status_code == 422
    assert sentence in source
    assert "Heard, not seen." in source
    assert Vocabulary.objects.get(pk=origin.pk).version == 1


def test_term_is_reworded_and_keeps_its_key(admin: Client, origin: Vocabulary) -> None:
    address = "/desks/demo/terms/state-media/"
    assert 'value="State media"' in admin.get(address).content.decode()

    response = admin.post(address, {"seen_version": 1, "name": "State press", "description": "x", "colour": ""})

    term = origin.terms.get(key="state-media")
    assert response["Location"] == URL
    assert (term.name, term.description, term.colour) == ("State press", "x", None)


def test_order_is_changed_by_plain_buttons(admin: Client, origin: Vocabulary) -> None:
    first, second, *rest = keys(origin)
    change = f"/desks/demo/terms/{second}/change/"

    response = admin.post(change, {"action": "up", "seen_version": 1})

    assert response["Location"] == f"{URL}#term-{second}"
    assert keys(origin) == [second, first, *rest]
    admin.post(change, {"action": "down", "seen_version": 2})
    assert keys(origin) == [first, second, *rest]


def test_retired_term_is_brought_back(admin: Client, origin: Vocabulary) -> None:
    key = keys(origin)[0]
    change = f"/desks/demo/terms/{key}/change/"

    admin.post(change, {"action": "retire", "seen_version": 1})
    assert key not in keys(origin)
    assert 'value="bring_back"' in admin.get(URL).content.decode()
    admin.post(change, {"action": "bring_back", "seen_version": 2})

    assert keys(origin)[0] == key


def test_last_change_is_undone_from_the_message_about_it(admin: Client, origin: Vocabulary) -> None:
    old = keys(origin)
    admin.post(f"/desks/demo/terms/{old[0]}/change/", {"action": "retire", "seen_version": 1})
    address = undo_address(admin.get(URL).content.decode())

    response = admin.post(address)

    assert response["Location"] == URL
    assert keys(origin) == old
    assert "Change undone." in admin.get(URL).content.decode()


def test_second_administrator_is_told_and_sees_the_current_state(
    admin: Client, origin: Vocabulary, people: People
) -> None:
    first = add_term(vocabulary_id=origin.pk, actor=people.admin, seen_version=1, seed=RUMOUR)
    add = admin.post(URL, NEW | {"key": "gossip", "name": "Gossip"})
    retire = admin.post("/desks/demo/terms/rumour/change/", {"action": "retire", "seen_version": 1})
    reword = admin.post("/desks/demo/terms/rumour/", {"seen_version": 1, "name": "Hearsay"})
    admin.post("/desks/demo/terms/rumour/", {"seen_version": 2, "name": "Talk"})
    undo = admin.post(f"/vocabulary-changes/{first.pk}/undo/")

    for response in (add, retire, reword, undo):
        source = response.content.decode()
        assert response.status_code == 412
        assert "Somebody changed this vocabulary in the meantime" in source
        assert "Rumour" in source or "Talk" in source
    assert 'value="Gossip"' in add.content.decode()
    assert 'name="seen_version" value="2" id="new-term-seen_version"' in add.content.decode()
    assert 'value="Hearsay"' in reword.content.decode()
    assert [event.action for event in Event.objects.filter(object_id=origin.pk)] == ["add_term", "reword_term"]


def test_last_term_that_can_be_chosen_stays(admin: Client, origin: Vocabulary) -> None:
    *others, last = keys(origin)
    for number, key in enumerate(others, 1):
        admin.post(f"/desks/demo/terms/{key}/change/", {"action": "retire", "seen_version": number})

    response = admin.post(f"/desks/demo/terms/{last}/change/", {"action": "retire", "seen_version": len(others) + 1})

    assert response.status_code == 409
    assert "is the last term that can be chosen here" in response.content.decode()
    assert keys(origin) == [last]


def test_change_that_is_none_is_refused(admin: Client, origin: Vocabulary) -> None:
    assert admin.post("/desks/demo/terms/state-media/change/", {"action": "delete"}).status_code == 422


def test_others_are_told_who_may(origin: Vocabulary, people: People, as_user: As) -> None:
    head = as_user(people.head)

    for response in (head.get(URL), head.post(URL, NEW), head.get("/desks/demo/terms/state-media/")):
        assert response.status_code == 403
        assert "Only an administrator of this desk can change its settings." in response.content.decode()
    assert not Term.objects.filter(key="rumour").exists()


def test_verdicts_say_what_they_mean_to_other_programs(admin: Client, desk: Desk) -> None:
    new = NEW | {"key": "half-true", "rating": "3", "averitec": "Conflicting Evidence/Cherrypicking"}

    admin.post("/desks/demo/vocabularies/verdict/", new)

    term = Term.objects.get(key="half-true")
    assert (term.rating_value, term.averitec) == (3, "Conflicting Evidence/Cherrypicking")
    assert "AVeriTeC" not in admin.get(URL).content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_page_takes_a_fixed_number_of_queries(
    more: int, admin: Client, origin: Vocabulary, people: People, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(more):
        seed = TermSeed(f"rumour-{number}", "Rumour", "")
        add_term(vocabulary_id=origin.pk, actor=people.admin, seen_version=number + 1, seed=seed)

    with django_assert_num_queries(9):
        admin.get(URL)

"""Saved filters on the pages: kept, opened, by default, changed, deleted and brought back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.models import Annotation, Article, Desk, SavedFilter, User
from annotations.services.saved_filters import save_filter
from annotations.services.vocabularies import retire_term
from tests.factories import annotate
from tests.people import People

As = Callable[[User], Client]


def links(client: Client, path: str) -> list[tuple[str, str | None]]:
    """The saved filters of a page, each with what marks the open one."""
    tree = html.fromstring(client.get(path).content)
    return [(a.text, a.get("aria-current")) for a in tree.xpath("//nav[@class='saved-filters']/a[not(@class)]")]


def saving(client: Client, path: str) -> dict[str, str]:
    """What the form for keeping this list's filter sends."""
    (form,) = html.fromstring(client.get(path).content).xpath("//form[@action='/filters/']")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize(
    ("path", "name", "parameters"),
    [
        (
            "/?state=open&state=returned&term=quantity&q=",
            "worklist",
            {"state": ["open", "returned"], "term": ["quantity"]},
        ),
        ("/articles/?q=troops&state=&page=2", "articles", {"q": ["troops"]}),
        ("/search/?q=troops&kind=article", "search", {"q": ["troops"], "kind": ["article"]}),
        ("/?desk=other&state=open", "worklist", {"state": ["open"]}),
    ],
)
def test_what_the_list_is_narrowed_by_is_kept_and_opened_again(
    path: str, name: str, parameters: dict[str, list[str]], other_desk: Desk, article: Article, checker: Client
) -> None:
    sent = checker.post("/filters/", {**saving(checker, path), "name": "Of mine"}, follow=True)

    row = SavedFilter.objects.get()
    assert (row.page, row.parameters, row.desk) == (name, parameters, None)
    address = path.split("?")[0]
    assert sent.redirect_chain[0][0] == f"{address}?filter={row.pk}"
    assert all(f"{key}={values[0]}" in sent.redirect_chain[1][0] for key, values in parameters.items())
    assert links(checker, sent.redirect_chain[1][0]) == [("Everything", None), ("Of mine", "page")]


def test_default_opens_by_itself_and_everything_is_one_click_away(
    article: Article, people: People, checker: Client
) -> None:
    annotate(article, people.checker, "nine", terms=["quantity"])
    annotate(article, people.checker, "agencies")
    row = save_filter(
        actor=people.checker, page="worklist", name="Figures", parameters={"term": ["quantity"]}, is_default=True
    )

    opened = checker.get("/", follow=True)
    everything = checker.get("/?filter=none")

    assert opened.redirect_chain == [(f"/?term=quantity&filter={row.pk}", 302)]
    assert ("nine" in opened.content.decode(), ">agencies<" in opened.content.decode()) == (True, False)
    assert ">agencies<" in everything.content.decode()


def test_value_that_is_gone_is_left_out_and_told(desk: Desk, people: People, checker: Client) -> None:
    row = save_filter(
        actor=people.checker, page="worklist", name="Figures", parameters={"term": ["quantity"], "state": ["open"]}
    )
    only = save_filter(actor=people.checker, page="worklist", name="Only", parameters={"term": ["quantity"]})
    term = desk.terms.get(key="quantity")
    retire_term(term_id=term.pk, actor=people.admin, seen_version=term.vocabulary.version)

    opened = checker.get(f"/?filter={row.pk}", follow=True)
    empty = checker.get(f"/?filter={only.pk}")

    assert opened.redirect_chain == [(f"/?state=open&filter={row.pk}", 302)]
    assert "“Figures” no longer narrows by quantity." in opened.content.decode()
    assert empty.status_code == 200
    assert "“Only” no longer narrows by quantity." in empty.content.decode()


def test_administrator_shares_and_others_cannot_change_it(
    desk: Desk, people: People, as_user: As, checker: Client
) -> None:
    admin = as_user(people.admin)
    sent = saving(admin, "/?state=open")
    assert "desk" in sent
    admin.post("/filters/", {**sent, "name": "Of us", "desk": str(desk.pk)})
    row = SavedFilter.objects.get()

    assert row.desk == desk
    assert ("Of us ", "page") in links(checker, f"/?state=open&filter={row.pk}")
    assert links(as_user(people.stranger), "/") == []
    assert checker.get(f"/filters/{row.pk}/").status_code == 403
    assert checker.post(f"/filters/{row.pk}/", {"name": "Mine"}).status_code == 403
    assert checker.post(f"/filters/{row.pk}/delete/").status_code == 403


def test_checker_cannot_share_by_naming_a_desk(desk: Desk, checker: Client) -> None:
    response = checker.post(
        "/filters/", {"page": "worklist", "query": "state=open", "name": "Of us", "desk": str(desk.pk)}
    )

    assert response.status_code == 422
    assert not SavedFilter.objects.exists()


def test_filter_is_renamed_deleted_and_brought_back(people: People, checker: Client) -> None:
    row = save_filter(actor=people.checker, page="articles", name="Old", parameters={"q": ["troops"]})

    checker.post(f"/filters/{row.pk}/", {"name": "New", "is_default": "on"})
    assert links(checker, "/articles/?filter=none") == [("Everything", "page"), ("New", None)]

    deleted = checker.post(f"/filters/{row.pk}/delete/", follow=True)
    assert links(checker, "/articles/") == []
    (undo,) = html.fromstring(deleted.content).xpath("//div[@id='messages']//form/@action")

    checker.post(undo)
    assert links(checker, "/articles/?filter=none") == [("Everything", "page"), ("New", None)]


@pytest.mark.parametrize(("name", "status"), [("", 422), ("Twice", 409)])
def test_name_that_does_not_do_is_asked_for_again(name: str, status: int, people: People, checker: Client) -> None:
    save_filter(actor=people.checker, page="worklist", name="Twice", parameters={"q": ["x"]})

    response = checker.post("/filters/", {"page": "worklist", "query": "state=open", "name": name})

    assert response.status_code == status
    tree = html.fromstring(response.content)
    assert tree.xpath("//input[@name='query']/@value") == ["state=open"]
    assert len(tree.xpath("//p[@class='wrong']")) == 1


def test_worklist_is_narrowed(article: Article, people: People, checker: Client) -> None:
    annotate(article, people.checker, "nine", terms=["quantity"])
    annotate(article, people.checker, "agencies")

    source = checker.get("/?term=quantity").content.decode()

    assert Annotation.objects.count() == 2
    assert (">nine<" in source, ">agencies<" in source) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_many_filters_take_the_queries_of_one(
    count: int, people: People, checker: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(count):
        save_filter(actor=people.checker, page="articles", name=f"F{number}", parameters={"q": ["x"]})

    with django_assert_num_queries(7):
        checker.get("/articles/?filter=none")

"""A compiled query finds what its queryset finds."""

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import UUIDField
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Article, Desk, Membership, User
from annotations.models.compiled import Compiled, IsAnyOf
from annotations.services.rows import insert, update
from tests.factories import annotate, import_text
from tests.people import People

pytestmark = pytest.mark.django_db
WITH_AUTHOR = Compiled(
    lambda article, state: (
        Annotation.objects.select_related("author", "assignee").filter(article=article, state=state).order_by("start")
    ),
    article=UUID(int=1),
    state="a state",
)


def test_compiled_query_gives_the_rows_of_its_queryset_with_what_is_related(desk: Desk, people: People) -> None:
    article = import_text(desk, people.checker, "One fact. Another fact. A third.")
    made = [annotate(article, people.checker, quote) for quote in ("Another", "One")]

    with CaptureQueriesContext(connection) as captured:
        found = WITH_AUTHOR(article=article.pk, state="open")
        authors = [row.author.username for row in found]

    assert found == made[::-1]
    assert [row.exact for row in found] == ["One", "Another"]
    assert authors == [people.checker.username] * 2
    assert found[0].assignee is None
    assert len(captured) == 1
    assert article.pk.hex in captured[0]["sql"]


def test_compiled_query_makes_objects_as_django_does(desk: Desk, people: People) -> None:
    article = import_text(desk, people.checker, "One fact.")
    annotate(article, people.checker, "One", assignee="checker2")

    found = WITH_AUTHOR.first(article=article.pk, state="open")
    expected = Annotation.objects.select_related("author", "assignee").get()

    assert found is not None
    for made, model in ((found, expected), (found.author, expected.author), (found.assignee, expected.assignee)):
        assert {name: value for name, value in vars(made).items() if name != "_state"} == {
            name: value for name, value in vars(model).items() if name != "_state"
        }
        assert (made._state.db, made._state.adding) == (model._state.db, model._state.adding)


def test_compiled_query_of_values_gives_tuples(desk: Desk, people: People) -> None:
    article = import_text(desk, people.checker, "One fact. Another fact.")
    made = [annotate(article, people.checker, quote) for quote in ("One", "Another")]
    query = Compiled(
        lambda ids: (
            Annotation.objects.filter(IsAnyOf("id", ids, UUIDField()), start=0)
            .values_list("id", "exact")
            .union(Annotation.objects.filter(IsAnyOf("id", ids, UUIDField()), start__gt=0).values_list("id", "exact"))
        ),
        ids=[UUID(int=1)],
    )

    assert set(query(ids=[each.pk for each in made])) == {(each.pk, each.exact) for each in made}
    assert query(ids=[made[1].pk]) == [(made[1].pk, "Another")]


def test_compiled_query_takes_new_values_each_time(desk: Desk, people: People) -> None:
    articles = [import_text(desk, people.checker, f"Article {number}.") for number in range(3)]
    made = [annotate(article, people.checker, "Article") for article in articles]

    found = [WITH_AUTHOR(article=article.pk, state="open") for article in articles]

    assert found == [[annotation] for annotation in made]
    assert WITH_AUTHOR(article=articles[0].pk, state="withdrawn") == []
    assert WITH_AUTHOR.first(article=articles[0].pk, state="withdrawn") is None


def test_inserted_rows_are_those_that_django_would_have_saved(desk: Desk) -> None:
    users = [User(username=name, password="!") for name in ("one", "two")]

    insert(users)
    insert([Membership(desk=desk, user=user, roles=["reader"]) for user in users])

    assert list(User.objects.filter(username__in=("one", "two")).order_by("username")) == users
    assert Membership.objects.filter(user__in=users, desk=desk, active=True, roles=["reader"]).count() == 2
    assert all(not user._state.adding for user in users)
    assert insert([]) == []
    assert Article.objects.count() == 0


def test_rows_that_refer_to_others_are_inserted_with_them(desk: Desk) -> None:
    user = User(username="one", password="!")

    with CaptureQueriesContext(connection) as captured:
        insert([user], [Membership(desk=desk, user=user, roles=["reader"])])

    assert list(Membership.objects.filter(user=user).values_list("user__username", "roles")) == [("one", ["reader"])]
    assert len(captured) == 1


def test_update_stores_the_named_fields_alone(desk: Desk, people: People) -> None:
    annotation = annotate(import_text(desk, people.checker, "One fact."), people.checker, "One", claim="So.")
    before = annotation.updated
    annotation.note, annotation.claim = "A note.", "Something else."

    with CaptureQueriesContext(connection) as captured:
        update(annotation, ("note", "updated"))

    stored = Annotation.objects.get()
    assert (stored.note, stored.claim) == ("A note.", "So.")
    assert stored.updated == annotation.updated > before
    assert len(captured) == 1

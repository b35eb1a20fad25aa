"""A compiled query finds what its queryset finds."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Article, Desk, Membership, User
from annotations.models.compiled import Compiled
from annotations.services.rows import insert
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

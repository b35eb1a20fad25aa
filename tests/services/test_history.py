"""The chained history and the confidential tier."""

import json

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from annotations.core.drafts import AttributionDraft
from annotations.core.errors import DomainError
from annotations.core.states import ArticleState
from annotations.models import Article, Desk, Event, Identity, Notice
from annotations.services.evidence import add_attribution
from annotations.services.identities import keep_identity, read_identity
from annotations.services.verification import verify_history
from tests.factories import annotate
from tests.people import People
from tests.states import article_at

SET_ACTOR = "UPDATE annotations_event SET actor_id = (SELECT max(id::text)::uuid FROM annotations_user)"
SECRET = "Colonel Zed Quux"


def as_superuser(sql: str, *params: object) -> None:
    """What only the owner of the table can do: switch its guards off for a moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE annotations_event DISABLE TRIGGER USER")
        cursor.execute(sql, params)
        cursor.execute("ALTER TABLE annotations_event ENABLE TRIGGER USER")


@pytest.fixture
def worked(article: Article, people: People) -> Article:
    return article_at(ArticleState.PUBLISHED, article, people)


def test_history_is_numbered_and_intact(worked: Article, desk: Desk, other_desk: Desk) -> None:
    count = Event.objects.filter(desk=desk).count()

    found = verify_history(desk)

    assert (found.events, found.broken) == (count, "")
    assert list(Event.objects.filter(desk=desk).order_by("number").values_list("number", flat=True)) == list(
        range(1, count + 1)
    )
    assert verify_history(other_desk).broken == ""


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE annotations_event SET reason = 'x' WHERE number = 3 AND desk_id = %s", "was changed"),
        (
            f"{SET_ACTOR} WHERE number = 3 AND desk_id = %s",
            "was changed",
        ),
        ("UPDATE annotations_event SET after = '{\"a\": 1}' WHERE number = 3 AND desk_id = %s", "was changed"),
        (
            "UPDATE annotations_event SET created = created + interval '1 microsecond' "
            "WHERE number = 3 AND desk_id = %s",
            "was changed",
        ),
        ("DELETE FROM annotations_event WHERE number = 3 AND desk_id = %s", "event 3 is missing"),
    ],
)
def test_the_first_altered_event_is_named(worked: Article, desk: Desk, change: str, broken: str) -> None:
    altered = Event.objects.get(desk=desk, number=3)
    as_superuser(change, desk.pk)

    found = verify_history(desk)

    assert found.events == 2
    assert broken in found.broken
    assert "event 3" in found.broken
    assert (str(altered.pk) in found.broken) == (broken == "was changed")


def test_events_cut_off_at_the_end_are_missed_by_the_sign_off(worked: Article, desk: Desk) -> None:
    as_superuser("DELETE FROM annotations_event WHERE number >= 5 AND desk_id = %s", desk.pk)

    assert "remembers, is gone" in verify_history(desk).broken


def test_the_command_says_intact_or_names_the_event(
    worked: Article, desk: Desk, other_desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    count = Event.objects.filter(desk=desk).count()
    call_command("verify_history")
    assert capsys.readouterr().out.splitlines() == [f"demo: intact, {count} events", "other: intact, 2 events"]

    as_superuser("UPDATE annotations_event SET reason = 'x' WHERE number = 2 AND desk_id = %s", desk.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("verify_history", "--desk", "demo")
    assert ended.value.code == 1
    assert capsys.readouterr().out.startswith("demo: broken: event 2 (")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE annotations_event SET reason = 'x'",
        "DELETE FROM annotations_event",
        "TRUNCATE annotations_event",
        "MERGE INTO annotations_event USING annotations_desk ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_the_applications_role_can_only_append(worked: Article, sql: str) -> None:
    def attempt() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)

    with pytest.raises(DatabaseError, match="History only grows"):
        attempt()


def test_identity_is_read_by_named_people_only_and_each_reading_is_an_event(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "agencies")
    attribution, _ = add_attribution(
        annotation_id=annotation.pk, actor=people.checker, draft=AttributionDraft("A Western official")
    )
    keep_identity(attribution_id=attribution.pk, actor=people.checker, content=SECRET, readers=["head"])

    assert read_identity(attribution_id=attribution.pk, actor=people.head) == SECRET
    assert read_identity(attribution_id=attribution.pk, actor=people.checker) == SECRET
    for other in (people.checker2, people.reviewer, people.admin, people.reader, people.stranger):
        with pytest.raises(DomainError) as refused:
            read_identity(attribution_id=attribution.pk, actor=other)
        assert refused.value.code == "not_found"

    readings = Event.objects.filter(action="read_identity").order_by("number")
    assert [event.actor for event in readings] == [people.head, people.checker]
    assert Identity.objects.count() == 1


def test_identity_stands_nowhere_else(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "agencies", attributions=[AttributionDraft("A Western official")])
    attribution = annotation.attributions.get()
    keep_identity(attribution_id=attribution.pk, actor=people.checker, content=SECRET, readers=["head"])
    read_identity(attribution_id=attribution.pk, actor=people.head)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{SECRET}%"])
            assert (table, cursor.fetchone()[0]) == (table, 1 if table == "annotations_identity" else 0)
    assert not any(SECRET in json.dumps(each.said) for each in Notice.objects.all())

"""Each guard of the database, tried by going round the application with plain SQL."""

import pytest
from django.db import connection, transaction

from annotations.core.states import Role
from annotations.models import Annotation, Article, Desk, Event, Revision
from annotations.models.base import new_id
from annotations.services.desks import set_membership
from tests.factories import import_text
from tests.models.conftest import Refused
from tests.people import People

RANGES = [
    ('start = 0, "end" = 1000000', "annotation_range_inside_text"),
    ("start = start + 1", "annotation_exact_is_slice"),
    ("exact = 'Thousands of troops'", "annotation_exact_is_slice"),
    ('"end" = start', "annotation_exact_is_slice"),
    ("prefix = 'x' || prefix", "annotation_context_is_slice"),
    ("suffix = suffix || '\U0001f47b'", "annotation_context_is_slice"),
    ('fragments = array[array[start, "end"]]', "annotation_fragments_fill_range"),
    ('fragments = array[array[start, start + 3], array[start + 5, "end" - 1]]', "annotation_fragments_fill_range"),
    ('fragments = array[array[start, start + 6], array[start + 5, "end"]]', "annotation_fragments_ordered"),
    ('fragments = array[array[start, start], array[start + 5, "end"]]', "annotation_fragments_ordered"),
    ("state = 'approved'", "annotation_state_known"),
]


@pytest.mark.parametrize(("change", "guard"), RANGES)
def test_range_and_quote_are_guarded(refused: Refused, full: Annotation, change: str, guard: str) -> None:
    assert refused(f"UPDATE annotations_annotation SET {change}") == guard


def test_empty_range_is_refused_even_with_an_empty_quote(refused: Refused, full: Annotation) -> None:
    change = "\"end\" = start, exact = '', suffix = ''"

    assert refused(f"UPDATE annotations_annotation SET {change}") == "annotation_range_ordered"


def test_range_is_guarded_on_insert(refused: Refused, full: Annotation) -> None:
    columns = (
        'desk_id, article_id, revision_id, start, "end", prefix, suffix, fragments, claim, note, state, version, '
        "author_id, created, updated"
    )
    sql = (
        f"INSERT INTO annotations_annotation (id, exact, {columns}) "
        f"SELECT %s, 'something else', {columns} FROM annotations_annotation"
    )

    assert refused(sql, new_id()) == "annotation_exact_is_slice"


FROZEN = [
    ("UPDATE annotations_revision SET text = text || 'x', length = length + 1", "revision_frozen"),
    ("UPDATE annotations_revision SET sha256 = repeat('0', 64)", "revision_frozen"),
    ("DELETE FROM annotations_revision", "revision_frozen"),
    ("TRUNCATE annotations_revision CASCADE", "revision_frozen"),
    ("UPDATE annotations_block SET start = 1", "block_frozen"),
    ("UPDATE annotations_storedfile SET content = ''", "storedfile_frozen"),
    ("UPDATE annotations_event SET action = 'nothing'", "event_append_only"),
    ("DELETE FROM annotations_event", "event_append_only"),
    ("TRUNCATE annotations_event", "event_append_only"),
    ("DELETE FROM annotations_user", "user_never_deleted"),
    ("DELETE FROM annotations_annotation", "annotation_never_deleted"),
    ("DELETE FROM annotations_article", "article_never_deleted"),
    ("DELETE FROM annotations_attribution", "attribution_never_deleted"),
    ("DELETE FROM annotations_evidence", "evidence_never_deleted"),
    ("DELETE FROM annotations_verdict", "verdict_never_deleted"),
    ("DELETE FROM annotations_comment", "comment_never_deleted"),
    ("UPDATE annotations_attribution SET source = 'somebody'", "attribution_written_once"),
    ("UPDATE annotations_evidence SET quote = 'other'", "evidence_written_once"),
    ("UPDATE annotations_verdict SET rationale = 'other'", "verdict_written_once"),
    ("UPDATE annotations_comment SET text = 'other'", "comment_written_once"),
]


@pytest.mark.parametrize(("sql", "guard"), FROZEN)
def test_what_is_frozen_stays(refused: Refused, full: Annotation, sql: str, guard: str) -> None:
    assert refused(sql) == guard


def test_settling_and_retiring_stay_possible(full: Annotation, people: People) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_verdict SET retired_at = now()")
        cursor.execute("UPDATE annotations_comment SET resolved_at = now(), resolved_by_id = %s", [people.head.pk])

        assert cursor.rowcount == 1


@pytest.mark.parametrize(
    ("column", "value", "guard"),
    [
        ("sha256", "repeat('0', 64)", "revision_sha256_is_texts"),
        ("length", "length + 1", "revision_length_is_texts"),
        ("number", "0", "revision_number_from_one"),
        ("number", "number", "revision_number_once"),
    ],
)
def test_revision_tells_the_truth_about_its_text(
    refused: Refused, article: Article, column: str, value: str, guard: str
) -> None:
    columns = ["desk_id", "article_id", "number", "text", "sha256", "length", "source_id", "created_by_id", "created"]
    values = [value if name == column else "number + 1" if name == "number" else name for name in columns]
    sql = (
        f"INSERT INTO annotations_revision (id, {', '.join(columns)}) "
        f"SELECT %s, {', '.join(values)} FROM annotations_revision"
    )

    assert refused(sql, new_id()) == guard


@pytest.mark.parametrize(
    ("table", "column", "guard"),
    [
        ("article", "desk_id", "article_desk_known"),
        ("article", "created_by_id", "article_author_known"),
        ("revision", "created_by_id", "revision_author_known"),
    ],
)
def test_articles_and_texts_are_of_somebody_on_a_desk(
    refused: Refused, article: Article, table: str, column: str, guard: str
) -> None:
    columns = {
        "article": "desk_id, title, byline, outlet, canonical_url, language, state, version, created_by_id, created, "
        "updated",
        "revision": "desk_id, article_id, number, text, sha256, length, source_id, created_by_id, created",
    }[table]
    values = columns.replace(column, "gen_random_uuid()").replace("number", "number + 1")
    sql = f"INSERT INTO annotations_{table} (id, {columns}) SELECT %s, {values} FROM annotations_{table}"  # noqa: S608

    assert refused(sql, new_id()) == guard


def test_who_made_an_article_stays_known(refused: Refused, article: Article, people: People) -> None:
    sql = "UPDATE annotations_article SET created_by_id = %s"

    assert refused(sql, people.checker2.pk) == "article_keeps_its_author"


def test_block_lies_inside_the_text(refused: Refused, article: Article) -> None:
    sql = (
        'INSERT INTO annotations_block (id, revision_id, position, kind, start, "end") '
        "SELECT %s, id, 99, 'paragraph', 0, length + 1 FROM annotations_revision"
    )

    assert refused(sql, new_id()) == "block_inside_text"


def test_annotation_stays_with_its_article(refused: Refused, full: Annotation, foreign_article: Article) -> None:
    article = "UPDATE annotations_annotation SET article_id = %s"
    both = f"{article}, desk_id = %s"

    assert refused(article, foreign_article.pk) == "annotation_article_same_desk"
    assert refused(both, foreign_article.pk, foreign_article.desk_id).endswith(("_same_article", "_same_desk"))


def test_annotation_and_what_is_told_of_it_stay_on_one_article(
    refused: Refused, full: Annotation, article: Article, people: People
) -> None:
    same = import_text(article.desk, people.checker, full.revision.text, title="The same again")
    move = "UPDATE annotations_annotation SET article_id = %s, revision_id = %s"
    tell = (
        "INSERT INTO annotations_event (id, desk_id, article_id, annotation_id, action, object_type, object_id, "
        "reason, created) VALUES (%s, %s, %s, %s, 'edit', 'annotation', %s, '', now())"
    )

    assert refused(move, same.pk, same.revision_id) == "annotation_keeps_its_article"
    for other in (same.pk, None):
        assert refused(tell, new_id(), full.desk_id, other, full.pk, full.pk) == "event_annotation_same_article"


def test_annotation_keeps_its_desk(refused: Refused, full: Annotation, other_desk: Desk) -> None:
    assert refused("UPDATE annotations_annotation SET desk_id = %s", other_desk.pk).endswith("_same_desk")


def test_assignee_works_on_the_desk(refused: Refused, full: Annotation, people: People) -> None:
    sql = "UPDATE annotations_annotation SET assignee_id = %s"

    assert refused(sql, people.stranger.pk) == "annotation_assignee_same_desk"


def test_event_stays_on_the_desk(refused: Refused, full: Annotation, other_desk: Desk) -> None:
    sql = (
        "INSERT INTO annotations_event (id, desk_id, annotation_id, action, object_type, object_id, reason, created) "
        "VALUES (%s, %s, %s, 'create', 'annotation', %s, '', now())"
    )

    assert refused(sql, new_id(), other_desk.pk, full.pk, full.pk) == "event_annotation_same_article"


def test_current_revision_is_the_articles_own(refused: Refused, article: Article, foreign_article: Article) -> None:
    revision = Revision.objects.get(article=foreign_article)
    sql = "UPDATE annotations_article SET revision_id = %s WHERE id = %s"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE annotations_article SET revision_id = null WHERE id = %s", [foreign_article.pk])

    assert refused(sql, revision.pk, article.pk) == "article_revision_its_own"


def test_roles_are_known_and_held_once_a_desk(refused: Refused, people: People, desk: Desk) -> None:
    set_membership(desk=desk, user=people.nobody, roles=[Role.READER])
    again = (
        "INSERT INTO annotations_membership (id, desk_id, user_id, roles, active, created) "
        "VALUES (%s, %s, %s, '{reader}', true, now())"
    )

    assert refused("UPDATE annotations_membership SET roles = '{king}'") == "membership_roles_known"
    assert refused("UPDATE annotations_membership SET roles = '{}'") == "membership_roles_known"
    assert refused(again, new_id(), desk.pk, people.nobody.pk) == "membership_once_per_desk"


def test_history_survives_the_attempts(full: Annotation) -> None:
    assert Event.objects.filter(annotation=full).count() == 2

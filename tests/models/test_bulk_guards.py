"""Guards that look at a whole statement find the one bad row in it; what they rely on cannot go away."""

import pytest

from annotations.models import Annotation, Article, Desk, Event
from annotations.models.base import new_id
from tests.factories import annotate, import_text
from tests.models.conftest import Refused, execute
from tests.people import People

COLUMNS = (
    'desk_id, article_id, revision_id, start, "end", exact, prefix, suffix, fragments, claim, note, state, version, '
    "author_id, created, updated"
)
COPIES = (
    f"INSERT INTO annotations_annotation (id, {COLUMNS}) SELECT gen_random_uuid(), {{}} "  # noqa: S608
    "FROM annotations_annotation, generate_series(1, 3) n"
)


@pytest.fixture
def annotation(article: Article, people: People) -> Annotation:
    return annotate(article, people.checker, "thousands of troops", terms=["quantity"])


@pytest.mark.parametrize(
    ("column", "value", "guard"),
    [
        ("exact", "exact || 'x'", "annotation_exact_is_slice"),
        ("exact", "left(exact, -1) || '\U0001f47b'", "annotation_exact_is_slice"),
        ('"end"', '"end" + 1000000', "annotation_range_inside_text"),
        ("start", "start + 1", "annotation_exact_is_slice"),
        ("start", "0", "annotation_context_is_slice"),
        ("suffix", "suffix || 'x'", "annotation_context_is_slice"),
        ("fragments", 'array[array[start, start + 2], array[start + 1, "end"]]', "annotation_fragments_ordered"),
        ("author_id", "gen_random_uuid()", "annotation_author_known"),
        ("desk_id", "gen_random_uuid()", "annotation_article_same_desk"),
        ("article_id", "gen_random_uuid()", "annotation_article_same_desk"),
        ("revision_id", "gen_random_uuid()", "annotation_revision_same_article"),
    ],
)
def test_one_bad_row_refuses_the_statement(
    refused: Refused, annotation: Annotation, column: str, value: str, guard: str
) -> None:
    changed = COLUMNS.replace(f"{column},", f"CASE n WHEN 2 THEN {value} ELSE {column} END,", 1)

    assert refused(COPIES.format(changed)) == guard


VARIED = "".join(chr(0x1F600 + place % 50) if place % 7 == 0 else chr(97 + place % 23) for place in range(2_000))
REPEATED = ("ab🚋 " * 500)[:2_000]


@pytest.mark.parametrize("text", [VARIED, REPEATED], ids=["varied", "repeated"])
@pytest.mark.parametrize("size", [1, 249, 250, 251, 499, 501, 900])
def test_a_range_of_any_size_is_compared_with_its_text(
    refused: Refused, desk: Desk, people: People, size: int, text: str
) -> None:
    """PostgreSQL keeps the text in pieces of 250 characters, and a range may lie in one or in many of them."""
    article = import_text(desk, people.checker, text)
    starts = (0, 33, 240, 249, 250, 251, 499, 2_000 - size)
    changed = COLUMNS.replace("start,", "place,", 1).replace('"end",', "place + %s,", 1)
    changed = changed.replace("exact,", "substr(text, place + 1, %s),", 1)
    changed = changed.replace("prefix,", "substr(text, greatest(place - 32, 0) + 1, least(place, 32)),", 1)
    changed = changed.replace("suffix,", "substr(text, place + %s + 1, 32),", 1)
    annotate(article, people.checker, text[:5])
    sql = (
        f"INSERT INTO annotations_annotation (id, {COLUMNS}) SELECT gen_random_uuid(), {changed} FROM "  # noqa: S608
        "(SELECT a.*, r.text FROM annotations_annotation a JOIN annotations_revision r ON r.id = a.revision_id "
        "WHERE a.article_id = %s LIMIT 1) a, unnest(%s::integer[]) place"
    )
    params = [size, size, size, article.pk, list(starts)]

    execute(sql, params)

    rows = Annotation.objects.filter(article=article).values_list("start", "exact")
    assert {(start, text[start : start + size]) for start in starts} <= set(rows)
    wrong = sql.replace("substr(text, place + 1, %s)", "overlay(substr(text, place + 1, %s) placing '?' from 1)")
    assert refused(wrong, *params) == "annotation_exact_is_slice"


def test_one_assignee_of_another_desk_refuses_the_statement(
    refused: Refused, annotation: Annotation, people: People
) -> None:
    rows = COPIES.replace("(id, ", "(id, assignee_id, ", 1).format(f"CASE n WHEN 2 THEN %s::uuid END, {COLUMNS}")
    execute(rows, [people.checker2.pk])

    assert refused(rows, people.stranger.pk) == "annotation_assignee_same_desk"


def test_author_and_desk_stay_known(refused: Refused, annotation: Annotation) -> None:
    assert refused("UPDATE annotations_annotation SET author_id = %s", new_id()) == "annotation_author_known"
    assert refused("UPDATE annotations_annotation SET id = %s", new_id()).endswith("_same_desk")
    assert refused("UPDATE annotations_article SET desk_id = %s", new_id()) == "article_keeps_its_key"
    assert refused("UPDATE annotations_article SET id = %s", new_id()) == "article_keeps_its_key"
    assert refused("UPDATE annotations_user SET id = %s", new_id()) == "user_keeps_its_key"
    assert refused("UPDATE annotations_desk SET id = %s", new_id()) == "desk_keeps_its_key"
    assert refused("UPDATE annotations_membership SET user_id = %s", new_id()) == "membership_keeps_its_key"
    assert refused("DELETE FROM annotations_desk") == "desk_never_deleted"
    assert refused("DELETE FROM annotations_membership") == "membership_never_deleted"


def test_label_stays_with_its_annotation(
    refused: Refused, annotation: Annotation, article: Article, people: People
) -> None:
    other = annotate(article, people.checker, "nine")
    sql = "UPDATE annotations_annotationterm SET annotation_id = %s"
    unknown = (
        "INSERT INTO annotations_annotationterm (desk_id, annotation_id, term_id) "
        "SELECT desk_id, gen_random_uuid(), term_id FROM annotations_annotationterm"
    )

    assert refused(sql, other.pk) == "annotationterm_annotation_same_desk"
    assert refused(unknown) == "annotationterm_annotation_same_desk"


@pytest.mark.parametrize(
    ("column", "guard"),
    [
        ("desk_id", "event_desk_known"),
        ("article_id", "event_article_same_desk"),
        ("annotation_id", "event_annotation_same_article"),
        ("actor_id", "event_actor_known"),
    ],
)
def test_event_refers_to_what_is_there(refused: Refused, annotation: Annotation, column: str, guard: str) -> None:
    names = "desk_id, article_id, annotation_id, actor_id, action, object_type, object_id, reason, created"
    values = names.replace(column, "gen_random_uuid()")
    rows = f"INSERT INTO annotations_event (id, {names}) SELECT gen_random_uuid(), {values} FROM annotations_event"  # noqa: S608
    events = Event.objects.count()

    assert refused(f"{rows} WHERE annotation_id IS NOT NULL") == guard
    assert Event.objects.count() == events


@pytest.mark.parametrize("table", ["annotation", "article", "user", "desk", "term", "membership"])
def test_what_is_referred_to_cannot_be_emptied(refused: Refused, annotation: Annotation, table: str) -> None:
    assert refused(f"TRUNCATE annotations_{table} CASCADE").endswith(("_never_deleted", "_frozen", "_append_only"))

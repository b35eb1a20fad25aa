"""Guards of labels, verdicts, attributions and links, tried by going round the application with plain SQL."""

import pytest

from annotations.models import Annotation, Article, Desk, Term
from annotations.models.base import new_id
from tests.factories import annotate
from tests.models.conftest import Refused
from tests.people import People


def test_label_of_another_desk_is_refused(refused: Refused, full: Annotation, other_desk: Desk) -> None:
    term = Term.objects.get(desk=other_desk, key="quantity")
    sql = "INSERT INTO annotations_annotationterm (desk_id, annotation_id, term_id) VALUES (%s, %s, %s)"

    assert refused(sql, full.desk_id, full.pk, term.pk) == "annotationterm_term_same_desk"


def test_verdict_is_no_label(refused: Refused, full: Annotation) -> None:
    term = Term.objects.get(desk_id=full.desk_id, key="false")
    sql = "INSERT INTO annotations_annotationterm (desk_id, annotation_id, term_id) VALUES (%s, %s, %s)"

    assert refused(sql, full.desk_id, full.pk, term.pk) == "annotationterm_no_verdict"


VERDICT = (
    "INSERT INTO annotations_verdict (id, desk_id, author_id, created, annotation_id, term_id, rationale, retired_at) "
    "SELECT %s, desk_id, author_id, now(), id, %s, '', {} FROM annotations_annotation"
)


def test_only_one_verdict_is_current(refused: Refused, full: Annotation) -> None:
    term = Term.objects.get(desk_id=full.desk_id, key="false")

    assert refused(VERDICT.format("null"), new_id(), term.pk) == "verdict_one_current"


def test_verdict_is_on_the_scale(refused: Refused, full: Annotation) -> None:
    term = Term.objects.get(desk_id=full.desk_id, key="intelligence-sourced")

    assert refused(VERDICT.format("now()"), new_id(), term.pk) == "verdict_term_on_scale"


def test_verdict_is_of_the_desk(refused: Refused, full: Annotation, other_desk: Desk) -> None:
    term = Term.objects.get(desk=other_desk, key="false")

    assert refused(VERDICT.format("now()"), new_id(), term.pk) == "verdict_term_same_desk"


ATTRIBUTION = (
    "INSERT INTO annotations_attribution (id, desk_id, author_id, created, annotation_id, source, {column}) "
    "SELECT %s, desk_id, author_id, now(), id, 'somebody', {value} FROM annotations_annotation"
)


@pytest.mark.parametrize(
    ("column", "value", "guard"),
    [
        ("source_start, source_end", "0, 1000000", "attribution_range_inside_text"),
        ("cue_start, cue_end", "0, 1000000", "attribution_range_inside_text"),
        ("source_start, source_end", "5, 5", "attribution_source_range_whole"),
        ("cue_start", "5", "attribution_cue_range_whole"),
    ],
)
def test_attribution_ranges_are_guarded(
    refused: Refused, full: Annotation, column: str, value: str, guard: str
) -> None:
    assert refused(ATTRIBUTION.format(column=column, value=value), new_id()) == guard


def test_attribution_terms_stay_on_their_axes(refused: Refused, full: Annotation) -> None:
    term = Term.objects.get(desk_id=full.desk_id, key="intelligence-sourced")
    sql = ATTRIBUTION.format(column="channel_id", value="%s")

    assert refused(sql, new_id(), term.pk) == "attribution_terms_on_their_axes"


def test_term_is_retired_and_never_deleted(refused: Refused, full: Annotation) -> None:
    sql = "DELETE FROM annotations_term WHERE desk_id = %s AND key = %s"

    assert refused(sql, full.desk_id, "intelligence-sourced") == "term_never_deleted"
    assert refused(sql, full.desk_id, "unproven") == "term_never_deleted"
    assert refused("UPDATE annotations_term SET desk_id = %s", new_id()) == "term_keeps_its_key"
    assert Term.objects.filter(desk_id=full.desk_id, key="intelligence-sourced").exists()


def test_label_goes_to_no_term_of_another_desk(refused: Refused, full: Annotation, foreign_article: Article) -> None:
    foreign = Term.objects.get(desk_id=foreign_article.desk_id, key="intelligence-sourced")
    sql = "UPDATE annotations_annotationterm SET term_id = %s"

    assert refused(sql, foreign.pk) == "annotationterm_term_same_desk"
    assert refused(sql, new_id()) == "annotationterm_term_same_desk"


def test_link_stays_on_the_desk(refused: Refused, full: Annotation, foreign_article: Article, people: People) -> None:
    target = annotate(foreign_article, people.stranger, "thousands of troops")
    sql = (
        "INSERT INTO annotations_link (id, desk_id, author_id, created, annotation_id, target_id, kind) "
        "VALUES (%s, %s, %s, now(), %s, %s, 'same_fact')"
    )

    assert refused(sql, new_id(), full.desk_id, full.author_id, full.pk, target.pk) == "link_target_same_desk"


def test_rating_is_whole_or_absent(refused: Refused, desk: Desk) -> None:
    sql = "UPDATE annotations_term SET rating_best = null WHERE key = 'false'"

    assert refused(sql) == "term_rating_whole_or_none"

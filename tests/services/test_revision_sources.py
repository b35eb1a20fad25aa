"""New copy and the sources that annotations name in the text: their ranges follow the words or need a look."""

import pytest
from django.db import DatabaseError, connection, transaction

from annotations.core.drafts import AttributionDraft
from annotations.models import (
    Article,
)
from tests.factories import annotate
from tests.people import TEXT, People
from tests.services.test_revision_decisions import choose
from tests.services.test_revisions import ON_TOP, placed, revise


def test_ranges_of_sources_follow_their_words(article: Article, people: People) -> None:
    source = TEXT.index("Western intelligence agencies")
    annotation = annotate(
        article,
        people.checker,
        "thousands of troops",
        attributions=[
            AttributionDraft("Agencies", source_range=(source, source + 29), cue_range=(source - 13, source - 1))
        ],
    )

    revise(article, people.checker2, ON_TOP + TEXT)

    row = annotation.attributions.get()
    text = Article.objects.get(pk=article.pk).current.text
    assert text[row.source_start : row.source_end] == "Western intelligence agencies"
    assert text[row.cue_start : row.cue_end] == "according to"


def test_annotation_whose_source_is_renamed_elsewhere_needs_a_recheck(article: Article, people: People) -> None:
    source = TEXT.index("the leader said")
    annotation = annotate(
        article,
        people.checker,
        "thousands of troops",
        attributions=[AttributionDraft("The leader", source_range=(source, source + 10))],
    )

    revise(article, people.checker2, TEXT.replace("the leader said", "the minister said"))

    assert placed(annotation) == (1, "thousands of troops", "needs_recheck")
    choose(annotation, people.checker2, "accept")
    assert placed(annotation) == (2, "thousands of troops", "needs_recheck")
    assert annotation.attributions.get().source_start is None
    choose(annotation, people.checker2, "undo")
    assert annotation.attributions.get().source_start == source


def test_source_in_a_sentence_that_changed_elsewhere_is_kept_when_a_person_accepts(
    article: Article, people: People
) -> None:
    source = TEXT.index("the leader said")
    annotation = annotate(
        article, people.checker, "nine", attributions=[AttributionDraft("Leader", source_range=(source, source + 10))]
    )
    new = revise(article, people.checker2, TEXT.replace("nine", "eleven"))

    choose(annotation, people.checker2, "accept")

    row = annotation.attributions.get()
    assert new.text[row.source_start : row.source_end] == "the leader"


def test_database_lets_no_range_of_a_source_stand_on_other_words(article: Article, people: People) -> None:
    annotate(
        article, people.checker, "thousands of troops", attributions=[AttributionDraft("Agencies", source_range=(0, 6))]
    )

    with (
        pytest.raises(DatabaseError, match="would stand on other words"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE annotations_attribution SET source_start = 1, source_end = 7")

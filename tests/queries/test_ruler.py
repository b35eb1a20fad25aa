"""How an article's annotations stand: one statement says what the guards and the ruler would find each for itself."""

import pytest

from annotations.core.states import AnnotationState
from annotations.models import Article
from annotations.permissions import article_facts
from annotations.queries.card_rows import cards
from annotations.queries.ruler import standing_of
from annotations.services.incoming import text_of
from annotations.services.revisions import revise_article
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at

pytestmark = pytest.mark.django_db


def test_counts_tell_what_is_shown_what_is_unsettled_and_what_has_no_place(article: Article, people: People) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people, "thousands of troops")
    annotation_at(AnnotationState.WITHDRAWN, article, people, "Thousands of families")
    for quote in ("has sent", "abroad"):
        annotate(article, people.checker, quote)
    gone = annotate(article, people.checker, "We lost nine,")
    article.refresh_from_db()
    revise_article(
        article_id=article.pk,
        actor=people.checker,
        seen_version=article.version,
        incoming=text_of(TEXT.replace('"We lost nine,"', "")),
    )
    article = Article.objects.get(pk=article.pk)
    gone.refresh_from_db()

    standing = standing_of(article)

    facts = article_facts(article)
    assert gone.revision_id != article.revision_id
    assert (standing.unsettled, standing.unplaced) == (facts.unsettled, facts.unplaced) == (3, 1)
    assert standing.shown == cards(article).count() == 3
    assert sum(number for each in standing.ruler for _state, number in each.states) == 3


def test_article_without_annotations_has_nothing_to_count(article: Article) -> None:
    standing = standing_of(article)

    assert (standing.ruler, standing.shown, standing.unsettled, standing.unplaced) == ([], 0, 0, 0)

"""New copy: what becomes of annotations, sign-offs, coverage and article; failures half way."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection

from annotations import ingest
from annotations.core.drafts import AttributionDraft
from annotations.core.errors import DomainError
from annotations.core.states import AnnotationState, ArticleState
from annotations.models import (
    Annotation,
    Article,
    CoverageMark,
    Event,
    Notice,
    Placement,
    Revision,
    SignOff,
    User,
)
from annotations.permissions import article_facts
from annotations.services.revisions import revise_article
from annotations.services.undo import undo_annotation
from tests.factories import annotate
from tests.people import TEXT, People
from tests.services.test_races import at_once
from tests.states import annotation_at, article_at, cover, move

ON_TOP = "UPDATED: the ministry has answered.\n\n"


def revise(article: Article, actor: User, text: str, seen_version: int | None = None) -> Revision:
    revision, made = revise_article(
        article_id=article.pk, actor=actor, incoming=ingest.read_text(text), seen_version=seen_version
    )
    assert made
    return revision


def outcomes(revision: Revision) -> dict[str, str]:
    return dict(Placement.objects.filter(next_revision=revision).values_list("exact", "outcome"))


def placed(annotation: Annotation) -> tuple[int, str, str]:
    annotation.refresh_from_db()
    return annotation.revision.number, annotation.exact, annotation.state


def signed(article: Article, people: People, quote: str) -> Annotation:
    return annotation_at(AnnotationState.SIGNED_OFF, article, people, quote)


def test_paragraph_on_top_moves_everything_and_keeps_sign_offs(article: Article, people: People) -> None:
    annotation = signed(article, people, "nine")

    new = revise(article, people.checker2, ON_TOP + TEXT)

    assert outcomes(new) == {"nine": "moved"}
    assert placed(annotation) == (2, "nine", "signed_off")
    assert annotation.start == TEXT.index("nine") + len(ON_TOP)
    assert annotation.reviews.filter(voided_at=None).count() == 1


def test_number_changed_inside_a_signed_off_range_comes_back_into_the_queue(article: Article, people: People) -> None:
    annotation = signed(article, people, '"We lost nine,"')
    untouched = signed(article, people, "thousands of troops")

    new = revise(article, people.checker2, TEXT.replace("lost nine", "lost eleven"))

    assert outcomes(new) == {'"We lost nine,"': "changed", "thousands of troops": "unchanged"}
    assert placed(annotation) == (1, '"We lost nine,"', "needs_recheck")
    assert placed(untouched) == (2, "thousands of troops", "signed_off")
    assert annotation.reviews.filter(voided_at=None).count() == 0
    placement = Placement.objects.get(annotation=annotation)
    assert new.text[placement.new_start : placement.new_end] == '"We lost eleven,"'
    notices = [(each.person.username, each.sentence) for each in Notice.objects.filter(annotation=None)]
    sentence = 'Checker2 brought in new copy of "Troops cleared mines": recheck 1 annotation of yours there.'
    assert sorted(notices) == [("checker", sentence), ("reviewer", sentence)]


def test_number_changed_beside_a_range_in_its_sentence_needs_a_recheck_too(article: Article, people: People) -> None:
    annotation = signed(article, people, "nine")

    revise(article, people.checker2, TEXT.replace("a hundred and twenty days", "a hundred days"))

    placement = Placement.objects.get(annotation=annotation)
    assert (placement.outcome, placement.sentence_changed, placement.decision) == ("changed", True, "pending")
    assert placed(annotation) == (1, "nine", "needs_recheck")


def test_sentence_deleted_leaves_the_annotation_on_the_old_text(article: Article, people: People) -> None:
    annotation = signed(article, people, "Thousands of families wait.")

    new = revise(article, people.checker2, TEXT.replace(" Thousands of families wait.", ""))

    assert outcomes(new) == {"Thousands of families wait.": "gone"}
    assert placed(annotation) == (1, "Thousands of families wait.", "needs_recheck")
    assert Placement.objects.get().new_start is None


def test_swapped_paragraphs_are_followed(article: Article, people: People) -> None:
    annotation = signed(article, people, "The agencies gave no evidence.")
    head, second, third, last = TEXT.split("\n\n")

    new = revise(article, people.checker2, "\n\n".join((head, last, second, third)))

    assert outcomes(new) == {"The agencies gave no evidence.": "moved"}
    assert placed(annotation) == (2, "The agencies gave no evidence.", "signed_off")


def test_same_text_makes_no_revision(article: Article, people: People) -> None:
    revision, made = revise_article(
        article_id=article.pk, actor=people.checker, incoming=ingest.read_text(TEXT.replace("\n", "\r\n"))
    )

    assert (revision.number, made) == (1, False)
    assert Revision.objects.count() == 1
    assert not Event.objects.filter(action="revise").exists()


@pytest.mark.parametrize("state", [ArticleState.CLEARED, ArticleState.PUBLISHED])
def test_cleared_article_goes_back_to_checking_and_only_its_head_brings_in_copy(
    state: ArticleState, article: Article, people: People
) -> None:
    article_at(state, article, people)
    with pytest.raises(DomainError, match="Only the head of research can reopen") as refused:
        revise(article, people.checker, ON_TOP + TEXT)
    assert refused.value.code == "not_allowed"

    revise(article, people.head, ON_TOP + TEXT)

    article.refresh_from_db()
    assert (article.state, article.current.number) == ("checking", 2)
    assert SignOff.objects.get().voided_at is not None
    assert list(Event.objects.filter(article=article).order_by("-number").values_list("action", flat=True)[:3]) == [
        "carry",
        "revise",
        "reopen",
    ]


def test_retracted_article_gets_no_new_copy(article: Article, people: People) -> None:
    article_at(ArticleState.RETRACTED, article, people)

    with pytest.raises(DomainError) as refused:
        revise(article, people.head, ON_TOP + TEXT)

    assert refused.value.code == "wrong_state"


def test_coverage_marks_stay_on_sentences_that_are_the_same(article: Article, people: People) -> None:
    cover(article, people)
    before = CoverageMark.objects.filter(retired_at=None).count()

    revise(article, people.checker2, ON_TOP + TEXT.replace("gave no evidence", "gave some evidence"))

    article = Article.objects.get(pk=article.pk)
    marks = CoverageMark.objects.filter(revision=article.current, retired_at=None)
    assert marks.count() == before - 1
    assert set(marks.values_list("person", flat=True)) == {people.checker.pk}
    unseen = [article.current.text[row.start : row.end] for row in article_facts(article).unseen]
    assert unseen == ["UPDATED: the ministry has answered.", "The agencies gave some evidence."]


@pytest.mark.parametrize(
    ("text", "place"),
    [(ON_TOP + TEXT, (2, "nine", "open")), (TEXT.replace("nine", "ten"), (1, "nine", "needs_recheck"))],
)
def test_annotation_withdrawn_when_new_copy_came_is_carried_when_it_comes_back(
    text: str, place: tuple[int, str, str], article: Article, people: People
) -> None:
    annotation = annotate(article, people.checker, "nine")
    move(annotation, people.checker, "withdraw", reason="By mistake.")
    new = revise(article, people.checker2, text)
    assert outcomes(new) == {}

    undo_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=None)

    assert placed(annotation) == place
    assert Placement.objects.get().next_revision == new


@pytest.mark.parametrize("count", [1, 3])
def test_new_copy_takes_the_same_queries_for_one_annotation_as_for_three(
    count: int,
    article: Article,
    people: People,
    django_assert_num_queries: Callable[[int], AbstractContextManager[None]],
) -> None:
    for at in range(count):
        start = at * 6
        draft = AttributionDraft("Somebody", source_range=(start, start + 5))
        annotate(article, people.checker, TEXT[start : start + 5], attributions=[draft])

    with django_assert_num_queries(21):
        revise(article, people.checker2, ON_TOP + TEXT)


@pytest.mark.parametrize("table", ["annotations_placement", "annotations_event", "annotations_coveragemark"])
@pytest.mark.django_db(transaction=True)
def test_failure_half_way_leaves_the_old_revision_current(table: str, article: Article, people: People) -> None:
    annotation = signed(article, people, "nine")
    cover(article, people)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION factcheck_fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF to_jsonb(new) ->> 'action' IS DISTINCT FROM 'revise' THEN RAISE 'disk full'; END IF; RETURN new; END $$"
        )
        cursor.execute(f"CREATE TRIGGER fails BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION factcheck_fails()")
    events = Event.objects.count()
    try:
        with pytest.raises(DatabaseError, match="disk full"):
            revise(article, people.checker2, ON_TOP + TEXT)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION factcheck_fails CASCADE")

    article = Article.objects.get(pk=article.pk)
    assert (article.current.number, article.state, Event.objects.count()) == (1, "checking", events)
    assert placed(annotation) == (1, "nine", "signed_off")
    assert Revision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_bring_in_copy_at_once_one_wins(article: Article, people: People) -> None:
    version = Article.objects.get(pk=article.pk).version

    def attempt(number: int) -> object:
        person = User.objects.get(pk=people.checker.pk)
        incoming = ingest.read_text(f"Copy {number}.\n\n{TEXT}")
        return revise_article(article_id=article.pk, actor=person, incoming=incoming, seen_version=version)

    outcome = at_once(attempt)

    assert outcome.count("ok") == 1
    assert set(outcome) == {"ok", "stale"}
    assert Revision.objects.count() == 2

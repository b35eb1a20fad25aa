"""The search entries follow what they repeat, and ten thousand of them are searched through the indexes."""

from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from annotations import ingest, migrations
from annotations.core.drafts import AnnotationChanges, EvidenceDraft
from annotations.core.states import ArticleState
from annotations.models import Annotation, Article, Desk, SearchEntry
from annotations.models.search import FoundKind
from annotations.queries.distinct import languages
from annotations.queries.matching import annotations_saying, articles_saying
from annotations.queries.search import Asked, _matching, search
from annotations.services.annotations import edit_annotation
from annotations.services.articles import edit_article
from annotations.services.comments import add_comment
from annotations.services.evidence import retire_part
from annotations.services.revisions import revise_article
from bench.stock import stock
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.queries.test_worklist import looked_at
from tests.states import article_at


def found(people: People, words: str) -> list[str]:
    return [hit.entry.kind for hit in search(people.checker, Asked(words)).hits]


def test_a_change_is_found_by_its_new_words_only(article: Article, people: People) -> None:
    annotation = annotate(article, people.checker, "nine", claim="A zebra died.")

    changes = AnnotationChanges(claim="A giraffe died.", note="Ask the zoo.")
    edit_annotation(annotation_id=annotation.pk, actor=people.checker, seen_version=1, changes=changes)
    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes={"title": "Okapi"})

    assert (found(people, "zebra"), found(people, "cleared")) == ([], ["text"])
    assert (found(people, "giraffes"), found(people, "zoo")) == (["annotation"], ["annotation"])
    assert found(people, "okapis") == ["article"]


def test_retired_evidence_is_not_found(article: Article, people: People) -> None:
    evidence = [EvidenceDraft(url="https://example.org/zebra", title="Zebra report", stance="supports")]
    annotation = annotate(article, people.checker, "nine", evidence=evidence)
    assert found(people, "zebra") == ["evidence"]

    part = annotation.evidence.get()
    retire_part(annotation_id=annotation.pk, actor=people.checker, kind="evidence", part_id=part.pk)

    assert found(people, "zebra") == []


def test_another_language_makes_other_words_the_same(desk: Desk, people: People) -> None:
    article = import_text(desk, people.checker, "Die Häuser brannten.", title="Feuer", language="en")
    import_text(desk, people.checker, "Nichts.", title="Nichts", language="de")
    assert found(people, "Haus") == []

    edit_article(article_id=article.pk, actor=people.checker, seen_version=None, changes={"language": "de-AT"})

    assert found(people, "Haus") == ["text"]


def test_only_the_current_text_is_found(article: Article, people: People) -> None:
    annotate(article, people.checker, "hundred and twenty days")
    incoming = ingest.read_text(TEXT.replace('"in a hundred and twenty days."', '"in a zebra."'))

    revise_article(article_id=article.pk, actor=people.checker, incoming=incoming)

    assert found(people, "zebra") == ["text"]
    assert found(people, "twenty") == ["annotation"]
    assert list(annotations_saying(Annotation.objects.all(), "NTY DAY")) == [Annotation.objects.get()]
    assert list(articles_saying(Article.objects.all(), "nty day")) == []


def test_parts_of_words_are_found_in_the_quotes_that_have_them(article: Article, people: People) -> None:
    annotate(article, people.checker, "Troops cleared mines, leader says\n\nThe country has sent thousands")
    annotate(article, people.checker, "hundred and twenty days")
    annotate(article, people.checker, '"in a hundred and twe')
    annotate(article, people.checker, "no evidence")
    assert found(people, "wenty da") == ["annotation", "text"]
    assert found(people, "housan") == ["annotation", "text", "text"]

    longer = "A new beginning of quite some length. " * 9 + TEXT.replace("hundred and twenty days", "year")
    revise_article(article_id=article.pk, actor=people.checker, incoming=ingest.read_text(longer))

    assert found(people, "wenty da") == ["annotation"]
    assert sorted(found(people, "housan")) == ["annotation", "text", "text"]
    assert found(people, "100%") == []


def test_of_articles_that_nothing_was_found_in_none_is_read(article: Article, desk: Desk, people: People) -> None:
    article_at(ArticleState.CLEARED, article, people)
    stock(desk, people.checker, count=300, characters=200, spans=2)

    for person in (people.checker, people.reader):
        assert [hit.entry.kind for hit in search(person, Asked("mines")).hits] == ["text", "article"]
        assert looked_at(partial(search, person, Asked("mines"))) < 20


def test_a_very_long_paragraph_is_found_at_its_exact_place(desk: Desk, people: People) -> None:
    text = "🚋 word " * 9_000 + "zebra" + " word" * 100
    article = import_text(desk, people.checker, text, title="Long")

    [hit] = search(people.checker, Asked("zebra")).hits

    assert hit.place is not None
    assert text[hit.place[0] : hit.place[1]] == "zebra"
    pieces = SearchEntry.objects.filter(article=article, kind=FoundKind.TEXT).order_by("start")
    assert "".join(pieces.values_list("text", flat=True)) == text.rstrip()
    assert [len(piece.text) for piece in pieces] == [19_999, 19_999, 19_999, 3_508]


@pytest.fixture
def many(article: Article, desk: Desk) -> None:
    """Ten thousand entries of two hundred articles, a third of them annotations'; one, of a text, says zebra."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO annotations_searchentry (kind, desk_id, article_id, object_id, start, text, words)"
            " SELECT CASE n %% 3 WHEN 0 THEN 'annotation' ELSE 'text' END, %s,"
            " CASE n / 50 WHEN 1 THEN %s ELSE md5((n / 50)::text)::uuid END,"
            " gen_random_uuid(), 0, line, to_tsvector('simple', line)"
            " FROM generate_series(1, 10000) n, LATERAL (SELECT format('%%s ferry %%s harbour %%s',"
            " md5(n::text), md5((n * 7)::text), CASE n WHEN 77 THEN 'zebra' END)) made (line)",
            [desk.pk, article.pk],
        )
        cursor.execute(
            "SELECT gin_clean_pending_list('searchentry_words'), gin_clean_pending_list('searchentry_fragments')"
        )
        cursor.execute("ANALYZE annotations_searchentry")


def test_ten_thousand_entries_are_searched_through_both_indexes(many: None, people: People) -> None:
    rows = _matching(people.checker, Asked("zebra"), languages(people.checker)[0])

    plan = rows[:21].explain()

    assert "Bitmap Index Scan on searchentry_words" in plan
    assert "Bitmap Index Scan on searchentry_fragments" in plan
    assert "Seq Scan on annotations_searchentry" not in plan
    assert found(people, "zebr") == ["text"]


def test_lists_of_the_api_look_their_words_up(many: None) -> None:
    for rows in (
        annotations_saying(Annotation.objects.all(), "zebra"),
        articles_saying(Article.objects.all(), "zebra"),
    ):
        plan = rows.explain()
        assert "Bitmap Index Scan on searchentry_fragments" in plan
        assert "Seq Scan on annotations_searchentry" not in plan


def test_what_was_there_before_the_index_is_found_as_what_came_after_it(article: Article, people: People) -> None:
    evidence = [EvidenceDraft(url="https://example.org/zebra", title="Zebra report", stance="supports")]
    annotation = annotate(article, people.checker, "nine", claim="A claim", note="A note", evidence=evidence)
    add_comment(annotation_id=annotation.pk, actor=people.checker, text="A comment")
    revise_article(article_id=article.pk, actor=people.checker, incoming=ingest.read_text(TEXT + " More."))
    fields = ("kind", "desk", "article", "annotation", "object_id", "start", "text", "fragments", "words")
    written = set(SearchEntry.objects.values_list(*fields))
    sql = (Path(migrations.__file__).parent / "sql" / "0013_search.sql").read_text(encoding="utf-8")

    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(sql.partition("-- ── What is there already")[2].partition("\n")[2])

    assert {row[0] for row in written} == set(FoundKind.values)
    assert set(SearchEntry.objects.values_list(*fields)) == written

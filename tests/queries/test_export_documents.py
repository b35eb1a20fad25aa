"""Documents of an export: each revision with its text, its wanted annotations and the links between them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.states import AnnotationState
from annotations.models import Article, Desk
from annotations.queries import export_documents as module
from annotations.queries.export_documents import export_documents
from annotations.queries.export_rows import Export, export_rows
from annotations.queries.snapshots import snapshot
from annotations.services.evidence import add_link, retire_part
from tests.factories import annotate, import_text
from tests.people import TEXT, People
from tests.states import annotation_at

pytestmark = pytest.mark.django_db(transaction=True)

ALL = Export(Article.objects.all(), states=())


@pytest.fixture
def second(desk: Desk, people: People) -> Article:
    told = {"byline": "Ann", "outlet": "Post", "canonical_url": "https://example.org/", "language": "en"}
    return import_text(desk, people.checker, "Nine lost.", title="Two", published_at=dt.date(2026, 1, 31), **told)


@pytest.mark.parametrize("batch", [1, 2, 2000])
def test_each_revision_comes_with_its_text_and_rows(
    batch: int, article: Article, second: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in ("nine", "leader"):
        annotate(article, people.checker, words)
        annotate(second, people.checker, "lost", claim=words)
    monkeypatch.setattr(module, "FIRST_BATCH", batch)
    monkeypatch.setattr(module, "BATCH", batch)

    with snapshot():
        one, two = export_documents(ALL)
        rows = list(export_rows(ALL))

    assert (one.article, one.desk, one.title, one.text) == (str(article.pk), "demo", "Troops cleared mines", TEXT)
    assert (one.revision, one.number, one.published_at) == (str(article.revision_id), 1, None)
    assert (two.byline, two.outlet, two.canonical_url) == ("Ann", "Post", "https://example.org/")
    assert (two.published_at, two.language) == ("2026-01-31", "en")
    assert [one.rows, two.rows] == [[rows[0], rows[2]], [rows[1], rows[3]]]


def test_only_what_is_wanted_makes_a_document(article: Article, second: Article, people: People) -> None:
    annotation_at(AnnotationState.WITHDRAWN, article, people, "nine")
    open_one = annotate(second, people.checker, "Nine")

    with snapshot():
        (document,) = export_documents(Export(Article.objects.all(), states=(AnnotationState.OPEN,)))
        assert list(export_documents(Export(Article.objects.filter(title="None"), states=()))) == []

    assert [row["id"] for row in document.rows] == [str(open_one.pk)]


def test_links_within_a_text_are_its_own(article: Article, second: Article, people: People) -> None:
    nine, leader, lost = (
        annotate(article, people.checker, "nine"),
        annotate(article, people.checker, "leader"),
        annotate(second, people.checker, "lost"),
    )
    for target, kind in ((nine, "depends_on"), (lost, "same_fact"), (nine, "contradicts")):
        link = add_link(annotation_id=leader.pk, actor=people.checker, target_id=target.pk, kind=kind)
    retire_part(annotation_id=leader.pk, actor=people.checker, kind="links", part_id=link.pk)

    with snapshot():
        one, two = export_documents(ALL)

    assert one.links == [{"annotation": str(leader.pk), "target": str(nine.pk), "kind": "depends_on"}]
    assert two.links == []


@pytest.mark.parametrize("count", [1, 2])
def test_many_documents_cost_as_many_questions_as_one(
    count: int, article: Article, second: Article, people: People
) -> None:
    for each, words in ((article, "nine"), (second, "Nine"))[:count]:
        annotate(each, people.checker, words)

    with snapshot(), CaptureQueriesContext(connection) as captured:
        assert len(list(export_documents(ALL))) == count

    # Which revisions, whether the rows stand alone, the links, the texts. COPY, which gives the rows, is not counted.
    assert len(captured) == 4

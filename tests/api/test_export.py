"""The JSON Lines export: the same rows as the API's, of one moment, and whole."""

import datetime as dt
import json
import random
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.core.drafts import (
    AnnotationChanges,
    AnnotationDraft,
    AttributionDraft,
    EvidenceDraft,
    PlaceDraft,
    VerdictDraft,
)
from annotations.core.states import AnnotationState
from annotations.formats import jsonl
from annotations.models import Annotation, Article, Desk
from annotations.queries import export_rows
from annotations.queries.export_rows import Export
from annotations.queries.rows import annotation_row, with_parts
from annotations.queries.snapshots import snapshot
from annotations.services.annotations import create_annotation, edit_annotation
from annotations.services.evidence import retire_part
from tests.api.client import Api
from tests.factories import annotate
from tests.people import TEXT, People
from tests.states import annotation_at

pytestmark = pytest.mark.django_db(transaction=True)
QUOTE = '"We lost nine," the leader said, "in a hundred and twenty days."'


@pytest.fixture
def rich(article: Article, people: People) -> list[Annotation]:
    """Annotations with everything that one can have, current and retired, and one with nothing."""
    start = TEXT.index(QUOTE)
    fragments = [(start, start + 15), (start + 33, start + len(QUOTE))]
    draft = AnnotationDraft(
        place=PlaceDraft(fragments=fragments),
        claim='Quotes " and \\ and \U0001f973 and \u2028 and \x07 and \x7f.',
        note="\ttab\nline",
        terms=["quantity", "intelligence-sourced", "prediction"],
        attributions=[
            AttributionDraft("Agencies", "intelligence-sourced", "named-group", source_range=(0, 6), cue_range=(7, 14)),
            AttributionDraft("Somebody"),
        ],
        evidence=[
            EvidenceDraft(file=("a\u00e9.pdf", "application/pdf", b"%PDF"), stance="supports", tier="primary"),
            EvidenceDraft(url="https://www.example.org/", retrieved_at=dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)),
            EvidenceDraft(url="https://www.example.org/b", unnamed=True, independence_group="b"),
        ],
        verdict=VerdictDraft("accurate", "First."),
        assignee="checker2",
    )
    whole, _ = create_annotation(article_id=article.pk, actor=people.checker, draft=draft)
    gone = whole.evidence.order_by("id")[1]
    retire_part(annotation_id=whole.pk, actor=people.checker, kind="evidence", part_id=gone.pk)
    changes = AnnotationChanges(verdict=VerdictDraft("unproven", "Second.", dt.date(2026, 1, 31)))
    edit_annotation(annotation_id=whole.pk, actor=people.checker2, seen_version=None, changes=changes)
    return [whole, annotate(article, people.checker, "nine")]


def lines(response: Any) -> list[dict[str, Any]]:
    assert response.status_code == 200, response.content
    return [json.loads(line) for line in response.getvalue().split(b"\n")[:-1]]


def rows_of(api: Api, **params: Any) -> list[dict[str, Any]]:
    *rows, end = lines(api.show("export/jsonl/", params))
    assert end == {"end": True, "rows": len(rows)}
    return rows


def test_a_line_is_the_annotations_row_with_its_article(checker: Api, article: Article, rich: list[Annotation]) -> None:
    expected = [annotation_row(each) for each in with_parts(Annotation.objects.order_by("id"))]
    beside = {"article_title": "Troops cleared mines", "canonical_url": "", "desk": "demo"}

    assert rows_of(checker, state="all") == [row | beside for row in expected]
    assert len(expected[0]["evidence"]) == 2
    assert expected[0]["verdict"]["term"] == "unproven"


@pytest.mark.parametrize("seed", range(3))
def test_timestamps_are_written_as_everywhere_else(seed: int, checker: Api, annotation: Annotation) -> None:
    microseconds = random.Random(seed).choice([0, 1, 100_000, 999_999, 123_450])
    Annotation.objects.update(created=dt.datetime(2026, 1, 31, 23, 59, 59, microseconds, tzinfo=dt.UTC))

    (row,) = rows_of(checker, state="all")

    assert row["created"] == annotation_row(with_parts(Annotation.objects.all()).get())["created"]


def test_an_export_is_one_moment(
    checker: Api, article: Article, rich: list[Annotation], people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "FIRST_BATCH", 1)
    response = checker.show("export/jsonl/", {"state": "all"})
    stream = iter(response.streaming_content)

    first = json.loads(next(stream))
    with outside() as other:
        other.execute("UPDATE annotations_annotation SET note = 'changed meanwhile'")
    other.close()
    second, end = [json.loads(piece) for piece in stream]

    assert (first["note"], second["note"]) == ("\ttab\nline", "")
    assert end == {"end": True, "rows": 2}
    assert set(Annotation.objects.values_list("note", flat=True)) == {"changed meanwhile"}


def outside() -> Any:
    """A second connection to the same database, which commits at once."""
    parameters = connection.get_connection_params()
    return connection.Database.connect(**parameters, autocommit=True)


def test_an_export_that_nobody_finishes_ends_its_transaction(checker: Api, rich: list[Annotation]) -> None:
    response = checker.show("export/jsonl/", {"state": "all"})
    next(iter(response.streaming_content))

    response.close()

    assert not connection.in_atomic_block


@pytest.mark.parametrize(
    ("first", "block", "piece"),
    [(1, 200, 131_072), (2, 2, 1), (200, 1, 1), (200, 1, 131_072), (200, 2, 1), (200, 3, 131_072)],
)
def test_batches_blocks_and_pieces_give_the_same_rows(
    first: int,
    block: int,
    piece: int,
    checker: Api,
    rich: list[Annotation],
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for words in ("leader", "agencies", "hundred"):
        annotate(rich[0].article, people.checker, words, terms=["quantity"])
    expected = rows_of(checker, state="all")
    monkeypatch.setattr(export_rows, "FIRST_BATCH", first)
    monkeypatch.setattr(export_rows, "BATCH", 4)
    monkeypatch.setattr(export_rows, "BLOCK", block)
    monkeypatch.setattr(export_rows, "PIECE", piece)

    assert len(expected) == 5
    assert rows_of(checker, state="all") == expected


@pytest.mark.parametrize("block", [1, 2, 200])
def test_what_lies_between_wanted_annotations_stays_out(
    block: int, checker: Api, article: Article, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "BLOCK", block)
    first = annotate(article, people.checker, "nine", terms=["quantity"])
    annotation_at(AnnotationState.WITHDRAWN, article, people, "leader")
    others = [annotate(article, people.checker, words, terms=["quantity"]) for words in ("agencies", "hundred")]

    rows = rows_of(checker, state="open")

    assert [row["id"] for row in rows] == [str(each.pk) for each in (first, *others)]
    assert [row["terms"] for row in rows] == [["quantity"]] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_an_export_asks_as_often_for_many_as_for_one(
    count: int, checker: Api, article: Article, people: People
) -> None:
    for words in ("nine", "leader", "agencies")[:count]:
        annotate(article, people.checker, words, terms=["quantity"], evidence=[EvidenceDraft(url="https://a.org")])
    rows_of(checker)

    with CaptureQueriesContext(connection) as captured:
        assert len(rows_of(checker, state="all")) == count

    # The token; BEGIN, its settings, COMMIT; which rows, whether they stand alone. The COPY of the rows is not counted.
    assert len(captured) == 6


def test_rows_for_other_formats_are_the_same(checker: Api, rich: list[Annotation]) -> None:
    expected = rows_of_file(checker)

    with snapshot():
        assert list(export_rows.export_rows(Export(Article.objects.all(), states=()))) == expected


def rows_of_file(checker: Api) -> list[dict[str, Any]]:
    pieces = list(checker.show("export/jsonl/", {"state": "all"}).streaming_content)
    return list(jsonl.read(b"".join(pieces).decode().splitlines()))


def test_the_file_has_a_name_and_a_type(checker: Api, article: Article) -> None:
    response = checker.show("export/jsonl/", {"state": "all"})
    response.close()

    assert response.headers["Content-Type"] == "application/x-ndjson"
    assert response.headers["Content-Disposition"] == 'attachment; filename="annotations.jsonl"'


def test_the_command_writes_the_same_file(checker: Api, rich: list[Annotation], desk: Desk, tmp_path: Path) -> None:
    expected = b"".join(checker.show("export/jsonl/", {"state": "all"}).streaming_content)
    output = StringIO()

    call_command("export_verdicts", "--state", "all", "--desk", "demo", "--output", str(tmp_path / "a.jsonl"))
    call_command("export_verdicts", "--state", "all", stdout=output)
    call_command("export_verdicts", "--since", "2999-01-01T00:00:00", "--output", str(tmp_path / "b.jsonl"))

    assert (tmp_path / "a.jsonl").read_bytes() == expected
    assert output.getvalue().encode() == expected
    assert (tmp_path / "b.jsonl").read_bytes() == b'{"end": true, "rows": 0}\n'


def test_the_command_prints_bytes_as_they_are(desk: Desk, tmp_path: Path) -> None:
    with (tmp_path / "a.zip").open("w") as output:
        call_command("export_verdicts", "--format", "brat", stdout=output)

    with ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == ["annotation.conf"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--desk", "nowhere"], 'There is no desk "nowhere"'),
        (["--article", "7"], "There is no article"),
        (["--since", "soon"], '"soon" is no moment'),
        (["--since", "2026-13-01T00:00:00Z"], "is no moment"),
        (["--output", "/nowhere/at/all.jsonl"], "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(arguments: list[str], words: str, desk: Desk) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("export_verdicts", *arguments)

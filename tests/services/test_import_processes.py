"""Large files are read by another process: the same comes of them, and nothing is lost with that process."""

import io
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from annotations.core.errors import DomainError
from annotations.formats.readers import Reading
from annotations.models import Annotation, Article, Desk
from annotations.services import import_processes, imports
from annotations.services.import_processes import _idle, looked_at_aside
from annotations.services.import_reports import Report
from annotations.services.imports import Options, import_file
from annotations.services.prepared_documents import Seen, Step, looked_at
from annotations.services.verification import verify_history
from tests.people import People

TEXT = "The ferry to the island was late on Tuesday. Number {}."


@pytest.fixture(autouse=True)
def any_file_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(import_processes, "WORTH", 0)
    monkeypatch.setattr(imports, "BATCH_DOCUMENTS", 2)
    yield
    _idle.end_all()


def line(number: int, **values: object) -> dict[str, object]:
    spans = [{"start": 4, "end": 9, "exact": "ferry", "terms": ["news-agency"]}]
    return {"key": f"document {number}", "text": TEXT.format(number), "annotations": spans, **values}


def reading(*lines: dict[str, object] | str) -> Reading:
    written = [each if isinstance(each, str) else json.dumps(each) for each in lines]
    return Reading("jsonl", io.BytesIO("\n".join(written).encode()))


def steps(documents: Reading) -> Iterator[Step]:
    return looked_at_aside(documents, documents, None)


def process_id() -> int:
    return _idle._waiting[0][0]._process.pid


def brought(desk: Desk, people: People, documents: Reading) -> Report:
    return import_file(desk_id=desk.pk, actor=people.checker, documents=documents, options=Options())


@pytest.mark.django_db(transaction=True)
def test_the_same_comes_in(desk: Desk, people: People, tmp_path: Path) -> None:
    plain = [line(number) for number in range(8)]
    rich = [
        line(8, annotations=[{"start": 4, "end": 9, "claim": "It was late.", "note": "Ask.", "terms": []}]),
        line(9, annotations=[{"start": 4, "end": 9, "exact": "barge", "terms": []}]),
        line(10, text="\r\nThe ferry", annotations=[{"start": 6, "end": 11, "terms": []}]),
        line(11, annotations=[{"start": 4, "end": 9, "exact": "ferry", "terms": ["no-such-label"]}]),
    ]
    path = tmp_path / "file.jsonl"
    path.write_text("\n".join(map(json.dumps, plain + rich)))

    with path.open("rb") as file, translation.override("de"):
        report = brought(desk, people, Reading("jsonl", file))

    assert (report.documents, report.created) == (12, 10)
    assert [(row["document"], row["code"]) for row in report.refused] == [
        ("document 9", "quote_mismatch"),
        ("document 11", "unknown_term"),
    ]
    assert Annotation.objects.filter(exact="ferry").count() == 10
    assert verify_history(desk).broken == ""
    again = process_id()
    assert brought(desk, people, reading(*plain)).existing == 8
    assert process_id() == again


def test_its_steps_are_those_of_a_reading_here() -> None:
    documents = reading(*(line(number) for number in range(40)), line(40, annotations=[{"start": 4, "end": 9}]))

    assert list(steps(documents)) == list(looked_at(documents, None))


@pytest.mark.django_db(transaction=True)
def test_nothing_stays_of_a_file_that_breaks_off_and_the_reader_is_told_in_their_language(
    desk: Desk, people: People
) -> None:
    lines = [*(line(number) for number in range(6)), line(6, annotations=3), '{"text": "The fer']

    with translation.override("de"), pytest.raises(DomainError) as refused:
        brought(desk, people, reading(*lines))

    assert refused.value.code == "truncated"
    assert refused.value.message.startswith("Die Datei bricht in Zeile 8 ab")
    assert not Article.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_documents_that_name_an_article_get_its_text(desk: Desk, people: People) -> None:
    brought(desk, people, reading(line(1)))
    article = str(Article.objects.get().pk)
    named = line(1, text="", article=article, annotations=[{"start": 17, "end": 23, "exact": "island", "terms": []}])

    report = brought(desk, people, reading(line(2), named))

    assert (report.created, report.refused, Article.objects.count()) == (2, [], 2)


@pytest.mark.parametrize("seen", [False, True])
def test_a_process_that_ends_too_soon_loses_nothing(seen: bool) -> None:
    """Before the end of the look all is read anew here; after it, what is left."""
    long = "It was late again.\n\n" * 1500
    documents = reading(*(line(number, text=f"{TEXT.format(number)}\n\n{long}") for number in range(300)))
    list(steps(reading(line(1))))
    process, found = process_id(), []
    for step in steps(documents):
        found.append(step)
        if process and (isinstance(step, Seen) or not seen):
            os.kill(process, signal.SIGKILL)
            process = 0

    assert not _idle._waiting, "the process was not the one that read"
    if seen:
        keys = [each.document.key for step in found if isinstance(step, list) for each in step]
        assert keys == [f"document {number}" for number in range(300)]
    else:
        assert found[-1] == Seen(is_right=False)


def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    list(steps(reading(line(1))))
    first = process_id()
    os.kill(first, signal.SIGKILL)
    _idle._waiting[0][0]._process.wait()

    assert [type(step) for step in steps(reading(line(1)))] == [list, Seen]
    assert process_id() != first


def test_a_process_without_work_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    list(steps(reading(line(1))))
    reader, _timer = _idle._waiting[0]
    monkeypatch.setattr(import_processes, "KEPT", 0.0)

    list(steps(reading(line(1))))

    reader._process.wait(60)
    assert not _idle._waiting

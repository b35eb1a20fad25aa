"""The language of the API: refusals are said as Accept-Language asks; codes, exports and the schema never change."""

import json
from typing import Any

import pytest

from annotations.core.states import AnnotationState
from annotations.formats.readers import READERS
from annotations.models import Annotation, Article, ImportRun
from annotations.queries.export_files import FORMATS
from annotations.services.import_runs import run_import
from tests.api.client import Api, problem
from tests.people import People
from tests.states import annotation_at

LANGUAGES = ("en", "uk", "de")
UNKNOWN = "00000000-0000-7000-8000-000000000000"


def details(api: Api, method: str, path: str, code: str, status: int, body: Any = None) -> list[str]:
    """What is said in each language; everything else is the same."""
    documents = []
    for language in LANGUAGES:
        answer = api.send(method, path, body, Accept_Language=language)
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]
        documents.append(problem(answer, status, code))
    assert len({document["title"] for document in documents}) == 1
    return [document["detail"] for document in documents]


def test_a_refusal_is_said_in_the_language_asked_for(checker: Api) -> None:
    assert details(checker, "GET", f"articles/{UNKNOWN}/", "not_found", 404) == [
        "There is no such article, or you may not see it.",
        "Такої статті немає, або вам не можна її бачити.",
        "Einen solchen Artikel gibt es nicht, oder Sie dürfen ihn nicht sehen.",
    ]


def test_values_stand_where_the_language_puts_them(article: Article, checker: Api) -> None:
    body = {"article": str(article.pk), "start": 2, "end": 1}

    assert details(checker, "POST", "annotations/", "range_reversed", 400, body) == [
        "The range 2–1 ends before it starts. Swap start and end.",
        "Межі 2–1 закінчуються раніше, ніж починаються. Поміняйте місцями start і end.",
        "Der Bereich 2–1 endet, bevor er beginnt. Vertauschen Sie start und end.",
    ]


def test_a_field_nobody_knows_is_told_in_every_language(checker: Api) -> None:
    english, ukrainian, german = details(checker, "POST", "tokens/", "unknown_field", 400, {"user": "x"} | TOKEN)

    assert english.startswith('user: There is no field "user" here. Known fields: ')
    assert ukrainian.startswith("user: Поля «user» тут немає. Відомі поля: ")
    assert german.startswith("user: Es gibt hier kein Feld „user“. Bekannte Felder: ")


TOKEN = {"username": "x", "password": "x", "name": "x"}


def test_what_one_may_do_and_why_not_is_told_in_the_language(article: Article, people: People, checker: Api) -> None:
    annotation = annotation_at(AnnotationState.PROPOSED, article, people)

    said = {}
    for language in LANGUAGES:
        answer = checker.send("GET", f"annotations/{annotation.pk}/transitions/", Accept_Language=language)
        row = next(each for each in answer.json()["transitions"] if each["action"] == "approve")
        said[language] = row["label"], row["code"], row["reason"]

    assert said == {
        "en": ("Approve", "not_allowed", "Only reviewers can approve."),
        "uk": ("Схвалити", "not_allowed", "Лише рецензенти можуть схвалити."),
        "de": ("Zustimmen", "not_allowed", "Dafür ist nur die Gegenprüfung zuständig: zustimmen."),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("format", sorted(FORMATS))
def test_exports_are_the_same_in_every_language(
    format: str, article: Article, annotation: Annotation, people: People, checker: Api
) -> None:
    annotation_at(AnnotationState.SIGNED_OFF, article, people)

    files = [
        checker.send("GET", f"export/{format}/?state=all", Accept_Language=language).getvalue()
        for language in LANGUAGES
    ]

    assert files[0]
    assert files == [files[0]] * len(LANGUAGES)


def test_the_schema_is_the_same_in_every_language(checker: Api) -> None:
    schemas = [checker.send("GET", "schema/", Accept_Language=language).content for language in ("uk", "de", "en")]

    assert schemas == [schemas[-1]] * len(LANGUAGES)
    assert b"Annotations, newest first" in schemas[0]


@pytest.mark.parametrize("format", sorted(READERS))
def test_a_file_that_cannot_be_read_is_refused_in_the_language(format: str, article: Article, checker: Api) -> None:
    path = f"import/{format}/?desk={article.desk.slug}"

    said = []
    for language in LANGUAGES:
        answer = checker.send("POST", path, raw=b"{", media_type="application/octet-stream", Accept_Language=language)
        said.append(problem(answer, 400, "malformed")["detail"])

    assert len(set(said)) == len(LANGUAGES)


def ended_import(article: Article, checker: Api, body: bytes) -> str:
    path = f"import/jsonl/?desk={article.desk.slug}&background=true"
    answer = checker.send("POST", path, raw=body, media_type="application/octet-stream", Accept_Language="uk")
    assert answer.status_code == 202
    run_import(answer.json()["id"])
    return f"imports/{answer.json()['id']}/"


def test_why_a_file_was_refused_is_told_in_the_language_of_whoever_reads_it(article: Article, checker: Api) -> None:
    path = ended_import(article, checker, b"{")

    assert [checker.send("GET", path, Accept_Language=each).json()["error"] for each in LANGUAGES] == [
        "Line 1 is no JSON. Correct it, then send the file again.",
        "Рядок 1: це не JSON. Виправте це й надішліть файл ще раз.",
        "Zeile 1 ist kein JSON. Berichtigen Sie das und senden Sie die Datei noch einmal.",
    ]


def test_reasons_in_a_report_are_told_in_the_language_of_whoever_reads_it(article: Article, checker: Api) -> None:
    span = {"start": 5, "end": 5_000_000}
    path = ended_import(article, checker, json.dumps({"text": "Some words.", "annotations": [span]}).encode())

    reports = [checker.send("GET", path, Accept_Language=each).json()["report"] for each in LANGUAGES]

    assert [report["refused"][0]["detail"] for report in reports] == [
        "The range 5–5000000 lies outside of the text, which ends at 11. Correct it or take it out.",
        "Межі 5–5000000 лежать поза текстом, який закінчується на 11. Виправте або вилучіть їх.",
        "Der Bereich 5–5000000 liegt außerhalb des Textes, der bei 11 endet. Berichtigen oder entfernen Sie ihn.",
    ]
    assert {report["refused"][0]["code"] for report in reports} == {"bad_range"}


def test_reports_of_before_are_shown_as_they_were_written(article: Article, people: People, checker: Api) -> None:
    refused = {"document": "1", "span": None, "code": "malformed", "detail": "The document has no text."}
    report = {"dry_run": False, "refused": [refused]}
    old = {"desk": article.desk, "created_by": people.checker, "format": "jsonl", "content": b""}
    run = ImportRun.objects.create(**old, state="done", error="An old sentence.", report=report)

    row = checker.send("GET", f"imports/{run.pk}/", Accept_Language="de").json()

    assert (row["error"], row["report"]) == ("An old sentence.", report | {"refused_documents": 1})

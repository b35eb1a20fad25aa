"""A stored report of an import is read in the reader's language, its documents' names and the parser's words too."""

import pytest
from django.test import Client

from annotations.models import Article
from annotations.services.import_runs import run_import, start_import
from annotations.services.imports import Options
from tests.people import People

BAD_SPAN = b'{"text": "Some words.", "annotations": [{"start": 5, "end": 50}]}'


def page_of(client: Client, article: Article, people: People, format: str, content: bytes, language: str) -> str:
    run = start_import(
        desk_id=article.desk_id, actor=people.checker, format=format, name="", content=content, options=Options()
    )
    run_import(run.pk)
    return client.get(f"/imports/{run.pk}/", headers={"Accept-Language": language}).content.decode()


@pytest.mark.parametrize(("language", "name"), [("en", "line 1"), ("uk", "рядок 1"), ("de", "Zeile 1")])
def test_document_without_a_key_is_named_in_the_language_of_the_reader(
    language: str, name: str, article: Article, people: People, checker: Client
) -> None:
    page = page_of(checker, article, people, "jsonl", BAD_SPAN, language)

    assert f'<th scope="row" dir="auto">{name}</th>' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "mismatched tag, line 1, column"), ("uk", "кінцевий тег не відповідає початковому, рядок 1, стовпець")],
)
def test_words_of_a_parser_are_in_the_language_of_the_reader(
    language: str, words: str, article: Article, people: People, checker: Client
) -> None:
    page = page_of(checker, article, people, "tei", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><a></b></TEI>', language)

    assert words in page

"""Bringing in an article: three ways, what was found, nothing lost between the steps."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from annotations.core.blocks import BlockKind
from annotations.models import Article, Desk, IncomingDraft
from annotations.templatetags.words import block_name
from tests.people import People

NEW = "/articles/new/"
PASTED = "A headline about mines\r\n\r\nBy Ana Ruiz\r\n\r\nThe 👩‍👩‍👧‍👦 said: cafe\u0301 & <b>.\r\n"


def bring(client: Client, **data: Any) -> Any:
    return client.post(NEW, {"desk": "demo", **data})


def test_pasted_text_is_previewed_then_saved_with_corrected_details(people: People, checker: Client) -> None:
    step_one = bring(checker, text=PASTED)
    preview = checker.get(step_one["Location"]).content.decode()
    step_two = checker.post(step_one["Location"], {"title": "My title", "byline": "Ana Ruiz", "language": "en"})

    article = Article.objects.get()
    assert "cafe\u0301 &amp; &lt;b&gt;." in preview
    assert step_two["Location"] == f"/articles/{article.pk}/"
    assert (article.title, article.byline, article.language) == ("My title", "Ana Ruiz", "en")
    assert article.revision is not None
    assert "The 👩‍👩‍👧‍👦 said: cafe\u0301 & <b>." in article.revision.text
    assert "\r" not in article.revision.text
    assert IncomingDraft.objects.count() == 0


def test_block_that_names_a_source_is_previewed_too(people: People, checker: Client) -> None:
    text = "A headline about mines\n\nThe report is long and says so.\n\nhttps://www.example.org/report"

    preview = checker.get(bring(checker, text=text)["Location"])

    assert preview.status_code == 200
    assert "https://www.example.org/report" in preview.content.decode()


@pytest.mark.parametrize("kind", BlockKind)
def test_every_kind_of_block_has_a_name(kind: BlockKind) -> None:
    assert block_name(kind).strip()


def test_uploaded_bytes_are_kept_to_the_last(people: People, checker: Client) -> None:
    content = "\ufeffTitel\r\n\r\nDie Wörter bleiben.\r\n".encode()
    step_one = bring(checker, file=SimpleUploadedFile("text «1».txt", content, content_type="text/plain"))
    checker.post(step_one["Location"], {"title": "Titel"})

    source = checker.get(reverse("annotations:article-source", args=(Article.objects.get().pk,)))

    assert source.content == content


def test_second_click_on_save_finds_the_first_ones_article(people: People, checker: Client) -> None:
    url = bring(checker, text=PASTED)["Location"]

    first, second = checker.post(url, {"title": "T"}), checker.post(url, {"title": "T"})

    assert first["Location"] == second["Location"] == f"/articles/{Article.objects.get().pk}/"


def test_details_that_are_refused_do_not_lose_the_text(people: People, checker: Client) -> None:
    url = bring(checker, text=PASTED)["Location"]

    refused = checker.post(url, {"title": "", "byline": "Typed"})

    source = refused.content.decode()
    assert refused.status_code == 422
    assert "Fill this in." in source
    assert 'value="Typed"' in source
    assert "cafe\u0301" in source
    assert IncomingDraft.objects.count() == 1


def test_draft_is_its_makers_alone(people: People, checker: Client, client: Client) -> None:
    url = bring(checker, text=PASTED)["Location"]
    client.force_login(people.checker2, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Give the article in one way"),
        ({"text": "  \n "}, "Give the article in one way"),
        ({"text": "Words", "url": "https://www.example.org/"}, "Give the article in one way"),
        ({"text": "nul \0 here"}, "Null characters are not allowed."),
        ({"url": "http://127.0.0.1:9/"}, "127.0.0.1"),
        ({"url": "file:///etc/passwd"}, "http"),
        ({"text": "Words", "desk": "other"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_kept(
    data: dict[str, str], sentence: str, desk: Desk, people: People, checker: Client
) -> None:
    response = bring(checker, **data)

    source = response.content.decode()
    assert response.status_code == 422
    assert sentence in source
    assert data.get("url", "") in source
    assert IncomingDraft.objects.count() == 0


def test_file_without_an_article_is_refused(people: People, checker: Client) -> None:
    response = bring(checker, file=SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))

    assert response.status_code == 422
    assert IncomingDraft.objects.count() == 0


def test_person_who_may_not_import_is_told_so(people: People, client: Client) -> None:
    client.force_login(people.reader, backend="django.contrib.auth.backends.ModelBackend")

    assert "You cannot bring in articles" in client.get(NEW).content.decode()
    assert bring(client, text=PASTED).status_code == 422
    assert IncomingDraft.objects.count() == 0

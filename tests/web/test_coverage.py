"""The coverage page: sentences marked one, several or a block at a time, taken back, and what is refused."""

import re
from collections.abc import Callable

from django.test import Client

from annotations.models import Annotation, Article, CoverageMark, Desk, User
from annotations.permissions import article_facts
from tests.factories import import_text
from tests.people import People
from tests.web.conftest import HTMX


def keys(article: Article) -> list[str]:
    return [f"{row.start}-{row.end}" for row in article_facts(article).unseen]


def test_ticked_sentences_are_marked_and_taken_back(article: Article, checker: Client) -> None:
    url, chosen = f"/articles/{article.pk}/coverage/", keys(article)[1:3]
    revision = str(article.revision_id)

    checker.post(url, {"revision": revision, "range": chosen})
    marked = keys(article)
    checker.post(url, {"revision": revision, "take_back": chosen[0]})

    assert len(marked) == 3
    assert len(keys(article)) == 4
    assert chosen[0] in keys(article)
    assert "1 of 5 sentences seen" in checker.get(url).content.decode()


def test_whole_block_is_marked_at_once(article: Article, checker: Client) -> None:
    checker.post(f"/articles/{article.pk}/coverage/", {"revision": str(article.revision_id), "block": "3"})

    text = article.current.text
    marks = [text[mark.start : mark.end] for mark in CoverageMark.objects.order_by("start")]
    assert marks == ["The agencies gave no evidence.", "Thousands of families wait."]


def test_annotated_sentences_need_no_mark(annotation: Annotation, article: Article, checker: Client) -> None:
    source = checker.get(f"/articles/{article.pk}/coverage/").content.decode()

    assert source.count('name="range"') == 4
    assert "Annotated" in source


def test_every_sentence_is_said_in_the_language_of_the_article(
    annotation: Annotation, article: Article, checker: Client
) -> None:
    Article.objects.filter(pk=article.pk).update(language="sv")

    source = checker.get(f"/articles/{article.pk}/coverage/").content.decode()

    assert len(re.findall(r'<label for="s\d+" dir="auto" lang="sv">', source)) == 4
    assert source.count('<span class="sentence" dir="auto" lang="sv">') == 1


def test_htmx_gets_the_ledger_or_the_panel(article: Article, checker: Client) -> None:
    url, data = f"/articles/{article.pk}/coverage/", {"revision": str(article.revision_id)}
    first, second = keys(article)[:2]

    ledger = checker.post(url, {**data, "range": first}, headers=HTMX).content.decode()
    panel = checker.post(url, {**data, "range": second, "panel": "1"}, headers=HTMX).content.decode()

    assert 'hx-target="#ledger"' in ledger
    assert 'hx-target="#review-panel"' in panel
    assert "2 of 5 sentences seen" in panel


def test_nothing_is_marked_without_a_tick_or_in_an_old_revision(article: Article, checker: Client) -> None:
    url = f"/articles/{article.pk}/coverage/"

    empty = checker.post(url, {"revision": str(article.revision_id)})
    old = checker.post(url, {"revision": str(article.pk), "range": keys(article)[:1]})
    broken = checker.post(url, {"revision": "x", "range": "1-2"})

    assert (empty.status_code, old.status_code, broken.status_code) == (422, 412, 412)
    assert not CoverageMark.objects.exists()


def test_administrator_reads_the_ledger_but_marks_nothing(
    article: Article, people: People, as_user: Callable[[User], Client]
) -> None:
    admin, url = as_user(people.admin), f"/articles/{article.pk}/coverage/"

    page = admin.get(url).content.decode()
    response = admin.post(url, {"revision": str(article.revision_id), "range": keys(article)[:1]})

    assert "Only checkers, reviewers and the head of research can mark sentences." in page
    assert response.status_code == 403


def test_large_numbers_are_written_as_the_language_writes_them(desk: Desk, people: People, checker: Client) -> None:
    article = import_text(desk, people.checker, "It rained. " * 1200, title="Rain")

    english = checker.get(f"/articles/{article.pk}/").content.decode()
    checker.cookies["django_language"] = "de"
    german = checker.get(f"/articles/{article.pk}/").content.decode()

    assert "0 of 1,200 sentences seen" in english
    assert "0 von 1.200 Sätzen durchgesehen" in german

"""Bringing articles in and correcting what is known about them."""

import datetime as dt
import hashlib
from uuid import uuid4

import pytest

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.models import Article, Desk, Event, Revision
from annotations.services.articles import edit_article, import_article
from annotations.services.incoming import import_draft, keep_bytes, keep_text, read_draft
from tests.factories import import_text
from tests.people import TEXT, People


def test_text_source_and_blocks_are_kept_as_they_came(desk: Desk, people: People) -> None:
    raw = "\ufeffA title here\r\n\r\nBody \U0001f468\u200d\U0001f469\u200d\U0001f467 text.\r\n".encode()

    article, created = import_article(
        desk_id=desk.pk, actor=people.checker, incoming=ingest.read(raw, media_type="text/plain", name="a.txt")
    )

    revision = Revision.objects.get()
    assert created
    assert revision == article.revision
    assert revision.text == "A title here\n\nBody \U0001f468\u200d\U0001f469\u200d\U0001f467 text.\n"
    assert revision.length == len(revision.text)
    assert revision.sha256 == hashlib.sha256(revision.text.encode()).hexdigest()
    assert bytes(revision.source.content) == raw
    assert revision.source.sha256 == hashlib.sha256(raw).hexdigest()
    assert [revision.text[block.start : block.end] for block in revision.blocks.all()] == [
        "A title here",
        "Body \U0001f468\u200d\U0001f469\u200d\U0001f467 text.",
    ]


def test_what_a_person_says_wins_over_what_was_found(desk: Desk, people: People) -> None:
    article = import_text(desk, people.checker, TEXT, title="Mine", published_at=dt.date(2025, 1, 2), language="en")

    assert (article.title, article.published_at, article.language) == ("Mine", dt.date(2025, 1, 2), "en")


def test_the_same_id_imports_once(desk: Desk, people: People) -> None:
    key = uuid4()
    incoming = ingest.read_text(TEXT)

    first = import_article(desk_id=desk.pk, actor=people.checker, incoming=incoming, id=key)
    second = import_article(desk_id=desk.pk, actor=people.checker, incoming=incoming, id=key)

    assert (first[1], second[1], first[0].pk, second[0].pk) == (True, False, key, key)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "code"), [("reader", "not_allowed"), ("admin", "not_allowed"), ("stranger", "not_found")]
)
def test_others_cannot_import(desk: Desk, people: People, name: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        import_text(desk, getattr(people, name), TEXT)

    assert refused.value.code == code
    assert Article.objects.count() == 0


def test_metadata_is_corrected_with_an_event(article: Article, people: People) -> None:
    edit_article(
        article_id=article.pk, actor=people.checker2, seen_version=1, changes={"byline": "A. B.", "published_at": None}
    )

    event = Event.objects.get(action="edit")
    article.refresh_from_db()
    assert (article.byline, article.version) == ("A. B.", 2)
    assert event.before is not None
    assert event.after is not None
    assert (event.before["byline"], event.after["byline"]) == ("", "A. B.")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "missing"),
        ({"canonical_url": "not an address"}, "invalid"),
        ({"title": "x" * 501}, "invalid"),
        ({"byline": "a\x00"}, "nul"),
    ],
)
def test_wrong_metadata_is_refused(article: Article, people: People, changes: dict[str, str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        edit_article(article_id=article.pk, actor=people.checker, seen_version=1, changes=changes)

    assert refused.value.code == code
    article.refresh_from_db()
    assert article.version == 1


def test_stale_metadata_is_refused(article: Article, people: People) -> None:
    edit_article(article_id=article.pk, actor=people.checker, seen_version=1, changes={"byline": "A"})

    with pytest.raises(DomainError) as refused:
        edit_article(article_id=article.pk, actor=people.checker, seen_version=1, changes={"byline": "B"})

    assert refused.value.code == "stale"


def test_draft_becomes_one_article_however_often_it_is_saved(desk: Desk, people: People) -> None:
    draft = keep_text(desk_id=desk.pk, actor=people.checker, text=TEXT.replace("\n", "\r\n"))

    first = import_draft(draft=draft, actor=people.checker, metadata={"title": "T"})
    second = import_draft(draft=draft, actor=people.checker, metadata={"title": "T"})

    assert first.pk == second.pk
    assert first.revision is not None
    assert first.revision.text == TEXT


def test_draft_shows_what_is_found_in_the_bytes(desk: Desk, people: People) -> None:
    draft = keep_bytes(desk_id=desk.pk, actor=people.checker, content=TEXT.encode(), name="story.txt")

    assert read_draft(draft).text == TEXT


@pytest.mark.parametrize("content", [b"", b"  \n", b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x00b"])
def test_unreadable_bytes_are_refused_with_a_sentence(desk: Desk, people: People, content: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        keep_bytes(desk_id=desk.pk, actor=people.checker, content=content, name="story.txt")

    assert refused.value.message.endswith(".")

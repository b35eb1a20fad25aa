"""PDF files: paragraphs over lines and pages, headings by type size, running lines set apart, limits."""

from datetime import date

import pytest

from annotations.core.blocks import BlockKind
from annotations.core.errors import DomainError
from annotations.ingest import pdf_lines, read
from tests.ingest.printed import (
    HEADLINE,
    SENTENCES,
    built,
    locked_pdf,
    news_pdf,
    pages,
    picture_pdf,
    styled,
    unpacking_to,
)
from tests.ingest.reading import kinds, of_kind, pieces


def test_article_over_two_pages() -> None:
    article = read(news_pdf(), name="bridge.pdf")

    assert of_kind(article, BlockKind.HEADLINE) == [HEADLINE]
    assert of_kind(article, BlockKind.SUBHEAD) == ["Killed in combat"]
    assert of_kind(article, BlockKind.PARAGRAPH) == [f"{number}: {SENTENCES}" for number in range(14)]
    assert sorted(of_kind(article, BlockKind.ASIDE)) == [
        "Page 1",
        "Page 2",
        "Riverside Daily, December edition",
        "Riverside Daily, December edition",
    ]
    assert (article.title, article.byline, article.published_at) == (HEADLINE, "Claire Lee", date(2025, 12, 13))
    assert (article.language, article.media_type) == ("en", "application/pdf")


def test_sentence_that_goes_on_overleaf_is_one_paragraph() -> None:
    filler = [styled(f"{number}: {SENTENCES}") for number in range(12)]

    article = read(built(*filler, styled(f"Broken {SENTENCES * 12}"), running=True))

    assert of_kind(article, BlockKind.PARAGRAPH)[-1] == f"Broken {SENTENCES * 12}".strip()
    assert kinds(article).count("aside") == 4


def test_words_divided_at_line_ends_stay_divided() -> None:
    article = read(built(styled("The minis-<br/>ter of trans-<br/>port resigned on Friday.")))

    assert pieces(article) == [("paragraph", "The minis-\nter of trans-\nport resigned on Friday.")]


def test_declared_author_is_taken_where_the_text_names_none() -> None:
    article = read(built(styled(SENTENCES), title="Bridge reopens early", author="Claire Lee"))

    assert (article.title, article.byline) == ("Bridge reopens early", "Claire Lee")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (locked_pdf(), "pdf_encrypted"),
        (picture_pdf(), "pdf_without_text"),
        (pages(301), "too_many_pages"),
        (b"%PDF-1.7\nnothing more", "unreadable_pdf"),
        (b"%PDF-", "unreadable_pdf"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(data, name="a.pdf")

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_lines, "SECONDS", 0.01)

    with pytest.raises(DomainError) as refused:
        read(news_pdf())

    assert refused.value.code == "pdf_too_complex"


def test_pdf_that_unpacks_to_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_lines, "MEGABYTES", 150)

    with pytest.raises(DomainError) as refused:
        read(unpacking_to(200_000_000))

    assert refused.value.code == "pdf_too_complex"

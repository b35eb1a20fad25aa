"""Markdown: headings, lists, quotations, pictures and front matter; HTML in it stays text."""

from datetime import date

import pytest

from annotations.core.errors import DomainError
from annotations.ingest import read
from tests.conformance import SEEDS, needs_seeds
from tests.ingest.reading import kinds, pieces

ARTICLE = """---
title: "Another title"
author: [Claire Lee, Ola Nordmann]
date: 2025-12-13
lang: en-GB
url: https://www.example.org/bridge
---
# Bridge reopens

By [Claire Lee](#)

The **bridge** reopened &amp; on Saturday
morning, _they_ said. <script>alert(1)</script>

![A bridge at dawn](x.png)

## Killed in combat

> Quote one.
>
> - item in a quote

1. First
2. Second

   still second

| Year | Cars |
|------|------|
| 2024 | 30,000 |

<div>html block</div>

Visit <https://example.org>. `code`
"""


def test_article_with_front_matter() -> None:
    article = read(ARTICLE.encode(), name="a.md")

    assert pieces(article) == [
        ("headline", "Bridge reopens"),
        ("byline", "By Claire Lee"),
        ("paragraph", "The bridge reopened & on Saturday morning, they said. <script>alert(1)</script>"),
        ("caption", "A bridge at dawn"),
        ("subhead", "Killed in combat"),
        ("quotation", "Quote one."),
        ("list_item", "item in a quote"),
        ("list_item", "First"),
        ("list_item", "Second"),
        ("list_item", "still second"),
        ("paragraph", "Year\tCars"),
        ("paragraph", "2024\t30,000"),
        ("paragraph", "<div>html block</div>"),
        ("paragraph", "Visit https://example.org. code"),
    ]
    assert (article.title, article.byline) == ("Bridge reopens", "Claire Lee, Ola Nordmann")
    assert (article.canonical_url, article.outlet) == ("https://www.example.org/bridge", "example.org")
    assert (article.published_at, article.language) == (date(2025, 12, 13), "en")
    assert (article.media_type, article.source) == ("text/markdown", ARTICLE.encode())


def test_title_from_front_matter_where_the_text_has_none() -> None:
    article = read(b"---\ntitle: Bridge reopens\nauthors:\n  - Claire Lee\n  - Ola N\n---\nIt reopened.\n", name="a.md")

    assert pieces(article) == [("paragraph", "It reopened.")]
    assert (article.title, article.byline) == ("Bridge reopens", "Claire Lee, Ola N")


def test_rule_at_the_top_is_no_front_matter() -> None:
    article = read(b"---\nA sentence between rules.\n\n---\nAnother sentence.\n", name="a.md")

    assert [text for _, text in pieces(article)] == ["A sentence between rules.", "Another sentence."]


def test_first_heading_of_any_level_is_the_headline() -> None:
    article = read(b"## Bridge reopens\n\nIt reopened.\n\n# Later\n\nMore.\n", media_type="text/markdown")

    assert kinds(article) == "headline paragraph subhead paragraph"


@needs_seeds
def test_seed_article_read_as_markdown() -> None:
    article = read((SEEDS / "000_ae9372ace6278962.txt").read_bytes(), name="a.md")

    assert article.title == "North Korea Acknowledges Its Troops Cleared Mines for Russia"
    assert (article.byline, article.published_at) == ("Claire Lee for AFP", date(2025, 12, 13))
    assert article.outlet == "themoscowtimes.com"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("---\ntitle: x\n---\n", "no_article"),
        (">" * 5000 + " x", "too_nested"),
        ("- " * 500 + "x", "too_nested"),
    ],
)
def test_what_holds_no_article_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read(text.encode(), name="a.md")

    assert refused.value.code == code

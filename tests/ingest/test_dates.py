"""Lines that are dates, and lines that only hold one."""

from datetime import date

import pytest

from annotations.ingest.dates import date_in_address, dateline

DAY = date(2025, 12, 13)


@pytest.mark.parametrize(
    "line",
    [
        "December 13, 2025",
        "Dec. 13, 2025",
        "Saturday, December 13th, 2025",
        "13 Dec 2025",
        "13-Dec-2025",
        "2025-12-13",
        "2025-12-13T10:11:12Z",
        "2025/12/13",
        "13.12.2025",
        "13/12/2025",
        "12/13/2025",
        "13. Dezember 2025",
        "Samstag, 13. Dezember 2025, 14:05 Uhr",
        "13 грудня 2025 року",
        "13 грудня 2025, 14:05",
        "13 декабря 2025 г.",
        "13 décembre 2025 à 14h05",
        "sábado, 13 de diciembre de 2025",
        "13 dicembre 2025",
        "13 grudnia 2025",
        "١٣ ديسمبر ٢٠٢٥",
        "2025年12月13日",
        "Kyiv, 13 December 2025",
        "Published Dec 13, 2025 at 3:15 p.m. ET",
        "Published: 13.12.2025 | Updated: 14.12.2025",
        "Updated 14 December 2025 • Published 13 December 2025",
        "Veröffentlicht am 13.12.2025",
        "Опубліковано: 13 грудня 2025",
        "发布时间：2025年12月13日",
        "December 13, 20253:15 PM GMT+1",
        "*December 13, 2025*",
        "(Dec. 13, 2025)",
        "Dec 13, 2025 · 5 min read",
    ],
)
def test_line_is_that_day(line: str) -> None:
    found = dateline(line)

    assert found is not None
    assert found.published == DAY


@pytest.mark.parametrize(
    "line",
    [
        "",
        "13",
        "2025",
        "May 2025",
        "yesterday",
        "13 December",
        "Killed in 2025",
        "31 February 2025",
        "32 May 2025",
        "December 13, 2025 was cold",
        "The December 13, 2025 attack",
        "Battle of Kursk, 13 December 2025 onwards",
        "3-1 1998",
        "+380 44 123 2025",
        "1, 2, 3, 2025",
        "5 min read",
        "14:05",
    ],
)
def test_line_is_no_date(line: str) -> None:
    assert dateline(line) is None


@pytest.mark.parametrize(
    ("language", "day"), [("", None), ("en", None), ("uk", date(2025, 4, 3)), ("fr", date(2025, 4, 3))]
)
def test_day_and_month_in_english_order_are_not_guessed(language: str, day: date | None) -> None:
    found = dateline("03/04/2025", language)

    assert found is not None
    assert found.published == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/12/13/title", DAY),
        ("https://example.org/news/2025-12-13-title", DAY),
        ("https://example.org/2025/13/12/title", None),
        ("https://example.org/2025/12/title", None),
        ("", None),
    ],
)
def test_day_in_an_address(url: str, day: date | None) -> None:
    assert date_in_address(url) == day

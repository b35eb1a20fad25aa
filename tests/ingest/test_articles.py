"""Articles as they arrive at a desk, as plain text: headline, byline, date, credit and source are found."""

from datetime import date

import pytest

from annotations.core.blocks import BlockKind
from annotations.core.text import canonical
from annotations.ingest import read, read_text
from tests.conformance import SEEDS, needs_seeds
from tests.ingest.reading import kinds, of_kind, pieces

LEAD = "The council approved the budget on Tuesday after a debate of nine hours, its longest sitting since 1998."


@needs_seeds
def test_seed_article_is_understood_and_kept() -> None:
    data = (SEEDS / "000_ae9372ace6278962.txt").read_bytes()

    article = read(data, name="000_ae9372ace6278962.txt", media_type="text/plain")

    assert article.text == canonical(data.decode())
    assert article.source == data
    assert article.title == "North Korea Acknowledges Its Troops Cleared Mines for Russia"
    assert article.byline == "Claire Lee for AFP"
    assert article.published_at == date(2025, 12, 13)
    assert article.outlet == "themoscowtimes.com"
    assert article.canonical_url == (
        "https://www.themoscowtimes.com/2025/12/13/north-korea-acknowledges-its-troops-cleared-mines-for-russia-a91432"
    )
    assert article.language == "en"
    assert of_kind(article, BlockKind.CREDIT) == ["SONG KYONG-SEOK / POOL / TASS"]
    assert of_kind(article, BlockKind.SUBHEAD) == ["Killed in combat"]
    assert of_kind(article, BlockKind.ASIDE) == [
        "Related article: [Putin Hails North Korean Troops as 'Heroic' in Letter to Kim](#)"
    ]
    assert len(of_kind(article, BlockKind.PARAGRAPH)) == 18
    assert "".join("".join(text.split()) for _, text in pieces(article)) == "".join(data.decode().split())


def test_german_article() -> None:
    article = read_text(
        "Bundesrat stimmt neuem Wassergesetz zu\n\nVon Anna Müller, Berlin\n\n13. Dezember 2025, 14:05 Uhr\n\n"
        "Foto: Jens Krüger/dpa\n\n"
        "Der Bundesrat hat am Freitag dem umstrittenen Wassergesetz mit knapper Mehrheit zugestimmt.\n\n"
        "Kritik aus den Ländern\n\n"
        "Mehrere Länder hatten zuvor gewarnt, dass die Kosten für kleine Gemeinden kaum zu tragen seien.\n\n"
        "Lesen Sie auch: Wie das Gesetz die Bauern trifft\n\n"
        "»Wir brauchen mehr Zeit«, sagte die Ministerin.\n\n"
        "Quelle: Süddeutsche Rundschau\nhttps://www.example.de/politik/wassergesetz-1.234\n"
    )

    assert kinds(article) == "headline byline dateline credit paragraph subhead paragraph aside paragraph source source"
    assert (article.title, article.byline) == ("Bundesrat stimmt neuem Wassergesetz zu", "Anna Müller, Berlin")
    assert (article.outlet, article.published_at) == ("Süddeutsche Rundschau", date(2025, 12, 13))
    assert article.canonical_url == "https://www.example.de/politik/wassergesetz-1.234"
    assert article.language == "de"


def test_ukrainian_article_whose_dash_opens_speech() -> None:
    article = read_text(
        "У Харкові відновили рух трамваїв\n\nАвтор: Олена Коваль\n\nОпубліковано 13 грудня 2025, 14:05\n\n"
        "Фото: Укрінформ\n\n"
        "Комунальники Харкова відновили рух трамваїв на двох маршрутах, повідомив міський голова у четвер.\n\n"
        "Що відомо\n\nЗа його словами, контактну мережу пошкодили уламки дрона, ремонт тривав дві доби.\n\n"
        "Читайте також: Як місто готується до зими\n\n— Ми працювали цілодобово, — сказав він.\n\n"
        "Джерело: https://example.ua/news/tram\n"
    )

    assert kinds(article) == "headline byline dateline credit paragraph subhead paragraph aside paragraph source"
    assert (article.byline, article.published_at, article.language) == ("Олена Коваль", date(2025, 12, 13), "uk")
    assert (article.outlet, article.canonical_url) == ("example.ua", "https://example.ua/news/tram")


def test_arabic_article() -> None:
    article = read_text(
        "افتتاح جسر جديد في المدينة القديمة\n\nبقلم: ليلى حداد\n\n13 ديسمبر 2025\n\n"
        "افتتحت البلدية صباح يوم السبت الجسر الجديد الذي يربط بين ضفتي النهر بعد ثلاث سنوات من العمل.\n\n"
        "تكلفة المشروع\n\nوقال رئيس البلدية إن تكلفة المشروع بلغت أربعين مليون دولار، وإن نصفها جاء من قروض دولية.\n\n"
        "اقرأ أيضا: كيف تغيرت المدينة\n"
    )

    assert kinds(article) == "headline byline dateline paragraph subhead paragraph aside"
    assert (article.title, article.byline) == ("افتتاح جسر جديد في المدينة القديمة", "ليلى حداد")
    assert (article.published_at, article.language) == (date(2025, 12, 13), "ar")


def test_chinese_article() -> None:
    article = read_text(
        "新大桥在老城区正式通车\n\n作者：李明\n\n2025年12月13日\n\n"
        "市政府周六上午宣布，连接河流两岸的新大桥在施工三年后正式通车。\n\n项目造价\n\n"
        "市长表示，该项目耗资四千万美元，其中一半来自国际贷款。他说，桥梁每天可通行三万辆汽车。\n\n来源：河畔日报\n"
    )

    assert kinds(article) == "headline byline dateline paragraph subhead paragraph source"
    assert (article.title, article.byline, article.outlet) == ("新大桥在老城区正式通车", "李明", "河畔日报")
    assert (article.published_at, article.language) == (date(2025, 12, 13), "zh")


def test_article_without_a_byline() -> None:
    article = read_text(f"Council approves budget after nine-hour debate\n\nDecember 2, 2025\n\n{LEAD}\n")

    assert kinds(article) == "headline dateline paragraph"
    assert (article.byline, article.published_at) == ("", date(2025, 12, 2))


def test_headline_byline_and_date_in_capitals() -> None:
    article = read_text(
        "COUNCIL APPROVES BUDGET\n\nBY JOHN O'NEILL AND MARÍA DE LA CRUZ\n\nTUESDAY, DECEMBER 2, 2025\n\n"
        f"{LEAD}\n\nREACTION\n\nTwo members abstained, and the mayor said she would sign it this week.\n"
    )

    assert kinds(article) == "headline byline dateline paragraph subhead paragraph"
    assert article.byline == "JOHN O'NEILL AND MARÍA DE LA CRUZ"
    assert article.published_at == date(2025, 12, 2)


def test_byline_below_the_date_with_no_blank_lines_between() -> None:
    article = read_text(f"Council meets\nDec. 2, 2025\nBy Jane Doe | Staff Writer\n\n{LEAD}\nShe said so.\n")

    assert kinds(article) == "headline dateline byline paragraph paragraph"
    assert (article.byline, article.published_at) == ("Jane Doe | Staff Writer", date(2025, 12, 2))


def test_published_date_wins_over_updated_date() -> None:
    article = read_text(
        f"Flood warning lifted\n\nUpdated: 3 December 2025\n\nPublished: 2 December 2025, 14:05 CET\n\n"
        f"Author: Claire Lee\n\n{LEAD}\n"
    )

    assert kinds(article) == "headline dateline dateline byline paragraph"
    assert (article.published_at, article.byline) == (date(2025, 12, 2), "Claire Lee")


def test_updated_date_alone_is_no_publication_date() -> None:
    article = read_text(f"Flood warning lifted\n\nUpdated Dec. 3, 2025 at 3:15 p.m. ET\n\n{LEAD}\n")

    assert kinds(article) == "headline dateline paragraph"
    assert article.published_at is None


def test_section_name_deck_quotation_and_caption() -> None:
    article = read_text(
        "Opinion\n\nWhy the bridge should stay closed\n\nA deck in one line\n\n"
        "By [Leyla Latypova](https://x.org/a) and [Jake Cordell](#)\n\nDec. 14, 2025\n\nSocial media\n\n"
        f"{LEAD}\n\n> The bridge is safe.\n> We checked it twice.\n\nKim greets soldiers on Friday. KCNA / AFP\n\n"
        "***\n\nOriginal url: <https://www.themoscowtimes.com/2025/x>\n"
    )

    assert kinds(article) == "aside headline subhead byline dateline credit paragraph quotation caption aside source"
    assert article.title == "Why the bridge should stay closed"
    assert article.byline == "Leyla Latypova and Jake Cordell"
    assert article.canonical_url == "https://www.themoscowtimes.com/2025/x"


def test_paragraph_broken_in_mid_sentence_is_no_subhead() -> None:
    article = read_text(
        f"Kim speaks\n\n{LEAD[:-1]}, according to the Korean\n\nCentral News Agency\n\nand others, who said so.\n"
    )

    assert kinds(article) == "headline paragraph paragraph paragraph"


def test_french_dates_and_sections_on_one_line() -> None:
    article = read_text(
        "Le pont rouvre après trois ans de travaux\n\nPar Claire Dubois\n\n"
        "Publié le 13 décembre 2025 à 14h05 - Mis à jour le 14 décembre 2025 à 09h00\n\n"
        "Le pont qui relie les deux rives a rouvert samedi matin après trois ans de travaux, a annoncé la mairie.\n\n"
        "À lire aussi : Les quais attendent toujours\n"
    )

    assert kinds(article) == "headline byline dateline paragraph aside"
    assert (article.byline, article.published_at, article.language) == ("Claire Dubois", date(2025, 12, 13), "fr")


def test_spanish_article() -> None:
    article = read_text(
        "El puente reabre tras tres años de obras\n\nPor María García\n\n13 de diciembre de 2025\n\n"
        "El puente que une las dos orillas reabrió el sábado por la mañana después de tres años de obras.\n"
    )

    assert (article.byline, article.published_at, article.language) == ("María García", date(2025, 12, 13), "es")


def test_agency_story_with_captions_and_notes() -> None:
    article = read_text(
        "Storm closes ports in the north\n\nBy ANNA SMITH, Associated Press\n\n"
        "OSLO, Norway (AP) — A storm closed three ports in the north of Norway on Monday, the authority said.\n\n"
        "Waves hit the pier at Vardø, Norway, Monday, Dec. 1, 2025. (AP Photo/Jan Hansen)\n\n"
        "Ports should reopen on Wednesday, it said. (Reuters)\n\n(Reporting by Anna Smith; editing by Per Olsen)\n"
    )

    assert kinds(article) == "headline byline paragraph caption paragraph credit"


@pytest.mark.parametrize(
    ("line", "byline", "published"),
    [
        ("By [The Moscow Times](#)", "The Moscow Times", None),
        ("By [bne IntelliNews](#)", "bne IntelliNews", None),
        ("by Kateryna Hodunova", "Kateryna Hodunova", None),
        ("[Leyla Latypova](https://example.org/l)", "Leyla Latypova", None),
        ("By Claire Lee, December 13, 2025", "Claire Lee", date(2025, 12, 13)),
        ("Claire Lee | Dec 13, 2025 | 5 min read", "Claire Lee", date(2025, 12, 13)),
        ("Олена Коваль — 13 грудня 2025, 09:14", "Олена Коваль", date(2025, 12, 13)),
        ("Von Anna Müller und Jürgen van der Berg", "Anna Müller und Jürgen van der Berg", None),
    ],
)
def test_forms_of_bylines(line: str, byline: str, published: date | None) -> None:
    article = read_text(f"Council approves budget\n\n{line}\n\n{LEAD}\n")

    assert kinds(article) == "headline byline paragraph"
    assert (article.byline, article.published_at) == (byline, published)


def test_fields_with_labels() -> None:
    article = read_text(
        f"Title: Council meets\nAuthor: Claire Lee\nDate: 2025-12-13\nURL: https://ex.org/a\n\n{LEAD}\n"
    )

    assert kinds(article) == "headline byline dateline source paragraph"
    assert (article.title, article.byline, article.published_at) == ("Council meets", "Claire Lee", date(2025, 12, 13))
    assert article.canonical_url == "https://ex.org/a"


def test_day_in_the_address_fills_a_missing_date() -> None:
    article = read_text(
        f"Council meets\n\nBy [AFP](#)\n\nUpdated: Dec. 14, 2025\n\nRussian Defense Ministry\n\n{LEAD}\n\n"
        "Original url:\n\n<https://www.example.org/2025/12/13/council-a1>"
    )

    assert kinds(article) == "headline byline dateline credit paragraph source source"
    assert article.published_at == date(2025, 12, 13)


def test_source_between_paragraphs_is_who_told_the_reporter() -> None:
    article = read_text(f"Council meets\n\n{LEAD}\n\nSource: the ministry of defence\n\n{LEAD}\n\nSource: The Daily\n")

    assert article.outlet == "The Daily"
    assert of_kind(article, BlockKind.SOURCE) == ["Source: The Daily"]

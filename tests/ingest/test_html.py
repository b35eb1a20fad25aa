"""Web pages: every paragraph of the article, with the page's own characters, and nothing of the menus."""

from datetime import date

import pytest

from annotations.core.blocks import BlockKind
from annotations.core.errors import DomainError
from annotations.ingest import read, read_html
from tests.ingest.reading import kinds, of_kind, pieces

LEAD = "The bridge reopened on Saturday morning after three years of work, the city said in a statement."

NEWS_PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Bridge reopens - Riverside Daily</title>
<meta property="og:site_name" content="Riverside Daily"><meta name="author" content="Claire Lee">
<meta property="article:published_time" content="2025-12-13T10:00:00Z">
<link rel="canonical" href="https://www.example.org/2025/bridge"><style>p {{color: red}}</style></head><body>
<header><div>Riverside Daily</div><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
</header>
<main><div class="breadcrumbs"><a href="/">Home</a> / <a>World</a></div><article>
<header><h1>Bridge reopens</h1><p class="standfirst">City opens it early</p>
<p class="byline">By <a href="/cl">Claire Lee</a> for AFP</p>
<time datetime="2025-12-13">December 13, 2025</time></header>
<figure><img src="x.jpg" alt="A bridge"><figcaption>The bridge on Saturday. KCNA / AFP</figcaption></figure>
<p>{LEAD}</p><script>var hidden = "script text";</script><p>Short.</p>
<div class="share"><a href="f">Facebook</a> <a href="x">X</a></div>
<h2>Killed in combat</h2>
<p>It cost <b>forty</b>&nbsp;million dollars &amp; more, the may&shy;or said,
<i>adding <a href="z">that</a></i>
"nobody" was.</p>
<aside class="related"><h3>Related</h3><a href="o">Other story</a></aside>
<ul><li>First <a href="p">point</a> of the list</li><li>Second</li></ul>
<blockquote><p>We are done.</p></blockquote>
<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>30,000</td></tr></table>
<p>Line one<br>line two<br><br>Para three.</p></article>
<section class="comments"><p>A reader's comment that is long enough to be a sentence of its own, surely.</p></section>
</main>
<footer><p>© 2025 Riverside Daily. All rights reserved.</p></footer></body></html>"""


def test_news_page() -> None:
    article = read_html(NEWS_PAGE)

    assert pieces(article) == [
        ("headline", "Bridge reopens"),
        ("paragraph", "City opens it early"),
        ("byline", "By Claire Lee for AFP"),
        ("dateline", "December 13, 2025"),
        ("caption", "The bridge on Saturday. KCNA / AFP"),
        ("paragraph", LEAD),
        ("paragraph", "Short."),
        ("subhead", "Killed in combat"),
        ("paragraph", 'It cost forty\u00a0million dollars & more, the mayor said, adding that "nobody" was.'),
        ("list_item", "First point of the list"),
        ("list_item", "Second"),
        ("quotation", "We are done."),
        ("paragraph", "Year\tCars"),
        ("paragraph", "2024\t30,000"),
        ("paragraph", "Line one\nline two"),
        ("paragraph", "Para three."),
    ]
    assert (article.title, article.byline, article.outlet) == (
        "Bridge reopens",
        "Claire Lee for AFP",
        "Riverside Daily",
    )
    assert article.canonical_url == "https://www.example.org/2025/bridge"
    assert (article.published_at, article.language) == (date(2025, 12, 13), "en")
    assert (article.media_type, article.source) == ("text/html", NEWS_PAGE.encode())


def test_json_ld_gives_metadata_and_a_second_level_heading_the_headline() -> None:
    article = read_html(
        '<html><head><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        '"headline":"Bridge reopens",'
        '"author":[{"@type":"Person","name":"Claire Lee"},{"@type":"Person","name":"Ola N"}],'
        '"datePublished":"2025-12-13T10:00:00+01:00","publisher":{"@type":"Organization","name":"Riverside Daily"}}'
        f"</script></head><body><div><h2>Bridge reopens</h2><p>{LEAD}</p><p>A second one.</p></div></body></html>"
    )

    assert kinds(article) == "headline paragraph paragraph"
    assert (article.byline, article.outlet) == ("Claire Lee, Ola N", "Riverside Daily")
    assert (article.published_at, article.language) == (date(2025, 12, 13), "en")


def test_headline_and_author_above_the_article_element() -> None:
    teasers = "".join(
        f"<article><h3><a href='{n}'>Other story {n}</a></h3><p>Teaser {n}, which goes on here.</p></article>"
        for n in range(4)
    )
    article = read_html(
        "<html><body><h1 class='logo'><a href='/'>The Daily</a></h1><div class='hero'><h1>Bridge reopens</h1>"
        "<div><span class='author-name'>Claire Lee</span> • <span class='date'>13 Dec 2025</span></div></div>"
        f"<div><article><p>{LEAD}</p><p>{LEAD[::-1].capitalize()}.</p></article><div>{teasers}</div></div></body></html>"
    )

    assert kinds(article) == "headline byline paragraph paragraph"
    assert (article.title, article.byline, article.published_at) == ("Bridge reopens", "Claire Lee", date(2025, 12, 13))


def test_page_of_bare_paragraphs_loses_none() -> None:
    texts = ["One.", "Two words.", LEAD, "3", "Yes?", "Ω"]

    article = read_html("<body>" + "".join(f"<p>{text}" for text in texts))

    assert [text for _, text in pieces(article)] == texts


@pytest.mark.parametrize("box", ["article", "main", "div", "section"])
def test_no_paragraph_of_a_simple_page_is_lost(box: str) -> None:
    texts = [f"Paragraph {n} has {'some words ' * (n % 5)}in it." for n in range(30)]
    body = "".join(f"<div><p>{text}</p></div>" if n % 3 else f"<p>{text}</p>" for n, text in enumerate(texts))

    menu = "<nav><a href='/'>Home</a><p>Read all that we publish about the river and its towns.</p></nav>"
    imprint = "<footer><p>The Riverside Daily is published every day by the Riverside Company.</p></footer>"

    article = read_html(f"<html><body>{menu}<{box}><h1>Title of it</h1>{body}</{box}>{imprint}</body></html>")

    assert [text for _, text in pieces(article)] == ["Title of it", *texts]


def test_layout_table_is_read_as_paragraphs_and_data_table_by_rows() -> None:
    article = read_html(
        f"<body><table><tr><td><h1>Old page</h1><p>{LEAD}</p><p>More.</p></td></tr></table>"
        "<table><caption>Cars a day</caption><tr><th>Year<th>Cars<tr><td>2024<td><p>30,000</p></table></body>"
    )

    assert pieces(article) == [
        ("headline", "Old page"),
        ("paragraph", LEAD),
        ("paragraph", "More."),
        ("caption", "Cars a day"),
        ("paragraph", "Year\tCars"),
        ("paragraph", "2024\t30,000"),
    ]


def test_text_is_neither_normalised_nor_tidied() -> None:
    words = "cafe\u0301 café \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u00a0f \u200fעברית\u200e"

    article = read_html(f"<html dir=rtl><body><article><p>{LEAD}</p><p>{words}.</p></article></body></html>")

    assert of_kind(article, BlockKind.PARAGRAPH) == [LEAD, f"{words}."]


def test_entities_quotes_and_preformatted_text() -> None:
    article = read_html(
        f"<article><p>{LEAD}</p><p>&#146;a&hellip;&#x1F600; he said <q>yes</q></p><pre>a\tb\n  c</pre></article>"
    )

    assert [text for _, text in pieces(article)][1:] == ["’a…😀 he said “yes”", "a\tb\n  c"]


def test_hidden_text_stays_out() -> None:
    article = read_html(
        f"<article><p>{LEAD}</p><p hidden>No</p><p style='display: none'>No</p><span class='sr-only'>No</span>"
        "<noscript>No</noscript><template><p>No</p></template><button>No</button><!-- No --></article>"
    )

    assert [text for _, text in pieces(article)] == [LEAD]


def test_language_left_over_from_a_template_is_not_believed() -> None:
    article = read_html(
        '<html lang="en"><body><h1>У Харкові відновили рух трамваїв</h1>'
        "<p>Комунальники Харкова відновили рух трамваїв на двох маршрутах, повідомив міський голова.</p></body></html>"
    )

    assert article.language == "uk"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("<meta charset=windows-1251><body><p>Комунальники Харкова працюють.</p>".encode("cp1251"), None),
        ("<body><p>Комунальники Харкова працюють.</p>".encode("cp1251"), "text/html; charset=windows-1251"),
        ("<meta charset=latin1><body><p>Комунальники Харкова працюють.</p>".encode(), "text/html"),
        ("<body><p>Комунальники Харкова працюють.</p>".encode("utf-16"), "text/html"),
        ("<body><p>Комунальники Харкова працюють.</p>".encode("utf-8-sig"), "text/html; charset=nonsense"),
        (
            b"<?xml version='1.0' encoding='utf-8'?>" + "<html><p>Комунальники Харкова працюють.</p></html>".encode(),
            None,
        ),
    ],
)
def test_charset_from_mark_header_and_page(data: bytes, media_type: str | None) -> None:
    article = read(data, media_type=media_type, name="page.html")

    assert pieces(article) == [("paragraph", "Комунальники Харкова працюють.")]


def test_a_few_broken_bytes_are_shown_as_browsers_show_them() -> None:
    sentence = "Комунальники Харкова відновили рух трамваїв на двох маршрутах. "
    page = f"<meta charset=utf-8><body><p>{sentence * 20}</p>".encode() + b"<p>caf\xe9 closed</p>"

    article = read(page, name="page.html")

    assert pieces(article) == [("paragraph", (sentence * 20).strip()), ("paragraph", "caf\ufffd closed")]


def test_address_of_the_page_is_kept_when_it_declares_none() -> None:
    article = read_html(f"<article><p>{LEAD}</p></article>", url="https://www.example.org/a?b=1")

    assert (article.canonical_url, article.outlet) == ("https://www.example.org/a?b=1", "example.org")


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("<html><body><script>x</script></body></html>", "no_article"),
        ("<p>a\0b</p>", "nul"),
        ("<p>\ud800</p>", "lone_surrogate"),
        ("<div>" * 100_000 + "deep", "too_nested"),
        ("<p>x" * 250_000, "page_too_complex"),
    ],
)
def test_what_holds_no_article_is_refused(markup: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_html(markup)

    assert refused.value.code == code


def test_two_megabytes_are_read_whole() -> None:
    body = "".join(f"<p>{n} {LEAD} <b>bold</b> and <a href='x'>link</a></p>" for n in range(14_000))

    article = read_html(f"<html><body><article><h1>Title</h1>{body}</article></body></html>")

    assert len(article.blocks) == 14_001

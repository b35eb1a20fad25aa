"""Damaged files: whatever is cut off or flipped, the answer is an article or a DomainError, and never another error."""

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.ingest import IncomingArticle, read, read_html
from tests.ingest.printed import news_pdf
from tests.ingest.reading import pieces
from tests.ingest.test_html import NEWS_PAGE
from tests.ingest.test_markdown import ARTICLE
from tests.ingest.word import news_document, word_file

WORD = word_file(news_document)
PDF = news_pdf(3)

TAG_LINES = """
<p> </p> <div> </div> <table> <tr> <td> </table> <li> <ul> <h1> </h1> <a href=x> </a> <br> <article> </article> <q>
<nav> <blockquote> <aside> <time> <pre> <script> <style> <!-- --> <![CDATA[ ]]> <svg> <template> <body> <html>
<caption> &amp; &#0; &#xD800; &shy; &nbsp; text x <p class=byline> <select> <option> <math> <frameset> <?xml <!doctype
"""
TAGS = st.sampled_from(TAG_LINES.split(" ") + ["\n"])


def harmless(data: bytes, name: str) -> IncomingArticle | None:
    try:
        article = read(data, name=name)
    except DomainError:
        return None
    pieces(article)
    return article


def damaged(data: bytes, seed: int) -> bytes:
    """Cut short, or with a few bytes flipped, or with a stretch taken out."""
    chance = random.Random(seed)
    kind = seed % 3
    if kind == 0:
        return data[: chance.randrange(len(data))]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(changed)
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randrange(2000) :]


@pytest.mark.parametrize("seed", range(90))
def test_damaged_word_document(seed: int) -> None:
    harmless(damaged(WORD, seed), "a.docx")


@pytest.mark.parametrize("seed", range(40))
def test_word_document_with_damaged_parts(seed: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w") as new:
        names = sorted(name for name in old.namelist() if name.endswith((".xml", ".rels")))
        for name in old.namelist():
            content = old.read(name)
            if name == names[seed % len(names)]:
                content = damaged(content, seed) if seed < 20 else b"<a/>"
            new.writestr(name, content)

    harmless(out.getvalue(), "a.docx")


@pytest.mark.parametrize("seed", range(18))
def test_damaged_pdf(seed: int) -> None:
    harmless(damaged(PDF, seed), "a.pdf")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_damaged_page_and_markdown(seed: int) -> None:
    harmless(damaged(NEWS_PAGE.encode(), seed), "a.html")
    harmless(damaged(ARTICLE.encode(), seed), "a.md")
    harmless(damaged(ARTICLE.encode(), seed), "a.txt")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(TAGS, st.text(max_size=8)), max_size=30))
def test_any_soup_of_tags(parts: list[str]) -> None:
    try:
        article = read_html("".join(parts))
    except DomainError:
        return
    pieces(article)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "", "a.csv"]))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    harmless(data, name)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.html", "a.md", "a.txt", ""])
@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe", b"\xef\xbb\xbf", b"\0"])
def test_random_bytes_after_a_known_beginning(name: str, start: bytes) -> None:
    harmless(start + random.Random(1).randbytes(3000), name)

"""Which answers travel compressed, and what stays as it is."""

import gzip
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from annotations.models import Article
from factcheck.compression import Compression
from tests.people import PASSWORD, People

LONG = b"a line of words\n" * 100


def answer(accepted: str = "gzip, br", **headers: str) -> HttpResponse:
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    found = Compression(lambda _: HttpResponse(LONG, headers={"Content-Type": "text/html", **headers}))(request)
    assert isinstance(found, HttpResponse)
    return found


def test_page_is_compressed_for_whoever_reads_gzip(article: Article, people: People, client: Client) -> None:
    client.login(username="checker", password=PASSWORD)
    url = reverse("annotations:article-history", args=(article.pk,))

    plain, packed = client.get(url), client.get(url, headers={"Accept-Encoding": "gzip, deflate, br"})

    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert len(packed.content) < len(plain.content) / 2
    assert int(packed["Content-Length"]) == len(packed.content)
    assert b"Troops cleared mines" in gzip.decompress(packed.content)
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]


def test_nothing_of_the_content_is_lost_and_its_length_is_blurred() -> None:
    answers = [answer().content for _ in range(20)]

    assert {gzip.decompress(each) for each in answers} == {LONG}
    assert len({len(each) for each in answers}) > 1


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "identity, gzip;q=0"])
def test_who_does_not_take_gzip_gets_none(accepted: str) -> None:
    assert answer(accepted).content == LONG


@pytest.mark.parametrize("accepted", ["gzip", "gzip;q=0.5", "br;q=0, gzip"])
def test_who_takes_gzip_gets_it(accepted: str) -> None:
    assert gzip.decompress(answer(accepted).content) == LONG


@pytest.mark.parametrize(
    "headers", [{"ETag": '"v1"'}, {"Content-Encoding": "br"}, {"Content-Type": "image/png"}], ids=lambda each: min(each)
)
def test_what_must_keep_its_bytes_keeps_them(headers: dict[str, str]) -> None:
    found = answer(**headers)

    assert found.content == LONG
    assert headers.items() <= dict(found.items()).items()


def test_stream_leaves_as_it_is_made() -> None:
    stream = StreamingHttpResponse([LONG], content_type="text/html")
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})

    found: Any = Compression(lambda _: stream)(request)

    assert (found.getvalue(), found.get("Content-Encoding")) == (LONG, None)


def test_strong_tag_of_a_text_stays_strong(article: Article, people: People, client: Client) -> None:
    client.login(username="checker", password=PASSWORD)

    found = client.get(f"/api/v1/articles/{article.pk}/text/", headers={"Accept-Encoding": "gzip"})

    assert article.revision is not None
    assert (found["ETag"], found.content.decode()) == (f'"{article.revision.sha256}"', article.revision.text)

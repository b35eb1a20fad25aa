"""Evidence by address: its title, publisher and time come from its server when somebody asks, within all limits."""

import re
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.test import Client

from annotations.models import Article, Desk, Evidence, User
from annotations.services.desks import set_fetch_hosts
from tests.factories import annotate
from tests.ingest.site import Handler, running
from tests.people import People
from tests.web.conftest import HTMX

TITLED = (
    b"<html><head><title>Report on &lt;mines&gt; &amp; more</title>"
    b"<meta property='og:site_name' content='The Ministry'></head><body></body></html>"
)


class Reports(Handler):
    def send_report(self) -> None:
        self.answer(TITLED)

    def send_untitled(self) -> None:
        self.answer(b"<html><body></body></html>")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Reports)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def open_desk(desk: Desk, people: People) -> Desk:
    return set_fetch_hosts(desk_id=desk.pk, actor=people.admin, hosts=["127.0.0.1"])


def ask(client: Client, article: Article, **data: str) -> tuple[int, str]:
    response = client.post(f"/articles/{article.pk}/facts/", {"asking": "evidence"} | data, headers=HTMX)
    return response.status_code, response.content.decode()


def value_of(name: str, html: str) -> str:
    found = re.search(rf'<input[^>]* name="{name}"[^>]*>', html)
    assert found is not None
    value = re.search(r' value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_empty_fields_are_filled(base: str, open_desk: Desk, checker: Client, article: Article) -> None:
    status, html = ask(checker, article, url=f" {base}/report ")

    assert status == 200
    assert value_of("title", html) == "Report on &lt;mines&gt; &amp; more"
    assert value_of("publisher", html) == "The Ministry"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", value_of("retrieved_at", html))
    assert 'hx-target="#evidence-title"' in html
    assert "Found: Report on &lt;mines&gt; &amp; more. Check it." in html


def test_what_was_typed_stays(base: str, open_desk: Desk, checker: Client, article: Article) -> None:
    data = {"asking": "new", "evidence_url": f"{base}/report", "evidence_title": "My title", "evidence_publisher": " "}

    status, html = ask(checker, article, **data)

    assert status == 200
    assert 'hx-target="#new-evidence_title"' in html
    assert (value_of("evidence_title", html), value_of("evidence_publisher", html)) == ("My title", "The Ministry")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/missing", "The server answered 404 (Not Found). Check the address, or copy the text and paste it."),
        ("/untitled", "The page does not say its title. Type it."),
        ("/to-metadata", "169.254.169.254"),
        ("/to-file", "http"),
    ],
)
def test_failure_says_what_to_do(
    path: str, sentence: str, base: str, open_desk: Desk, checker: Client, article: Article
) -> None:
    status, html = ask(checker, article, url=base + path)

    assert status == 422
    assert 'hx-target="#evidence-told"' in html
    assert sentence in html
    assert "<input" not in html


@pytest.mark.parametrize(
    "url", ["", "  ", "no address", "http://127.0.0.1:1/", "http://localhost/", "ftp://a.example/"]
)
def test_private_and_broken_addresses_are_refused(url: str, checker: Client, article: Article) -> None:
    status, html = ask(checker, article, url=url)

    assert status == 422
    assert "<input" not in html


def test_only_those_who_annotate_may_ask(
    base: str, open_desk: Desk, as_user: Callable[[User], Client], people: People, article: Article
) -> None:
    before = len(Reports.seen)

    assert ask(as_user(people.reader), article, url=f"{base}/report")[0] == 404
    assert len(Reports.seen) == before


def test_unknown_form_is_not_there(checker: Client, article: Article) -> None:
    assert ask(checker, article, asking="other")[0] == 404


def test_time_of_retrieval_is_kept_with_the_evidence(checker: Client, article: Article, people: People) -> None:
    made = annotate(article, people.checker, "nine")
    data = {
        "id": str(uuid4()),
        "url": "https://www.example.org/report",
        "title": "Report",
        "retrieved_at": "2026-01-31T12:30:05",
        "stance": "supports",
        "tier": "primary",
    }

    checker.post(f"/annotations/{made.pk}/evidence/", data)

    kept = Evidence.objects.get().retrieved_at
    assert kept is not None
    assert kept.isoformat() == "2026-01-31T12:30:05+00:00"

"""Articles over the API: text, HTML, files and addresses in; metadata corrected; tokens."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from annotations.models import Article, StoredFile, Token
from tests.api.conftest import As
from tests.conformance import SEEDS, needs_seeds
from tests.people import PASSWORD, TEXT, People

URL = "/api/v1/articles/"


@needs_seeds
def test_the_seed_gives_its_metadata_and_loses_no_text(checker: APIClient, people: People) -> None:
    raw = next(SEEDS.glob("*.txt")).read_bytes()

    answer = checker.post(URL, {"desk": "demo", "file": SimpleUploadedFile("seed.txt", raw)}, format="multipart")

    row = answer.json()
    assert answer.status_code == 201
    assert (row["title"], row["byline"], row["published_at"]) == (
        "North Korea Acknowledges Its Troops Cleared Mines for Russia",
        "Claire Lee for AFP",
        "2025-12-13",
    )
    assert row["canonical_url"].startswith("https://www.themoscowtimes.com/2025/12/13/north-korea-acknowledges-its")
    article = Article.objects.get()
    assert article.current.text == raw.decode()
    assert [
        article.current.text[block.start : block.end] for block in article.current.blocks.filter(kind="credit")
    ] == ["SONG KYONG-SEOK / POOL / TASS"]
    source = checker.get(f"{URL}{row['id']}/source/")
    assert b"".join(source.streaming_content) if source.streaming else source.content == raw


def test_what_is_sent_beside_the_text_wins(checker: APIClient, people: People) -> None:
    body = {"desk": "demo", "text": TEXT, "title": "Mine", "published_at": "2025-12-13T10:00:00Z", "language": "en"}

    row = checker.post(URL, body, format="json").json()

    assert (row["title"], row["published_at"], row["language"], row["state"]) == ("Mine", "2025-12-13", "en", "draft")
    assert row["revision"]["length"] == len(TEXT)


def test_html_is_reduced_to_typed_text(checker: APIClient, people: People) -> None:
    page = (
        "<html lang=de><head><title>Titel</title></head><body><article><h1>Ein Titel hier</h1>"
        "<p>Der erste Absatz &amp; mehr dazu, lang genug für einen Absatz.</p><script>alert(1)</script>"
        "<p>Der zweite Absatz folgt, auch er mit einigen Worten.</p></article></body></html>"
    )

    row = checker.post(URL, {"desk": "demo", "html": page}, format="json").json()

    text = checker.get(f"{URL}{row['id']}/text/").content.decode()
    assert "Der erste Absatz & mehr dazu" in text
    assert "alert" not in text
    assert row["language"] == "de"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"desk": "demo"}, 400),
        ({"desk": "demo", "text": ""}, 400),
        ({"desk": "demo", "text": "  \n "}, 400),
        ({"desk": "demo", "text": "a\x00b"}, 400),
        ({"desk": "demo", "text": "x" * 2_000_001}, 400),
        ({"desk": "demo", "text": "Words.", "url": "https://www.example.org/"}, 400),
        ({"desk": "demo", "url": "http://127.0.0.1/"}, 400),
        ({"desk": "demo", "url": "file:///etc/passwd"}, 400),
        ({"desk": "other", "text": "Words."}, 404),
        ({"desk": "nowhere", "text": "Words."}, 404),
        ({"desk": "demo", "text": "Words.", "published_at": "yesterday"}, 400),
        ({"desk": "demo", "text": "Words.", "canonical_url": "javascript:1"}, 400),
    ],
)
def test_wrong_articles_are_refused(checker: APIClient, body: dict[str, str], code: int) -> None:
    answer = checker.post(URL, body, format="json")

    assert (answer.status_code, answer["Content-Type"]) == (code, "application/problem+json")
    assert (Article.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00", b"%PDF-1.7 nonsense", b"PK\x03\x04nonsense", b""])
def test_files_that_hold_no_article_are_refused(checker: APIClient, people: People, content: bytes) -> None:
    answer = checker.post(URL, {"desk": "demo", "file": SimpleUploadedFile("a.bin", content)}, format="multipart")

    assert 400 <= answer.status_code < 500
    assert answer.json()["detail"].endswith(".")


def test_metadata_is_changed_under_if_match(checker: APIClient, article: Article) -> None:
    url = f"{URL}{article.pk}/"
    tag = checker.get(url)["ETag"]

    assert checker.patch(url, {"byline": "A"}, format="json").status_code == 428
    done = checker.patch(url, {"byline": "A"}, format="json", headers={"If-Match": tag})
    stale = checker.patch(url, {"byline": "B"}, format="json", headers={"If-Match": tag})

    assert (done.status_code, done.json()["byline"], stale.status_code) == (200, "A", 412)


def test_an_id_that_is_none_is_a_404(checker: APIClient) -> None:
    for path in ("articles/xyz/", "annotations/1/", "nowhere/"):
        answer = checker.get(f"/api/v1/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_token_opens_the_api_until_it_is_given_back(api: As, people: People) -> None:
    nobody = api(None)
    login = {"username": "checker", "password": PASSWORD, "name": "script"}

    made = nobody.post("/api/v1/tokens/", login, format="json")
    nobody.credentials(HTTP_AUTHORIZATION=f"Bearer {made.json()['token']}")
    before = nobody.get("/api/v1/desks/")
    gone = nobody.delete("/api/v1/tokens/current/")
    after = nobody.get("/api/v1/desks/")

    assert (made.status_code, before.status_code, gone.status_code, after.status_code) == (201, 200, 204, 401)
    assert sorted(made.json()) == ["expires_at", "scopes", "token"]
    assert made.json()["token"] not in str(Token.objects.values_list().get())
    assert after["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("login", [{"username": "checker", "password": "wrong", "name": "x"}, {"username": "checker"}])
def test_a_wrong_login_gives_no_token(api: As, people: People, login: dict[str, str]) -> None:
    answer = api(None).post("/api/v1/tokens/", login, format="json")

    assert answer.status_code in (400, 401)
    assert Token.objects.count() == 0


def test_a_deactivated_person_has_no_access(api: As, people: People) -> None:
    client = api(people.checker)
    type(people.checker).objects.filter(pk=people.checker.pk).update(is_active=False)

    assert client.get("/api/v1/desks/").status_code == 401


def test_scopes_limit_a_token(api: As, people: People, article: Article) -> None:
    client = api(people.checker)
    Token.objects.update(scopes=["read"])

    assert client.get(URL).status_code == 200
    assert (
        client.post("/api/v1/annotations/", {"article": str(article.pk), "exact": "nine"}, format="json").status_code
        == 403
    )
    assert client.get("/api/v1/export/jsonl/").status_code == 403

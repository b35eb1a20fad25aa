"""Two people at one article of a real server: what one does, the other sees without a reload; and who is there."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.operations.site import LONGEST_START, Site, data_folder

PASSWORD = "factcheck"
# When each card came, in milliseconds since 1970.
WATCH = """() => {
    window.seen ??= {};
    new MutationObserver((changes) => {
        const cards = changes.flatMap((change) => [...change.addedNodes]);
        for (const { id } of cards) window.seen[id] ??= Date.now();
    }).observe(document.getElementById("cards"), { childList: true });
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with data_folder() as folder, Site(folder) as running:
        running.get("/readyz")
        yield running


class Api:
    """A person at the API."""

    def __init__(self, site: Site, username: str) -> None:
        self._base = f"http://127.0.0.1:{site.port}/api/v1/"
        asked = {"username": username, "password": PASSWORD, "name": "test"}
        self._headers = {"Content-Type": "application/json"}
        self._headers["Authorization"] = f"Bearer {self('POST', 'tokens/', asked)['token']}"

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = json.dumps(body).encode() if body is not None else None
        given = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(self._base + path, data, given, method=method)
        with urllib.request.urlopen(asked, timeout=LONGEST_START) as answer:
            return json.loads(answer.read() or b"null")


@pytest.fixture
def open_page(site: Site, new_context: Callable[..., BrowserContext]) -> Callable[[str, str], Page]:
    def opened(username: str, path: str) -> Page:
        page = new_context(base_url=f"http://127.0.0.1:{site.port}").new_page()
        page.goto(f"/accounts/login/?next={path}")
        page.get_by_label("User name").fill(username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("#text")).to_be_visible()
        return page

    return opened


def annotate(page: Page, api: Api, article: str, start: int) -> tuple[float, str]:
    """Seconds from its answer until the page of somebody else has the card, by that page's watch; and the new id."""
    page.evaluate(WATCH)
    made = api("POST", "annotations/", {"article": article, "start": start, "end": start + 6, "claim": "Seen at once."})
    answered = time.time()
    card = page.locator(f"#card-{made['id']}")
    expect(card).to_contain_text("Seen at once.")
    seen: float = page.evaluate("(id) => window.seen[id]", f"card-{made['id']}")
    return seen / 1000 - answered, made["id"]


def test_what_others_do_appears_within_a_second_and_nobody_loses_words(
    site: Site, open_page: Callable[[str, str], Page]
) -> None:
    api = Api(site, "checker")
    article = next(row for row in api("GET", "articles/")["results"] if row["state"] == "checking")
    path = f"/articles/{article['id']}/"
    reading = open_page("reviewer", path)
    expect(reading.locator("#live-stream")).to_be_attached()
    other = open_page("head", path)
    expect(reading.locator(".others")).to_contain_text("Also here:")
    expect(other.locator(".others")).to_be_visible()

    # The quickest counts: a busy machine may hold one up. Without the stream the page looks every 15 seconds.
    shown = [annotate(reading, api, article["id"], start) for start in (30, 20, 3)]
    assert min(seconds for seconds, _ in shown) < 1
    made = shown[-1][1]
    card = reading.locator(f"#card-{made}")
    expect(reading.locator(f"#text mark[data-a~='{made}']").first).to_be_visible()
    order = reading.locator("#cards .card").evaluate_all("cards => cards.map(card => parseInt(card.dataset.parts))")
    assert order == sorted(order)

    etag = f'"annotation-{made}-v1"'
    api("PATCH", f"annotations/{made}/", {"claim": "Changed at once."}, If_Match=etag)
    expect(card).to_contain_text("Changed at once.")
    expect(other.locator(f"#card-{made}")).to_contain_text("Changed at once.")

    other.context.close()
    expect(reading.locator(".others")).to_be_hidden()


def test_stream_comes_back_after_it_was_refused(site: Site, open_page: Callable[[str, str], Page]) -> None:
    api = Api(site, "checker")
    article = next(row for row in api("GET", "articles/")["results"] if row["state"] == "checking")
    page = open_page("reviewer", f"/articles/{article['id']}/")
    expect(page.locator("#live:not([hx-ignore])")).to_be_attached()
    page.locator("#live-stream").evaluate(
        "stream => { stream.dataset.old = 'yes';"
        " stream.dispatchEvent(new CustomEvent('htmx:sse:error', {bubbles: true, detail: {status: 403}})); }"
    )
    expect(page.locator("#live-stream:not([data-old])")).to_be_attached()

    made = api("POST", "annotations/", {"article": article["id"], "start": 12, "end": 20, "claim": "Still watched."})

    expect(page.locator(f"#card-{made['id']}")).to_contain_text("Still watched.")

"""Of a browser test that failed there is enough to see why."""

from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Route
from pytest_django.live_server_helper import LiveServer

from tests.e2e.reader import soon
from tests.e2e.witness import Witness


def test_console_requests_and_files_of_a_page_are_kept(
    live_server: LiveServer, browser: Browser, tmp_path: Path
) -> None:
    complaints: list[str] = []
    witness = Witness(tmp_path / "kept", complaints)
    with closing(browser.new_context(base_url=live_server.url)) as context:
        witness.watch(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        held: list[Route] = []
        page.route("**/search/", lambda route: held.append(route))
        page.evaluate("console.log('fine'); console.warn('odd'); void fetch('/search/')")
        asked = f"GET {live_server.url}/search/"
        soon(page, lambda: (complaints, len(held), witness.unanswered), (["odd"], 1, [asked]))  # the page's icon came

        told = witness.testify()
        held[0].abort()

    assert told.splitlines() == [
        f"Pages: {live_server.url}/accounts/login/",
        "Console: log: fine",
        "    warning: odd",
        f"Not answered: {asked}",
        f"Pictures, HTML and traces: {tmp_path / 'kept'}",
    ]
    assert sorted(each.name for each in (tmp_path / "kept").iterdir()) == ["0-0.html", "0-0.png", "trace-0.zip"]
    assert 'name="username"' in (tmp_path / "kept" / "0-0.html").read_text(encoding="utf-8")

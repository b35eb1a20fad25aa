"""The title of an address, asked for in the forms where evidence is typed."""

from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from annotations.models import Annotation, Desk
from annotations.services.desks import set_fetch_hosts
from tests.e2e.reader import Reader
from tests.ingest.site import running
from tests.people import People
from tests.web.test_sources import Reports


@pytest.fixture
def base(desk: Desk, people: People) -> Iterator[str]:
    set_fetch_hosts(desk_id=desk.pk, actor=people.admin, hosts=["127.0.0.1"])
    with running(ThreadingHTTPServer(("127.0.0.1", 0), Reports)) as port:
        yield f"http://127.0.0.1:{port}"


def test_title_is_fetched_into_a_new_annotation_and_into_later_evidence(
    base: str, reader: Reader, complaints: list[str]
) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")
    reader.composer.locator("summary", has_text="Evidence").click()
    reader.composer.get_by_label("Address").fill(f"{base}/report")
    reader.composer.get_by_role("button", name="Fetch title").press("Enter")
    expect(reader.composer.get_by_label("Title", exact=True)).to_have_value("Report on <mines> & more")
    expect(reader.composer.get_by_label("Publisher")).to_have_value("The Ministry")
    expect(reader.composer.get_by_role("status")).to_contain_text("Found: Report on <mines> & more.")
    reader.save()
    expect(reader.current).to_contain_text("1 piece of evidence")

    expect(reader.current.locator(".more")).to_be_visible()
    reader.page.keyboard.press("v")
    reader.editor.get_by_label("Title").fill("My own title")
    reader.editor.get_by_label("Address").fill(f"{base}/missing")
    reader.editor.get_by_role("button", name="Fetch title").click()
    expect(reader.editor.get_by_role("status")).to_contain_text("The server answered 404 (Not Found).")
    reader.editor.get_by_label("Address").fill(f"{base}/report")
    reader.editor.get_by_role("button", name="Fetch title").click()
    expect(reader.editor.get_by_label("Publisher")).to_have_value("The Ministry")
    expect(reader.editor.get_by_label("Title")).to_have_value("My own title")
    reader.page.keyboard.press("Control+Enter")
    expect(reader.editor).to_be_hidden()

    titles = [row.title for row in Annotation.objects.get().evidence.order_by("created")]
    assert titles == ["Report on <mines> & more", "My own title"]
    assert all(row.retrieved_at for row in Annotation.objects.get().evidence.all())
    complaints.clear()  # Chromium reports every answer of 400 and above

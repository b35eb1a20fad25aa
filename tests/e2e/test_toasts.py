"""What is told leaves by itself, but never while somebody is at it; errors stay (WCAG 2.2.1)."""

from playwright.sync_api import Locator, expect

from tests.e2e.reader import Reader, soon

ONE_MORE = "() => document.getElementById('messages').append(document.getElementById('toast').content.cloneNode(true))"
ANOTHER = "() => { const all = document.getElementById('messages'); all.append(all.lastElementChild.cloneNode(true)); }"


def leaving(toast: Locator) -> list[str]:
    """The animations at whose end it is gone."""
    found: list[str] = toast.evaluate("(toast) => toast.getAnimations().map((each) => each.animationName)")
    return found


def test_way_back_waits_for_pointer_and_focus(reader: Reader) -> None:
    page = reader.page
    reader.select(1, "thousands")
    page.keyboard.press("a")
    reader.save()
    toast = page.locator(".toast").first
    expect(toast).to_contain_text("Annotation saved.")
    page.mouse.move(400, 300)
    soon(page, lambda: leaving(toast), ["leave"])

    toast.get_by_role("button", name="Undo").focus()
    soon(page, lambda: leaving(toast), [])
    page.evaluate(ANOTHER)
    expect(toast).to_be_visible()
    page.locator(".toast").last.evaluate("(toast) => toast.remove()")
    page.locator("#text").focus()
    soon(page, lambda: leaving(toast), ["leave"])
    toast.hover()
    soon(page, lambda: leaving(toast), [])
    page.evaluate(ANOTHER)
    expect(toast).to_be_visible()
    page.mouse.move(400, 300)

    expect(toast).to_be_hidden()
    last = page.locator(".toast").last
    soon(page, lambda: leaving(last), ["leave"])
    last.evaluate("(toast) => toast.getAnimations()[0].finish()")
    expect(last).to_be_hidden()


def test_errors_stay_until_they_are_closed(reader: Reader, complaints: list[str]) -> None:
    page = reader.page
    page.route("**/annotate/", lambda route: route.fulfill(status=500))
    reader.select(1, "thousands")
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    error = page.locator(".toast.error")
    expect(error).to_contain_text("The server failed.")
    page.mouse.move(400, 300)

    assert leaving(error) == []
    page.evaluate(ONE_MORE)
    expect(error).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(reader.composer).to_be_visible()
    error.get_by_role("button", name="Dismiss").click()
    expect(error).to_have_count(0)
    complaints.clear()

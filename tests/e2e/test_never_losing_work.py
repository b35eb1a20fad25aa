"""Nothing typed is ever lost: a broken network, a server that is down, a session that ended, a closed tab."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from annotations.models import Annotation, Article
from tests.e2e.reader import Reader, soon
from tests.e2e.test_accessibility import objections
from tests.factories import annotate
from tests.people import PASSWORD, People

WORDS = ["The", "country", "has", "sent", "thousands", "troops", "abroad", "according", "Western", "agencies"]


def annotate_words(reader: Reader, words: str, claim: str) -> None:
    reader.select(1, words)
    reader.page.keyboard.press("a")
    reader.page.keyboard.type(claim)
    reader.save()


def save_state(reader: Reader, words: str) -> None:
    expect(reader.page.locator("#save-state")).to_contain_text(words)


def claims() -> list[str]:
    return sorted(Annotation.objects.values_list("claim", flat=True))


def test_ten_saves_with_the_network_cut_in_the_middle(reader: Reader, complaints: list[str]) -> None:
    for number, words in enumerate(WORDS):
        if number == 3:
            reader.page.context.set_offline(True)
        annotate_words(reader, words, f"Claim {number}")
    save_state(reader, "Waiting for the network: 7")
    assert len(claims()) == 3

    reader.page.context.set_offline(False)

    save_state(reader, "Saved")
    assert claims() == [f"Claim {number}" for number in range(10)]
    expect(reader.page.locator("#annotation-count")).to_have_text("10")
    reader.marks_are(*WORDS)
    expect(reader.page.locator("#review-panel")).to_contain_text("10 annotations are not settled")
    expect(reader.page.locator(".toast.error")).to_have_count(0)
    complaints.clear()  # Chromium reports every request that failed


def test_answer_that_got_lost_makes_no_second_annotation(reader: Reader, complaints: list[str]) -> None:
    def swallow(route: Route) -> None:
        route.fetch()
        route.abort()

    reader.page.route("**/annotate/", swallow, times=1)
    annotate_words(reader, "thousands", "Saved, but nobody heard")

    save_state(reader, "Saved")
    assert claims() == ["Saved, but nobody heard"]
    expect(reader.page.locator("#annotation-count")).to_have_text("1")
    complaints.clear()


@pytest.mark.parametrize("status", [502, 503])
def test_write_waits_while_the_server_is_restarting(status: int, reader: Reader, complaints: list[str]) -> None:
    reader.page.route("**/annotate/", lambda route: route.fulfill(status=status), times=1)
    annotate_words(reader, "thousands", "A claim")
    save_state(reader, "Waiting for the network: 1")

    save_state(reader, "Saved")
    assert claims() == ["A claim"]
    complaints.clear()


def test_what_waits_is_sent_after_the_tab_was_closed_and_from_another_page(
    reader: Reader, complaints: list[str]
) -> None:
    page = reader.page
    page.context.set_offline(True)
    annotate_words(reader, "thousands", "A claim")
    save_state(reader, "Waiting for the network: 1")
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    again.goto("/articles/")

    # A tab that is closed at once may not have noted that its request failed: then it counts as under way for 70 s.
    soon(again, claims, ["A claim"], within=100)
    complaints.clear()


def test_edit_waits_too_and_what_is_being_typed_meanwhile_stays(
    article: Article, people: People, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    made = annotate(article, people.checker, "thousands of troops")
    reader = Reader(open_page(f"/articles/{article.pk}/#a-{made.pk}"))
    reader.current.get_by_role("link", name="Edit").click()
    reader.editor.get_by_label("Claim", exact=True).fill("Changed without a network")
    reader.page.context.set_offline(True)
    reader.page.keyboard.press("Control+Enter")
    expect(reader.editor).to_be_hidden()
    save_state(reader, "Waiting for the network: 1")
    reader.select(3, "Thousands of families")
    claim = reader.composer.get_by_label("Claim", exact=True)
    claim.fill("Half a sen")

    reader.page.context.set_offline(False)

    save_state(reader, "Saved")
    made.refresh_from_db()
    assert made.claim == "Changed without a network"
    expect(claim).to_have_value("Half a sen")
    expect(claim).to_be_focused()
    complaints.clear()


def test_refused_later_is_kept_as_a_draft(reader: Reader, people: People, complaints: list[str]) -> None:
    reader.page.context.set_offline(True)
    reader.select(1, "thousands")
    reader.composer.get_by_label("Claim", exact=True).fill("A claim")
    reader.composer.locator("summary", has_text="Evidence").click()
    reader.composer.get_by_label("Title", exact=True).fill("Report without an address")
    reader.save()
    reader.page.context.set_offline(False)

    expect(reader.page.locator("#messages")).to_contain_text("was refused. What you typed is kept.")
    reader.page.get_by_role("button", name="Open again").click()
    expect(reader.composer.get_by_label("Claim", exact=True)).to_have_value("A claim")
    reader.composer.get_by_label("Address").fill("https://www.example.org/report")
    reader.save()
    expect(reader.current).to_contain_text("1 piece of evidence")
    assert claims() == ["A claim"]
    complaints.clear()


def test_drafts_survive_a_closed_tab_until_they_are_saved(
    reader: Reader, article: Article, open_page: Callable[..., Page]
) -> None:
    reader.select(1, "thousands of troops")
    reader.composer.get_by_label("Claim", exact=True).fill("Half a claim")
    reader.composer.get_by_label("Origin", exact=True).select_option("intelligence-sourced")
    context = reader.page.context
    reader.page.close()

    again = Reader(context.new_page())
    again.page.goto(f"/articles/{article.pk}/")
    expect(again.page.locator("#messages")).to_contain_text("Not saved yet: Half a claim")
    again.page.get_by_role("button", name="Open again").click()
    expect(again.composer.get_by_label("Claim", exact=True)).to_have_value("Half a claim")
    expect(again.composer.get_by_label("Origin", exact=True)).to_have_value("intelligence-sourced")
    assert again.chosen()["exact"] == "thousands of troops"
    again.save()
    expect(again.current).to_contain_text("Half a claim")

    again.page.keyboard.press("e")
    again.editor.get_by_label("Claim", exact=True).fill("A better one")
    again.page.close()
    third = Reader(context.new_page())
    third.page.goto(f"/articles/{article.pk}/#a-{Annotation.objects.get().pk}")
    third.current.get_by_role("link", name="Edit").click()
    expect(third.editor.get_by_label("Claim", exact=True)).to_have_value("A better one")
    third.page.keyboard.press("Control+Enter")
    expect(third.editor).to_be_hidden()
    third.page.reload()

    expect(third.page.locator(".toast")).to_have_count(0)
    assert third.page.evaluate("Object.keys(localStorage).filter((key) => /draft|write/.test(key))") == []


def test_leaving_with_unsaved_text_warns(reader: Reader) -> None:
    reader.select(1, "thousands of troops")
    reader.page.keyboard.press("a")
    reader.page.keyboard.type("A claim")

    with reader.page.expect_event("dialog") as asked:
        reader.page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_ended_session_asks_for_the_password_in_place_and_goes_on(
    article: Article, open_page: Callable[..., Page], complaints: list[str]
) -> None:
    reader = Reader(open_page(f"/articles/{article.pk}/"))
    page = reader.page
    page.context.clear_cookies(name=re.compile("sessionid"))
    annotate_words(reader, "thousands", "A claim")
    login = page.get_by_role("dialog", name="Log in again")
    expect(login.get_by_label("Password")).to_be_focused()
    expect(login.get_by_label("User name")).to_have_value("checker")
    found = objections(page)

    login.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(login.get_by_role("alert")).to_have_text("That is not the password. Try again.")
    login.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(login).to_be_hidden()
    save_state(reader, "Saved")
    assert claims() == ["A claim"]
    annotate_words(reader, "agencies", "Another claim")
    expect(page.locator("#annotation-count")).to_have_text("2")
    assert found == []
    complaints.clear()


def test_nothing_is_saved_in_the_name_of_whoever_logged_in_since(
    reader: Reader, people: People, complaints: list[str]
) -> None:
    other = reader.page.context.new_page()
    reader.page.context.clear_cookies(name=re.compile("sessionid"))
    other.goto("/accounts/login/")
    other.get_by_label("User name").fill("checker2")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", name="Worklist")).to_be_visible()
    other.close()

    annotate_words(reader, "thousands", "A claim")

    login = reader.page.get_by_role("dialog", name="Log in again")
    expect(login.get_by_label("User name")).to_have_value("checker")
    assert claims() == []
    login.get_by_label("Password").fill(PASSWORD)
    reader.page.keyboard.press("Enter")
    save_state(reader, "Saved")
    assert Annotation.objects.get().author == people.checker
    complaints.clear()

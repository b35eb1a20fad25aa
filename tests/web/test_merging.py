"""Two people in one card: other fields are merged; the same field comes back with both values and what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.core.drafts import AnnotationChanges, VerdictDraft
from annotations.models import Annotation, User
from annotations.services.annotations import edit_annotation
from tests.people import People
from tests.web.conftest import HTMX

As = Callable[[User], Client]


def form_of(response: Any) -> Any:
    tree = html.fromstring(response.content)
    return next(form for form in tree.forms if form.inputs.__contains__("seen_version") and "claim" in form.fields)


def values(form: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value.removeprefix("\n"))  # as browsers do where a text area begins
    return found


@pytest.fixture
def opened(annotation: Annotation, checker: Client) -> dict[str, list[str]]:
    """What the edit form sends, opened before anybody else changes anything."""
    return values(form_of(checker.get(f"/annotations/{annotation.pk}/edit/")))


def changed_by_another(annotation: Annotation, people: People, version: int = 1, **changes: Any) -> None:
    edit_annotation(
        annotation_id=annotation.pk,
        actor=people.checker2,
        seen_version=version,
        changes=AnnotationChanges(**changes),
    )


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "panel"])
def test_second_save_goes_through_and_says_what_the_other_changed(
    headers: dict[str, str],
    opened: dict[str, list[str]],
    annotation: Annotation,
    people: People,
    checker: Client,
) -> None:
    changed_by_another(annotation, people, note="theirs", terms=["intelligence-sourced", "quantity"])

    response = checker.post(
        f"/annotations/{annotation.pk}/edit/", {**opened, "claim": "Mine."}, headers=headers, follow=True
    )

    annotation.refresh_from_db()
    assert response.status_code == 200
    assert "Annotation changed. Meanwhile Checker2 changed: Note, Labels." in response.content.decode()
    assert (annotation.claim, annotation.note, annotation.version) == ("Mine.", "theirs", 3)
    keys = set(Annotation.objects.filter(pk=annotation.pk).values_list("labels__term__key", flat=True))
    assert keys == {"intelligence-sourced", "quantity"}


@pytest.mark.parametrize(("choice", "claim"), [("mine", "Mine, better."), ("theirs", "Theirs.")])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "panel"])
def test_same_field_comes_back_with_both_values_and_the_person_chooses(
    headers: dict[str, str],
    choice: str,
    claim: str,
    opened: dict[str, list[str]],
    annotation: Annotation,
    people: People,
    checker: Client,
) -> None:
    address = f"/annotations/{annotation.pk}/edit/"
    changed_by_another(annotation, people, claim="Theirs.", note="theirs")

    refused = checker.post(address, {**opened, "claim": "Mine.", "assignee": "reviewer"}, headers=headers)

    assert refused.status_code == 412
    form = form_of(refused)
    (box,) = form.xpath(".//fieldset[@class='field conflict']")
    told = " ".join(box.text_content().split())
    assert told == "Claim Yours Mine. Checker2 Theirs."
    sent = values(form)
    assert (sent["claim"], sent["note"], sent["assignee"]) == (["Mine."], ["theirs"], ["reviewer"])

    answer = checker.post(address, {**sent, "claim": "Mine, better.", "keep_claim": choice}, headers=headers)

    annotation.refresh_from_db()
    assert answer.status_code in {200, 302}
    assert (annotation.claim, annotation.note) == (claim, "theirs")
    assert str(annotation.assignee) == "Reviewer"


def test_verdict_collides_as_a_whole_and_is_shown_in_words(
    opened: dict[str, list[str]], annotation: Annotation, people: People, checker: Client
) -> None:
    address = f"/annotations/{annotation.pk}/edit/"
    changed_by_another(annotation, people, verdict=VerdictDraft("false", "No such order."))

    refused = checker.post(address, {**opened, "verdict": "accurate", "rationale": "There was."})
    form = form_of(refused)
    told = " ".join(form.xpath(".//fieldset[@class='field conflict']")[0].text_content().split())

    assert told.startswith("Verdict Yours Accurate, There was., 20")
    assert "Checker2 False, No such order., 20" in told
    checker.post(address, {**values(form), "keep_verdict": "theirs"})
    assert list(annotation.verdicts.filter(retired_at=None).values_list("rationale", flat=True)) == ["No such order."]


def test_change_during_the_choice_is_not_overwritten(
    opened: dict[str, list[str]], annotation: Annotation, people: People, checker: Client
) -> None:
    address = f"/annotations/{annotation.pk}/edit/"
    changed_by_another(annotation, people, claim="Theirs.")
    sent = values(form_of(checker.post(address, {**opened, "claim": "Mine."})))
    changed_by_another(annotation, people, version=2, note="later")

    checker.post(address, sent)

    annotation.refresh_from_db()
    assert (annotation.claim, annotation.note) == ("Mine.", "later")


def test_two_ranges_are_shown_and_chosen_between(
    annotation: Annotation, people: People, checker: Client, as_user: As
) -> None:
    address = f"/annotations/{annotation.pk}/range/"
    start, end = annotation.start, annotation.end
    as_user(people.checker2).post(address, {"seen_version": 1, "start": start, "end": end + 7})

    refused = checker.post(address, {"seen_version": 1, "start": start - 5, "end": end})
    tree = html.fromstring(refused.content)
    told = " ".join(tree.xpath("//fieldset[@class='field conflict']")[0].text_content().split())

    assert refused.status_code == 412
    assert told == f"Range Yours {start - 5}–{end} Checker2 {start}–{end + 7}"

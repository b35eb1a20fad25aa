"""Changing an annotation: edit, range, withdraw, undo; in the panel and as pages; conflicts tell what to do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from annotations.core.drafts import AnnotationChanges
from annotations.core.states import AnnotationState
from annotations.models import Annotation, User
from annotations.services.annotations import edit_annotation
from annotations.services.moves import move_annotation
from tests.people import TEXT, People
from tests.web.conftest import HTMX
from tests.web.test_annotate import regions

EDITED = {"claim": " New claim ", "origin": "state-media", "verdict": "false", "rationale": "It is.", "note": "n"}


def send(client: Client, name: str, annotation: Annotation, data: dict[str, Any], *, htmx: bool = True) -> Any:
    url = reverse(f"annotations:{name}", args=(annotation.pk,))
    return client.post(url, {"seen_version": annotation.version, **data}, headers=HTMX if htmx else {})


def test_edit_form_shows_what_is_there(annotation: Annotation, checker: Client) -> None:
    response = checker.get(reverse("annotations:edit-annotation", args=(annotation.pk,)), headers=HTMX)

    panel = regions(response)["#editor"]
    assert "Thousands were sent." in panel
    assert re.findall(r'<option value="([^"]+)"[^>]* selected>', panel) == ["intelligence-sourced"]
    assert f'name="seen_version" value="{annotation.version}"' in panel


def test_edit_saves_exactly_what_was_typed_and_refreshes_text_and_card(annotation: Annotation, checker: Client) -> None:
    response = send(checker, "edit-annotation", annotation, EDITED)

    annotation.refresh_from_db()
    found = regions(response)
    assert response.status_code == 200
    assert (annotation.claim, annotation.note, annotation.version) == (" New claim ", "n", 2)
    assert [label.term.key for label in annotation.labels.all()] == ["state-media"]
    assert "l0c7" in found["#b1"]
    assert " New claim " in found[f"#card-{annotation.pk}"]
    assert found["#editor"] == ""
    assert response.headers["HX-Trigger"] == f'{{"annotation-changed": {{"id": "{annotation.pk}"}}}}'


def test_edit_without_javascript_goes_back_to_the_annotation(annotation: Annotation, checker: Client) -> None:
    response = send(checker, "edit-annotation", annotation, EDITED, htmx=False)

    assert response["Location"] == f"/annotations/{annotation.pk}/"
    assert "Annotation changed." in checker.get(response["Location"]).content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_edit_of_an_outdated_version_keeps_what_was_typed_and_can_be_repeated(
    htmx: bool, annotation: Annotation, people: People, checker: Client
) -> None:
    edit_annotation(
        annotation_id=annotation.pk, actor=people.checker2, seen_version=1, changes=AnnotationChanges(note="Faster")
    )

    refused = send(checker, "edit-annotation", annotation, EDITED, htmx=htmx)
    annotation.refresh_from_db()
    source = refused.content.decode()

    assert refused.status_code == 412
    assert "Checker2 changed the same meanwhile. Choose what shall stand, then save again." in source
    assert " New claim " in source
    assert 'name="seen_version" value="2"' in source
    assert annotation.note == "Faster"
    assert send(checker, "edit-annotation", annotation, EDITED, htmx=htmx).status_code == (200 if htmx else 302)


def test_edit_of_a_withdrawn_annotation_says_that_it_is_withdrawn(
    annotation: Annotation, people: People, checker: Client
) -> None:
    move_annotation(
        annotation_id=annotation.pk, actor=people.checker, seen_version=1, action="withdraw", reason="Wrong"
    )
    annotation.refresh_from_db()

    response = send(checker, "edit-annotation", annotation, EDITED)

    assert response.status_code == 409
    assert "This annotation is withdrawn, so it cannot be changed." in regions(response)["#messages"]


def test_range_moves_and_the_card_finds_a_new_place(annotation: Annotation, checker: Client) -> None:
    start = TEXT.index("Thousands of families")

    response = send(checker, "resize-annotation", annotation, {"start": start, "end": start + 21})

    annotation.refresh_from_db()
    found = regions(response)
    assert annotation.exact == "Thousands of families"
    assert {"#b1", "#b3", f"#card-{annotation.pk}", "#cards", "#annotation-count", "#editor", "#messages"} <= set(found)
    assert "<mark" not in found["#b1"]
    assert found[f"#card-{annotation.pk}"] == ""
    assert f'id="card-{annotation.pk}"' in found["#cards"]


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (9, 5, "The range 9–5 ends before it starts."),
        (5, 100_000, "ends after the text"),
        ("", 5, "Fill this in."),
        (-1, 5, "Write 0 or more."),
    ],
)
def test_range_outside_the_text_is_refused(
    start: Any, end: Any, sentence: str, annotation: Annotation, checker: Client
) -> None:
    response = send(checker, "resize-annotation", annotation, {"start": start, "end": end})

    annotation.refresh_from_db()
    assert response.status_code == 422
    assert sentence in regions(response)["#editor"]
    assert annotation.version == 1


def test_withdrawing_takes_mark_and_card_away_and_undo_brings_them_back(
    annotation: Annotation, checker: Client
) -> None:
    gone = send(checker, "withdraw-annotation", annotation, {"reason": "Not a claim"})
    annotation.refresh_from_db()
    state = annotation.state
    back = send(checker, "undo-annotation", annotation, {})
    annotation.refresh_from_db()

    assert state == AnnotationState.WITHDRAWN
    assert "<mark" not in regions(gone)["#b1"]
    assert "Nothing is annotated yet" in regions(gone)["#cards"]
    assert regions(gone)["#annotation-count"] == "0"
    assert annotation.state == AnnotationState.OPEN
    assert "<mark" in regions(back)["#b1"]
    assert f'id="card-{annotation.pk}"' in regions(back)["#cards"]


def test_withdrawing_needs_a_reason(annotation: Annotation, checker: Client) -> None:
    response = send(checker, "withdraw-annotation", annotation, {"reason": ""})

    assert response.status_code == 422
    assert "Fill this in." in regions(response)["#editor"]


def test_only_author_or_head_is_offered_to_withdraw(
    annotation: Annotation, people: People, as_user: Callable[[User], Client]
) -> None:
    response = send(as_user(people.checker2), "withdraw-annotation", annotation, {"reason": "Mine now"})

    assert response.status_code == 403
    assert "Only its author or the head of research can withdraw an annotation." in regions(response)["#messages"]
    assert send(as_user(people.head), "withdraw-annotation", annotation, {"reason": "Head"}).status_code == 200


@pytest.mark.parametrize("htmx", [True, False])
def test_undo_of_somebody_elses_change_is_refused_with_a_sentence(
    htmx: bool, annotation: Annotation, people: People, as_user: Callable[[User], Client]
) -> None:
    client = as_user(people.checker2)

    response = send(client, "undo-annotation", annotation, {}, htmx=htmx)

    source = response.content.decode() if htmx else client.get(response["Location"]).content.decode()
    assert response.status_code == (403 if htmx else 302)
    assert "Somebody else made the last change. Only they can undo it." in source


def test_annotation_page_shows_passage_verdict_and_history(
    annotation: Annotation, people: People, checker: Client
) -> None:
    send(checker, "edit-annotation", annotation, EDITED)

    source = checker.get(reverse("annotations:annotation", args=(annotation.pk,))).content.decode()

    assert "<b>thousands of troops</b>" in source
    assert "The country has sent " in source
    assert "It is." in source
    assert "changed it" in source
    assert "annotated this" in source
    assert '<del dir="auto">Thousands were sent.</del>' in source


def test_retired_label_of_an_annotation_survives_an_edit(annotation: Annotation, checker: Client) -> None:
    label = annotation.labels.get()
    label.term.retired_at = annotation.created
    label.term.save()

    send(checker, "edit-annotation", annotation, {"claim": "New", "origin": "intelligence-sourced"})

    annotation.refresh_from_db()
    assert annotation.claim == "New"
    assert [row.term.key for row in annotation.labels.all()] == ["intelligence-sourced"]

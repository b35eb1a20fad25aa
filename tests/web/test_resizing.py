"""A new range for what was proposed or signed off: the form says what it costs; verdict, comments and history stay."""

from collections.abc import Callable

import pytest
from django.test import Client

from annotations.core.states import AnnotationState
from annotations.models import Article, User
from annotations.services.comments import add_comment
from tests.people import People
from tests.states import annotation_at
from tests.web.conftest import HTMX

As = Callable[[User], Client]
WARNING = "Saving drops its approvals, and it has to be checked again."


@pytest.mark.parametrize("state", [AnnotationState.PROPOSED, AnnotationState.SIGNED_OFF])
def test_new_range_of_what_was_reviewed(
    state: AnnotationState, article: Article, people: People, checker: Client
) -> None:
    annotation = annotation_at(state, article, people, "thousands of troops")
    add_comment(annotation_id=annotation.pk, actor=people.checker2, text="A remark")
    annotation.refresh_from_db()
    address = f"/annotations/{annotation.pk}/range/"
    before = annotation.events.count()
    verdict = annotation.verdicts.get(retired_at=None)

    for headers in ({}, HTMX):
        assert WARNING in checker.get(address, headers=headers).content.decode()
    data = {"start": annotation.start, "end": annotation.start + 9, "seen_version": annotation.version}
    assert checker.post(address, data).status_code == 302

    annotation.refresh_from_db()
    assert (annotation.exact, annotation.state) == ("thousands", AnnotationState.NEEDS_RECHECK)
    assert annotation.verdicts.get(retired_at=None) == verdict
    assert annotation.comments.get().text == "A remark"
    assert annotation.events.count() > before
    assert not annotation.reviews.filter(voided_at=None).exists()


def test_form_says_nothing_where_nothing_is_lost(article: Article, people: People, checker: Client) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people, "thousands of troops")

    assert WARNING not in checker.get(f"/annotations/{annotation.pk}/range/").content.decode()


@pytest.mark.parametrize("state", [AnnotationState.PROPOSED, AnnotationState.OPEN])
def test_handles_send_parts_and_ask_only_where_approvals_are_lost(
    state: AnnotationState, article: Article, people: People, checker: Client
) -> None:
    annotation = annotation_at(state, article, people, "thousands of troops")
    start = annotation.start
    sent = {
        "seen_version": annotation.version,
        "parts": f"{start}-{start + 9} {start + 13}-{start + 19}",
        "asks": "yes",
    }

    answer = checker.post(f"/annotations/{annotation.pk}/range/", sent, headers=HTMX)

    annotation.refresh_from_db()
    is_asked = state == AnnotationState.PROPOSED
    assert answer.status_code == (422 if is_asked else 200)
    assert (WARNING in answer.content.decode()) == is_asked
    assert annotation.fragments == ([] if is_asked else [[start, start + 9], [start + 13, start + 19]])


def test_parts_count_only_while_they_span_the_range(article: Article, people: People, checker: Client) -> None:
    annotation = annotation_at(AnnotationState.OPEN, article, people, "thousands of troops")
    start = annotation.start
    parts = f"{start}-{start + 9} {start + 13}-{start + 19}"

    for version, end in ((annotation.version, start + 19), (annotation.version + 1, start + 12)):
        data = {"seen_version": version, "start": start, "end": end, "parts": parts}
        assert checker.post(f"/annotations/{annotation.pk}/range/", data).status_code == 302

    annotation.refresh_from_db()
    assert (annotation.exact, annotation.fragments) == ("thousands of", [])

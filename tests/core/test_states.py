"""States and roles: every one has a name that people read."""

from enum import StrEnum
from typing import Any

import pytest

from annotations.core.states import (
    ANNOTATION_STATE_LABELS,
    ARTICLE_STATE_LABELS,
    EDITABLE,
    ROLE_LABELS,
    WITHDRAWABLE,
    AnnotationState,
    ArticleState,
    Role,
)


@pytest.mark.parametrize(
    ("states", "labels"),
    [(AnnotationState, ANNOTATION_STATE_LABELS), (ArticleState, ARTICLE_STATE_LABELS), (Role, ROLE_LABELS)],
)
def test_every_state_and_role_has_a_label_of_its_own(states: type[StrEnum], labels: dict[Any, str]):
    assert list(labels) == list(states)
    assert len(set(labels.values())) == len(labels)


def test_a_state_read_back_from_the_database_finds_its_label():
    assert ANNOTATION_STATE_LABELS["signed_off"] == "Signed off"
    assert ROLE_LABELS["head"] == "Head of research"


def test_checkers_may_change_what_nobody_has_proposed_or_decided():
    assert {"open", "returned", "needs_recheck"} == EDITABLE


def test_all_but_signed_off_and_withdrawn_annotations_can_be_withdrawn():
    assert set(AnnotationState) - WITHDRAWABLE == {"signed_off", "withdrawn"}

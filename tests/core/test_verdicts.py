"""The verdict scale and its mappings, and the table in the docs that explains them."""

from pathlib import Path

import pytest

from annotations.core.verdicts import VERDICT_SCALE, AveritecLabel, Rating
from annotations.core.vocabularies import DEFAULT_VOCABULARIES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "verdict-scale.md"

SUPPORTED = "Supported"
REFUTED = "Refuted"
NOT_ENOUGH = "Not Enough Evidence"
CONFLICTING = "Conflicting Evidence/Cherrypicking"


def test_the_scale_maps_to_claimreview_numbers_and_averitec_labels():
    assert {
        verdict.key: (verdict.rating.value if verdict.rating else None, verdict.averitec) for verdict in VERDICT_SCALE
    } == {
        "accurate": (5, SUPPORTED),
        "mostly-accurate": (4, SUPPORTED),
        "missing-context": (None, CONFLICTING),
        "mixed": (3, CONFLICTING),
        "mostly-inaccurate": (2, REFUTED),
        "false": (1, REFUTED),
        "fabricated": (1, REFUTED),
        "outdated": (None, REFUTED),
        "unproven": (None, NOT_ENOUGH),
        "cannot-be-verified": (None, NOT_ENOUGH),
        "not-checkable": (None, None),
    }


def test_every_rating_is_on_the_scale_from_one_to_five():
    assert {(verdict.rating.worst, verdict.rating.best) for verdict in VERDICT_SCALE if verdict.rating} == {(1, 5)}


def test_research_labels_are_spelled_as_in_the_data_set():
    assert [label.value for label in AveritecLabel] == [SUPPORTED, REFUTED, NOT_ENOUGH, CONFLICTING]


def test_states_of_the_workflow_are_no_verdicts():
    assert {verdict.key for verdict in VERDICT_SCALE}.isdisjoint(
        {"open", "proposed", "returned", "disputed", "signed-off", "withdrawn", "needs-recheck"}
    )


@pytest.mark.parametrize(("value", "best", "worst"), [(0, 5, 1), (6, 5, 1), (3, 1, 5), (1, 1, 1), (-1, 5, 1)])
def test_a_rating_off_its_scale_is_refused(value: int, best: int, worst: int):
    with pytest.raises(ValueError, match=f"The rating {value} does not lie on the scale from {worst} to {best}"):
        Rating(value, best, worst)


def test_the_verdict_vocabulary_is_the_scale():
    vocabulary = next(vocabulary for vocabulary in DEFAULT_VOCABULARIES if vocabulary.key == "verdict")

    assert [
        (term.key, term.name, term.description, term.colour, term.rating, term.averitec) for term in vocabulary.terms
    ] == [
        (verdict.key, verdict.name, verdict.description, verdict.colour, verdict.rating, verdict.averitec)
        for verdict in VERDICT_SCALE
    ]


def test_the_docs_show_the_same_table():
    numbers = [verdict.rating.value if verdict.rating else "–" for verdict in VERDICT_SCALE]
    rows = [
        f"| {verdict.name} | `{verdict.key}` | {number} | {verdict.averitec or '–'} |"
        for verdict, number in zip(VERDICT_SCALE, numbers, strict=True)
    ]
    lines = DOCS.read_text(encoding="utf-8").splitlines()

    assert [row for row in rows if not any(line.startswith(row) for line in lines)] == []

"""From what a client says to one place, or to a refusal that points at the field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.drafts import PlaceDraft
from annotations.core.errors import DomainError
from annotations.core.places import place_in

TEXT = "One two. One 👨‍👩‍👧 three, he said, four."


def test_fragments_alone_give_their_envelope() -> None:
    place = place_in(TEXT, PlaceDraft(fragments=[(9, 12), (20, 25)]))

    assert (place.anchor.start, place.anchor.end, place.fragments) == (9, 25, ((9, 12), (20, 25)))


@pytest.mark.parametrize(
    ("draft", "code", "pointer"),
    [
        (PlaceDraft(), "range_missing", "/start"),
        (PlaceDraft(end=3), "range_incomplete", "/start"),
        (PlaceDraft(start=3), "range_incomplete", "/end"),
        (PlaceDraft(start=5, end=2), "range_reversed", "/start"),
        (PlaceDraft(start=0, end=3, exact="Two"), "quote_mismatch", "/exact"),
        (PlaceDraft(exact="One"), "quote_ambiguous", "/exact"),
        (PlaceDraft(start=0, end=7, fragments=[(0, 3)]), "fragments_single", "/fragments"),
        (PlaceDraft(start=0, end=7, fragments=[(0, 5), (4, 7)]), "fragments_disordered", "/fragments"),
    ],
)
def test_a_refusal_points_at_its_field(draft: PlaceDraft, code: str, pointer: str) -> None:
    with pytest.raises(DomainError) as refused:
        place_in(TEXT, draft)

    assert (refused.value.code, [error.pointer for error in refused.value.errors]) == (code, [pointer])


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_any_range_inside_the_text_quotes_its_slice(start: int, length: int) -> None:
    end = min(start + length, len(TEXT))

    anchor = place_in(TEXT, PlaceDraft(start=start, end=end, exact=TEXT[start:end])).anchor

    assert TEXT[anchor.start : anchor.end] == anchor.exact
    assert TEXT[: anchor.start].endswith(anchor.prefix)
    assert TEXT[anchor.end :].startswith(anchor.suffix)

"""What stayed, what went, what came: the pieces make up both texts."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.word_diff import Change, Piece, word_diff

TEXTS = st.text(st.sampled_from("ab .,\n é👩🏽‍🔬שלום"), max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)

    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.change is not Change.DELETED) == new
    assert all(a.change is not b.change for a, b in zip(pieces, pieces[1:], strict=False))


def test_one_word_that_changed_is_one_piece() -> None:
    assert word_diff("We lost nine men.\n\nEnd.", "We lost eleven men.\n\nEnd.") == [
        Piece(Change.SAME, "We lost "),
        Piece(Change.DELETED, "nine"),
        Piece(Change.ADDED, "eleven"),
        Piece(Change.SAME, " men.\n\nEnd."),
    ]


def test_same_text_is_one_piece() -> None:
    assert word_diff("Same.", "Same.") == [Piece(Change.SAME, "Same.")]


def test_too_many_lines_to_compare_are_shown_as_replaced() -> None:
    old = "".join(f"{number}\n" for number in range(21_000))
    new = "".join(f"{number}\n" for number in range(20_999, -1, -1))

    assert word_diff(old, new) == [Piece(Change.DELETED, old), Piece(Change.ADDED, new)]

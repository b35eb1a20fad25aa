"""Blocks must be an ordered, disjoint reading of the whole text."""

import pytest

from annotations.core.blocks import CHECKABLE, Block, BlockKind, check_blocks
from annotations.core.errors import DomainError

P = BlockKind.PARAGRAPH
TEXT = "\n🥳 Head\n\nOne para.\n \nTwo.\n"


def test_blocks_with_only_white_space_between_them_pass():
    check_blocks(TEXT, [Block(BlockKind.HEADLINE, 1, 7), Block(P, 9, 18), Block(P, 21, 25)])


def test_blocks_may_touch():
    check_blocks("部队来了", [Block(P, 0, 2), Block(P, 2, 4)])


def test_a_paragraph_of_200_000_characters_and_a_line_of_2_000_000_are_blocks():
    check_blocks("word " * 40_000 + "end", [Block(P, 0, 200_003)])
    check_blocks("x" * 2_000_000, [Block(P, 0, 2_000_000)])


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([(1, 1)], "The block 1–1 (paragraph) is empty. Leave it out."),
        ([(7, 1)], "The block 7–1 (paragraph) is empty. Leave it out."),
        (
            [(1, 18), (9, 25)],
            "The block 9–25 (paragraph) begins before 18, where the one before it ends. "
            "Send blocks in text order, without overlap.",
        ),
        (
            [(-1, 7)],
            "The block -1–7 (paragraph) begins before 0, where the one before it ends. "
            "Send blocks in text order, without overlap.",
        ),
        (
            [(1, 27)],
            "The block 1–27 (paragraph) ends after the text (26 code points, counted from 0). End it with the text.",
        ),
        (
            [(1, 7), (21, 25)],
            "The block 21–25 (paragraph) leaves words between 7 and 21 in no block. Put every word into one.",
        ),
        ([(0, 7)], "The block 0–7 (paragraph) begins or ends with white space. Leave that between the blocks."),
        ([(1, 8)], "The block 1–8 (paragraph) begins or ends with white space. Leave that between the blocks."),
        ([(1, 7)], "The text from 7 on is in no block. Put every word into one."),
        ([], "The text from 0 on is in no block. Put every word into one."),
    ],
)
def test_bad_blocks_are_refused_with_the_place_and_what_to_do(blocks: list[tuple[int, int]], sentence: str):
    with pytest.raises(DomainError) as refused:
        check_blocks(TEXT, [Block(P, start, end) for start, end in blocks])

    assert (refused.value.code, refused.value.message) == ("bad_blocks", sentence)


def test_bylines_credits_and_their_like_need_no_checking():
    assert set(BlockKind) - CHECKABLE == {"credit", "byline", "dateline", "aside", "source"}

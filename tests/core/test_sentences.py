"""Sentences: inside blocks, trimmed, nothing missed, in any language and at any length."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.blocks import Block, BlockKind
from annotations.core.sentences import OVERLAP, WINDOW, Sentence, sentences_of

P = BlockKind.PARAGRAPH


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[found.start : found.end] for found in sentences_of(text, [Block(P, 0, len(text))], language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dr. Smith paid $1.5 million. Did he? “Yes,” she said.", [(0, 28), (29, 36), (37, 53)]),
        ("en", "🥳 One.\n👻 Two!", [(0, 6), (7, 13)]),
        ("de", "Er kam am 3. Mai. Ja.", [(0, 17), (18, 21)]),
        ("zh-Hans", "部队来了。他们走了。", [(0, 5), (5, 10)]),
        ("hi", "तैयार। है।", [(0, 6), (7, 10)]),
        ("ar", "مرحبا؟ نعم. لا", [(0, 6), (7, 11), (12, 14)]),
    ],
)
def test_sentences_are_found_in_code_points(language: str, text: str, expected: list[tuple[int, int]]):
    found = sentences_of(text, [Block(P, 0, len(text))], language)

    assert found == [Sentence(start, end) for start, end in expected]


@pytest.mark.parametrize("language", ["", "en-GB", "EN", "xx", "unknown", "12", "\0", "de-" + "x" * 1000, "und"])
def test_an_unknown_language_is_read_by_the_rules_for_english(language: str):
    assert sentences("Mr. Jones left. She stayed.", language) == ["Mr. Jones left.", "She stayed."]


@pytest.mark.parametrize(("language", "expected"), [("de", 2), ("de-AT", 2), ("DE_de", 2), ("und", 3), ("en", 3)])
def test_the_base_language_counts(language: str, expected: int):
    assert len(sentences("Er kam am 3. Mai. Ja.", language)) == expected


def test_only_checkable_blocks_have_sentences_and_none_crosses_a_block():
    text = "Head without a stop\nBy A. Writer\n\nFirst of all\n\nSecond. Third"
    blocks = [
        Block(BlockKind.HEADLINE, 0, 19),
        Block(BlockKind.BYLINE, 20, 32),
        Block(P, 34, 46),
        Block(P, 48, 61),
    ]

    assert [text[each.start : each.end] for each in sentences_of(text, blocks)] == [
        "Head without a stop",
        "First of all",
        "Second.",
        "Third",
    ]


def test_a_sign_that_belongs_to_the_full_stop_does_not_begin_the_next_sentence():
    assert sentences("Wait‼\ufe0f Now go.") == ["Wait‼\ufe0f", "Now go."]


@pytest.mark.parametrize("filler", ["word", "部队", "a.b"])
def test_a_sentence_longer_than_a_window_stays_whole(filler: str):
    long = f"{filler} " * (3 * WINDOW // len(filler)) + "end."

    assert sentences(f"First. {long} Last.") == ["First.", long, "Last."]


@pytest.mark.parametrize("shift", range(0, 2 * OVERLAP + 1, 7))
def test_the_edge_of_a_window_is_no_end_of_a_sentence(shift: int):
    text = "x" * (WINDOW - OVERLAP + shift) + " and Dr. Smith of the U.S. Army left. He met Mr. Jones. They spoke."

    assert [len(sentence) for sentence in sentences(text)] == [WINDOW - OVERLAP + shift + 37, 17, 11]


WORDS = st.sampled_from(
    ["Troops ", "moved. ", "He ", "said ", "“no.” ", "Dr. ", "U.S. ", "🥳 ", "e\u0301. ", "部队来了。", "x" * 700]
    + ["\n", "\u2028", "\u00a0", "?! ", "(A. B.) ", "‼\ufe0f", "।", "\u200b", '"', "1. ", "...", "\ufeff"]
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(WORDS, max_size=40), max_size=4), st.sampled_from(["en", "ru", "zh", "it", "da", "hy"]))
def test_every_character_but_white_space_lies_in_exactly_one_sentence(paragraphs: list[list[str]], language: str):
    texts = [stripped for words in paragraphs if (stripped := "".join(words).strip())]
    text = "\n\n".join(texts)
    starts = [sum(len(each) + 2 for each in texts[:n]) for n in range(len(texts))]
    blocks = [Block(P, start, start + len(each)) for start, each in zip(starts, texts, strict=True)]

    found = sentences_of(text, blocks, language)

    covered = [position for each in found for position in range(each.start, each.end)]
    assert covered == sorted(set(covered))
    assert {n for n, character in enumerate(text) if not character.isspace()} <= set(covered)
    for each in found:
        assert text[each.start : each.end] == text[each.start : each.end].strip() != ""
        assert sum(block.start <= each.start < each.end <= block.end for block in blocks) == 1


@pytest.mark.parametrize("unit", ["word ", "x", "This is a sentence. ", "部队来了。", '"A. B. '])
@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_one_line_of_200_000_characters_is_read_from_end_to_end(unit: str, language: str):
    text = (unit * (200_000 // len(unit))).strip()

    found = sentences_of(text, [Block(P, 0, len(text))], language)

    assert (found[0].start, found[-1].end) == (0, len(text))

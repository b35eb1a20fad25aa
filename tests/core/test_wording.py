"""Sentences of the layers without Django: English by themselves, and translated by whoever was named."""

import pytest

from annotations.core import wording


@pytest.fixture
def alone():
    """Nobody was told who translates, as in a program without Django."""
    text, count, number = wording._Speaker.text, wording._Speaker.count, wording._Speaker.number
    wording.speak(wording._unchanged, wording._unchanged_count, wording._with_commas)
    yield
    wording.speak(text, count, number)


@pytest.mark.usefixtures("alone")
def test_texts_are_english_until_somebody_translates():
    assert wording._("Open") == "Open"
    assert wording.grouped(2_000_000) == "2,000,000"
    assert [wording.ngettext("{n} word", "{n} words", n).format(n=n) for n in (0, 1, 2)] == [
        "0 words",
        "1 word",
        "2 words",
    ]


@pytest.mark.usefixtures("alone")
def test_whoever_was_named_translates_from_then_on():
    wording.speak({"Open": "Offen"}.__getitem__, lambda one, many, count: f"{one}/{many}/{count}", hex)

    assert wording._("Open") == "Offen"
    assert wording.ngettext("word", "words", 2) == "word/words/2"
    assert wording.grouped(255) == "0xff"


def test_a_marked_text_stays_as_it_is_until_it_is_shown():
    assert wording.gettext_noop("Open") == "Open"

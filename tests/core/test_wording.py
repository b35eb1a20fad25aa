"""Sentences of the layers without Django: English by themselves, and translated by whoever was named."""

import copy
import json
import pickle

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


GERMAN = {
    "Nine words.": "Neun Wörter.",
    "{name} says: {why}": "{name} sagt: {why}",
    "{count} in {unit}": "{count} in {unit} hier",
    "is no list": "ist keine Liste",
}


def in_german(make):
    """What a sentence that was kept in English is told as in German."""
    wording.speak(lambda text: text, lambda one, many, count: one if count == 1 else many, "{:,}".format)
    kept = json.loads(json.dumps(wording.kept(make())))
    wording.speak(
        GERMAN.__getitem__, lambda one, many, count: "{n} Wort" if count == 1 else "{n} Wörter", "{:_}".format
    )
    return wording.told(kept)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: wording._("Nine words."), "Neun Wörter."),
        (lambda: wording.ngettext("{n} word", "{n} words", 2).format(n=2), "2 Wörter"),
        (lambda: wording._("{name} says: {why}").format(name="{x}", why=3), "{x} sagt: 3"),
        (
            lambda: wording._("{name} says: {why}").format(name=1, why=wording._("is no list")),
            "1 sagt: ist keine Liste",
        ),
        (
            lambda: wording._("{name} says: {why}").format(name=1, why=ValueError(wording._("is no list"))),
            "1 sagt: ist keine Liste",
        ),
        (lambda: wording._("{name} says: {why}").format(name=1, why=ValueError("odd")), "1 sagt: odd"),
        (lambda: wording._("{name} says: {why}").format(name=1, why=wording.grouped(2000)), "1 sagt: 2_000"),
        (
            lambda: wording.listed(wording._("{count} in {unit}").format(count=n, unit="bytes") for n in (1, 2)),
            "1 in bytes hier, 2 in bytes hier",
        ),
        (lambda: "Somebody's own words", "Somebody's own words"),
    ],
)
def test_what_was_kept_in_one_language_is_told_in_another(make, told):
    assert in_german(make) == told


def test_sentences_survive_copies_and_pickling():
    said = wording._("{name} says: {why}").format(name="Ana", why="no")

    for copied in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert (copied, wording.kept(copied)) == (said, wording.kept(said))


def test_what_a_sentence_repeats_can_be_sent_and_stored() -> None:
    found = wording._("There is no format {name}.").format(name="a\0\ud83d\U0001f600\ude00é")

    assert found == "There is no format a\ufffd\ufffd\U0001f600\ufffdé."

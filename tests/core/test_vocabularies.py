"""The default vocabularies: complete, unambiguous, ready for the database's own constraints."""

import re
from collections import Counter

import pytest

from annotations.core.vocabularies import DEFAULT_VOCABULARIES, TermSeed, VocabularySeed

TERMS = [term for vocabulary in DEFAULT_VOCABULARIES for term in vocabulary.terms]
BY_KEY = {vocabulary.key: vocabulary for vocabulary in DEFAULT_VOCABULARIES}


def test_a_desk_starts_with_seven_vocabularies():
    assert [vocabulary.key for vocabulary in DEFAULT_VOCABULARIES] == [
        "origin",
        "identification",
        "channel",
        "distance",
        "claim_type",
        "risk_flag",
        "verdict",
    ]


def test_term_keys_are_unique_over_all_vocabularies():
    assert [key for key, count in Counter(term.key for term in TERMS).items() if count > 1] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_term_keys_are_kebab_case_and_short_enough_for_a_slug(term: TermSeed):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", term.key)
    assert len(term.key) <= 60


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.key)
def test_every_term_is_explained_in_one_sentence(term: TermSeed):
    assert term.name[0].isupper()
    assert term.name == term.name.strip()
    assert re.fullmatch(r"[A-Z][^.!?]+\.", term.description), term.description


@pytest.mark.parametrize("vocabulary", DEFAULT_VOCABULARIES, ids=lambda vocabulary: vocabulary.key)
def test_names_and_descriptions_are_unique_in_a_vocabulary(vocabulary: VocabularySeed):
    assert len({term.name for term in vocabulary.terms}) == len(vocabulary.terms)
    assert len({term.description for term in vocabulary.terms}) == len(vocabulary.terms)


def test_intelligence_sourced_is_an_origin():
    term = next(term for term in BY_KEY["origin"].terms if term.key == "intelligence-sourced")

    assert term.name == "Intelligence-sourced"
    assert term.colour == 9


def test_distance_counts_the_hands():
    assert [term.key for term in BY_KEY["distance"].terms] == [
        "first-hand",
        "second-hand",
        "third-hand",
        "unknown-distance",
    ]


@pytest.mark.parametrize("key", ["origin", "verdict"])
def test_each_of_the_ten_colours_is_used_once_where_colour_tells_terms_apart(key: str):
    assert sorted(term.colour for term in BY_KEY[key].terms if term.colour is not None) == list(range(10))


def test_other_vocabularies_have_no_colour():
    assert [
        term.key
        for vocabulary in DEFAULT_VOCABULARIES
        if vocabulary.key not in {"origin", "verdict"}
        for term in vocabulary.terms
        if term.colour is not None
    ] == []


def test_only_verdicts_carry_ratings_and_research_labels():
    rated = {term.key for term in TERMS if term.rating is not None or term.averitec is not None}

    assert rated <= {term.key for term in BY_KEY["verdict"].terms}
    assert len(rated) == 10

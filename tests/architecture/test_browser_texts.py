"""Scripts hold no words of their own: every text they ask for is written by the server, and none is left over."""

import html
import re

import pytest
from django.utils import translation

from annotations.web.texts import COUNTED, EXAMPLES, TEXTS, browser_texts
from tests.architecture.test_browser_side import SCRIPTS

ASKED = re.compile(
    r'showState\([^"\n]*"(\w+)" : "(\w+)"'
    r'|(?<!function )\b(?:say|complain|fail|offer|offerKept|showState|words)\([^"\n]*"(\w+)"'
    r'|, "(again|dismiss)"'
    r'|key = "(\w+)"'
)
SENTENCES = re.compile(r'["`][A-Z][a-z]+ [^"`\n]*["`]')


def test_scripts_ask_for_exactly_the_texts_that_there_are() -> None:
    asked = {key for script in SCRIPTS for found in ASKED.findall(script.read_text()) for key in found if key}

    assert asked == {*TEXTS, *COUNTED}


def test_scripts_hold_no_sentences() -> None:
    assert [found for script in SCRIPTS for found in SENTENCES.findall(script.read_text())] == []


@pytest.mark.parametrize("key", sorted(COUNTED))
def test_counted_texts_have_a_form_for_every_plural_category(key: str) -> None:
    with translation.override("en"):
        forms = {category: COUNTED[key](number) for category, number in EXAMPLES.items()}

    assert forms["one"] != forms["other"]
    assert f'"{key}": {{"zero": ' in html.unescape(browser_texts())

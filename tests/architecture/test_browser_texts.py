"""Scripts hold no words of their own: every text they ask for is written by the server, and none is left over."""

import re

from annotations.web.texts import TEXTS
from tests.architecture.test_browser_side import SCRIPTS

ASKED = re.compile(
    r'\b(?:say|showState)\([^"\n]*"(\w+)" : (?:find\("[^"\n]+"\) \? )?"(\w+)"(?: : "(\w+)")?'
    r'|(?<!function )\b(?:say|complain|fail|offer|offerKept|showState|words)\([^"\n]*"(\w+)"'
    r'|sentence = "(\w+)"'
)
SENTENCES = re.compile(r'["`][A-Z][a-z]+ [^"`\n]*["`]')


def test_scripts_ask_for_exactly_the_texts_that_there_are() -> None:
    asked = {key for script in SCRIPTS for found in ASKED.findall(script.read_text()) for key in found if key}

    assert asked == set(TEXTS)


def test_scripts_hold_no_sentences() -> None:
    assert [found for script in SCRIPTS for found in SENTENCES.findall(script.read_text())] == []

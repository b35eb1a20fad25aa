"""The browser's part stays small, and nothing in it needs more than the content security policy allows."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
MOST = 40_000
"""Bytes of all our modules together, as they are served before compression."""


def test_our_scripts_together_stay_small() -> None:
    assert SCRIPTS
    assert sum(script.stat().st_size for script in SCRIPTS) < MOST


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_builds_code_or_inline_styles_from_text(script: Path) -> None:
    assert re.findall(r"\beval\(|new Function|setAttribute\(\"(?:style|on)|cssText|hx-on", script.read_text()) == []

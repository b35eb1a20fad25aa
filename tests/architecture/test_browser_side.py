"""The browser's part stays small, and nothing in it needs more than the content security policy allows."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SCRIPTS = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
SHEETS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
SIDE = re.compile(r"[\w-]*\b(?:left|right)\b[\w-]*\s*:|:[^;{}]*(?<![\w-])(?:left|right)(?![\w-])[^;{}]*;")
MOST = 40_000
"""Bytes of all our modules together, as they are served before compression."""


def test_our_scripts_together_stay_small() -> None:
    assert SCRIPTS
    assert sum(script.stat().st_size for script in SCRIPTS) < MOST


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_no_script_builds_code_or_inline_styles_from_text(script: Path) -> None:
    assert re.findall(r"\beval\(|new Function|setAttribute\(\"(?:style|on)|cssText|hx-on", script.read_text()) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_knows_left_and_right(sheet: Path) -> None:
    """Languages are written in both directions: only beginnings and ends of lines are named."""
    assert SIDE.findall(rules_of(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_style_sheet_names_just_any_sibling(sheet: Path) -> None:
    """With `* + *` browsers compute the style of everything around whatever comes or goes, on the whole page."""
    assert re.findall(r"[+~]\s*\*", rules_of(sheet)) == []


def rules_of(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)

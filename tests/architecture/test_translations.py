"""The catalogues: everything the code says is in them, translated, with the same values in it, and compiled."""

import gettext
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(settings.BASE_DIR)
LOCALE = Path(settings.LOCALE_PATHS[0])
CODES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
VALUE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*[^{}]*\}|</?\w+[^>]*>|%%")
IGNORED = ["bench", "tests", "docs", "static", "test-results", "annotations/locale"]


def catalogue(code: str, folder: Path = LOCALE) -> Catalog:
    with (folder / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale=code)


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def named(code: str, folder: Path = LOCALE) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(message.context, forms(message.id)) for message in catalogue(code, folder) if message.id}


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_translated_and_none_is_a_guess(code: str) -> None:
    found = messages(code)

    assert len(found) > 500
    assert [message.id for message in found if message.fuzzy or not all(forms(message.string))] == []


@pytest.mark.parametrize("code", CODES)
def test_every_language_has_its_own_number_of_plural_forms(code: str) -> None:
    counts = {len(forms(message.string)) for message in messages(code) if message.pluralizable}

    assert counts == {{"uk": 4, "de": 2}[code]}


@pytest.mark.parametrize("code", CODES)
def test_translations_name_the_same_values_and_elements(code: str) -> None:
    """The singular may leave its number out."""
    different = []
    for message in messages(code):
        wanted = Counter(VALUE.findall(forms(message.id)[-1]))
        for number, text in enumerate(forms(message.string)):
            got = Counter(VALUE.findall(text))
            single = Counter(VALUE.findall(forms(message.id)[0])) if number == 0 else wanted
            if got not in (wanted, single):
                different.append((message.id, text))

    assert different == []


@pytest.mark.parametrize("code", CODES)
def test_translations_end_as_the_texts_do(code: str) -> None:
    """A sentence ends with its stop, a button without one; spaces at the edges stay."""
    edges = re.compile(r"^(\s*).*?([.:?…]?)(\s*)$", re.DOTALL)
    different = [
        (message.id, text)
        for message in messages(code)
        for text in forms(message.string)
        if not message.context and edges.sub(r"\1|\2|\3", text) != edges.sub(r"\1|\2|\3", forms(message.id)[-1])
    ]

    assert different == []


@pytest.mark.parametrize("code", CODES)
def test_what_is_compiled_is_what_is_written(code: str) -> None:
    """Machines without gettext use the compiled file as it is."""
    with (LOCALE / code / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")

    written: dict[object, str] = {}
    for message in messages(code):
        key = f"{message.context}\x04{forms(message.id)[0]}" if message.context else forms(message.id)[0]
        for number, text in enumerate(forms(message.string)):
            written[(key, number) if message.pluralizable else key] = text

    assert compiled == written


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_catalogues_have_what_the_code_says_and_nothing_else(tmp_path: Path) -> None:
    """When this fails: make messages, then translate what is new."""
    with pytest.MonkeyPatch.context() as patch, override_settings(LOCALE_PATHS=[tmp_path]):
        patch.chdir(ROOT)
        call_command("makemessages", locale=CODES, no_location=True, ignore_patterns=IGNORED, verbosity=0)

    for code in CODES:
        assert named(code) == named(code, tmp_path)

"""A PDF's lines with their places and fonts, got from a process of its own that is killed when it takes too long."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from annotations.core.errors import DomainError
from annotations.core.wording import _, gettext_noop

MOST_PAGES: Final = 300
SECONDS: Final = 30
MEGABYTES: Final = 1_500

_WORKER: Final = Path(__file__).with_name("pdf_worker.py")
# Fonts without a table of characters give such things; PostgreSQL and XML know none of them.
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

_REFUSALS: Final = {
    "encrypted": (
        "pdf_encrypted",
        gettext_noop("This PDF is locked with a password. Save it without one, or copy the text and paste it."),
    ),
    "pages": (
        "too_many_pages",
        gettext_noop("This PDF has more than {most} pages. Send the pages of the article only."),
    ),
    "memory": ("pdf_too_complex", gettext_noop("This PDF is too complex to be read. Copy the text and paste it.")),
    "time": (
        "pdf_too_complex",
        gettext_noop("This PDF was not read within {seconds} seconds. Copy the text and paste it."),
    ),
    "unreadable": (
        "unreadable_pdf",
        gettext_noop("This file is damaged or is no PDF. Save it again, or copy the text and paste it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Coordinates in points, y upwards; `box` is what pdfminer took for one block of text on the page."""

    text: str
    size: float
    is_bold: bool
    x0: float
    x1: float
    y0: float
    y1: float
    box: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its height in points, its lines in reading order."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    sheets: tuple[Sheet, ...]
    title: str
    author: str
    language: str


def pages_of(data: bytes) -> Pages:
    """Raises "pdf_encrypted", "too_many_pages", "pdf_too_complex", "unreadable_pdf"."""
    result = _worked(data)
    if "error" in result:
        raise _refusal(result["error"])
    sheets = tuple(Sheet(page["height"], tuple(map(_line, page["lines"]))) for page in result["pages"])
    return Pages(sheets, *(_clean(result[key]).strip() for key in ("title", "author", "language")))


def _worked(data: bytes) -> dict[str, Any]:
    # "-P" keeps this folder off the path, where html.py would hide the standard library's module.
    command = [sys.executable, "-P", str(_WORKER), str(SECONDS), str(MEGABYTES), str(MOST_PAGES)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _refusal("time") from None
    if done.returncode < 0:
        raise _refusal("time")
    try:
        result: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise _refusal("unreadable") from None
    return result


def _refusal(reason: str) -> DomainError:
    code, sentence = _REFUSALS[reason]
    return DomainError(code, _(sentence).format(most=MOST_PAGES, seconds=SECONDS))


def _line(row: list[Any]) -> Line:
    return Line(_clean(row[0]), *row[1:])


def _clean(text: str) -> str:
    return _UNSTORABLE.sub("", text.replace("\r", "\n"))
